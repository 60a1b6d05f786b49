import { KeyLog, type HeldBytes } from "@railvail/capture";
import { expect, test } from "vitest";
import { ConnectionReading } from "./connection-reading.js";
import { WaitingEnds } from "./waiting-ends.js";

/** A hello of each side and a record that waits for a key: all that TLS 1.3 needs to hold it back. */
const hello = (type: number, body: string): Buffer => {
  const message = Buffer.from(body, "hex");
  const lengths = [message.length + 4, message.length].map((length) => length.toString(16).padStart(4, "0"));
  return Buffer.concat([Buffer.from(`160303${lengths[0]}0${type}00${lengths[1]}`, "hex"), message]);
};
const random = "ab".repeat(32);
const clientHello = hello(1, `0303${random}00000213010100`);
const serverHello = hello(2, `0303${random}001301000006002b00020304`);
const sealed = (length: number): Buffer =>
  Buffer.concat([Buffer.from(`170303${length.toString(16).padStart(4, "0")}`, "hex"), Buffer.alloc(length)]);

const moment = { time: 0n, packet: 1 };

/** Which connections were ended, in order, and the connections that are there. */
function connections(held: HeldBytes, recordLength: number) {
  const ended: number[] = [];
  const ends = new WaitingEnds(held);
  const open = (id: number): ConnectionReading => {
    const endpoint = { address: "", port: 0 };
    const connection = { id, client: endpoint, server: endpoint, startMissing: false };
    const reading = new ConnectionReading({
      connection: id,
      startMissing: false,
      keys: new KeyLog(),
      held,
      record: () => {},
      stream: () => {},
      // Said when it is ended: until then a key can come.
      problem: ({ issue }) => {
        if (issue.kind === "undecrypted") ended.push(id);
      },
    });
    const data = (direction: "c2s" | "s2c", offset: number, bytes: Uint8Array): void =>
      reading.data({ type: "data", connection, direction, time: 0n, packet: 1, offset, bytes });
    data("c2s", 0, clientHello);
    data("s2c", 0, serverHello);
    if (recordLength > 0) data("s2c", serverHello.length, sealed(recordLength));
    expect(reading.waits).toBe(recordLength > 0);
    return reading;
  };
  return { ended, ends, open };
}

test("what waits for nothing ends at once", () => {
  const held = { used: 0, limit: 1 << 20 };
  const { ends, open } = connections(held, 0);
  let given = 0;
  const reading = open(1);
  reading.end = () => given++;
  ends.end(reading, moment);
  expect(given).toBe(1);
});

test("what waits for a key ends when there will be none", () => {
  const held = { used: 0, limit: 1 << 20 };
  const { ends, open, ended } = connections(held, 100);
  for (let id = 0; id < 5; id++) ends.end(open(id), moment);
  expect(ended).toEqual([]);
  expect(held.used).toBeGreaterThan(500);
  ends.flush();
  expect(ended).toEqual([0, 1, 2, 3, 4]);
  expect(held.used).toBe(0);
});

test("all end at once when 257 wait", () => {
  const held = { used: 0, limit: 1 << 30 };
  const { ends, open, ended } = connections(held, 40);
  for (let id = 0; id < 256; id++) ends.end(open(id), moment);
  expect(ended).toEqual([]);
  ends.end(open(256), moment);
  expect(ended.length).toBe(257);
  expect(held.used).toBe(0);
});

test("all end at once when they hold more than half of what may be held", () => {
  const held = { used: 0, limit: 100_000 };
  const { ends, open, ended } = connections(held, 9000);
  for (let id = 0; id < 5; id++) ends.end(open(id), moment);
  expect(ended).toEqual([]);
  ends.end(open(5), moment);
  expect(ended).toEqual([0, 1, 2, 3, 4, 5]);
  expect(held.used).toBe(0);
});
