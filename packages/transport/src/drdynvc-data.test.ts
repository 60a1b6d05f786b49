import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joined } from "../testing/drdynvc-pair.js";
import {
  DrdynvcReceiver,
  DrdynvcSender,
  drdynvcVocabulary,
  fragmentCompressed,
  fragmentPlain,
  ZgfxCompressor,
  type DrdynvcFragment,
  type DrdynvcPart,
} from "./index.js";

const bytes = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, at) => (at * 7) ^ (at >> 8));
const names = (pdus: readonly DrdynvcFragment[]): string[] =>
  pdus.map((pdu) => {
    const whole = joined(pdu);
    return `${drdynvcVocabulary.read(sourceOf(whole), 0, whole.length, "server")?.message} ${whole.length}`;
  });

/** The PDU as the machine hands it on. */
function partOf(pdu: DrdynvcFragment): DrdynvcPart {
  const whole = joined(pdu);
  const read = drdynvcVocabulary.read(sourceOf(whole), 0, whole.length, "server");
  if (read === undefined || !("data" in read.value)) throw new Error("no data");
  const { channelId, data } = read.value;
  const length = "length" in read.value ? read.value.length : undefined;
  return { type: "part", channelId, length, compressed: read.message.endsWith("ompressed"), data };
}

const ids = fc.constantFrom(1, 255, 256, 65_536);

describe("a message that is cut", () => {
  test("comes together again, compressed or not, for every width of id and length", () => {
    const lists = fc.array(
      fc.record({ size: fc.nat({ max: 9000 }), at: fc.nat({ max: 9000 }), compressed: fc.boolean() }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(ids, lists, fc.constantFrom(40, 300, 1600, 16_000), (channelId, messages, maximumSize) => {
        const receiver = new DrdynvcReceiver();
        const compressor = new ZgfxCompressor({ variant: "lite" });
        for (const { size, at, compressed } of messages) {
          const message = bytes(size);
          const parts = [message.subarray(0, at), message.subarray(at)];
          const pdus = compressed
            ? fragmentCompressed(channelId, parts, compressor, { maximumSize })
            : fragmentPlain(channelId, parts, { maximumSize });
          const got = pdus.map((pdu) => {
            expect(joined(pdu).length).toBeLessThanOrEqual(maximumSize);
            const { message: whole, problems } = receiver.part(partOf(pdu));
            expect(problems).toEqual([]);
            return whole;
          });
          expect(got.slice(0, -1).every((whole) => whole === undefined)).toBe(true);
          expect(Buffer.compare(got.at(-1) as Uint8Array, message)).toBe(0);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("fills each PDU, and begins with DYNVC_DATA_FIRST above 1,590 bytes", () => {
    const cut = (size: number, id = 3) => names(fragmentPlain(id, [bytes(size)]));
    expect(cut(0)).toEqual(["data 2"]);
    expect(cut(1590)).toEqual(["data 1592"]);
    expect(cut(1591)).toEqual(["dataFirst 1595"]);
    expect(cut(1596)).toEqual(["dataFirst 1600"]);
    expect(cut(1597)).toEqual(["dataFirst 1600", "data 3"]);
    expect(cut(1596 + 1598)).toEqual(["dataFirst 1600", "data 1600"]);
    expect(cut(1590, 0x1_0000)).toEqual(["data 1595"]);
    expect(cut(1593, 0x1_0000)).toEqual(["dataFirst 1600"]);
    expect(cut(1594, 0x1_0000)).toEqual(["dataFirst 1600", "data 6"]);
    expect(cut(70_000).at(0)).toBe("dataFirst 1600");
  });

  test("goes in one DYNVC_DATA to WSLg if it fits", () => {
    const cut = (size: number): string[] => {
      const pdus: DrdynvcFragment[] = [];
      const sender = new DrdynvcSender((pdu) => pdus.push(pdu), { compat: "wslg" });
      sender.write({ type: "write", channelId: 3, priority: 0, compressed: false, message: [bytes(size)] });
      return names(pdus);
    };
    expect(cut(1598)).toEqual(["data 1600"]);
    expect(cut(1599)).toEqual(["dataFirst 1600", "data 5"]);
  });

  test("is not copied, and its PDUs share a header", () => {
    const message = bytes(8000);
    const [, second = [], third = []] = fragmentPlain(3, [message]);
    expect(second[1]?.buffer).toBe(message.buffer);
    expect(second[0]).toBe(third[0]);
  });

  test("that cannot be compressed gets two bytes longer and not more", () => {
    let state = 1;
    const noise = Uint8Array.from({ length: 1590 }, () => (state = Math.imul(state, 1_664_525) + 1_013_904_223) >>> 24);
    const pdus = fragmentCompressed(3, [noise], new ZgfxCompressor({ variant: "lite" }));
    expect(names(pdus)).toEqual(["dataCompressed 1594"]);
    expect(names(fragmentCompressed(3, [new Uint8Array(1590)], new ZgfxCompressor({ variant: "lite" })))).not.toEqual(
      names(pdus),
    );
  });
});

const part = (channelId: number, data: Uint8Array, length?: number, compressed = false): DrdynvcPart => ({
  type: "part",
  channelId,
  length,
  compressed,
  data,
});

describe("the receiver", () => {
  test("delivers a first part that holds all of the message", () => {
    const whole = bytes(5);
    expect(new DrdynvcReceiver().part(part(1, whole, 5))).toEqual({ message: whole, problems: [] });
  });

  test("holds no more than its limits over all channels, and gives back what a closed channel held", () => {
    const receiver = new DrdynvcReceiver({ maximumMessage: 1000, maximumMemory: 500 });
    const rules = (channelId: number, size: number, length?: number): string[] =>
      receiver.part(part(channelId, bytes(size), length)).problems.map(({ rule }) => rule);
    expect(rules(1, 10, 1001)).toEqual(["limit-exceeded"]);
    expect(rules(2, 200, 300)).toEqual([]);
    expect(rules(3, 200, 900)).toEqual(["memory-exceeded"]);
    receiver.forget(2);
    expect(rules(4, 200, 300)).toEqual([]);
    receiver.reset();
    expect(rules(5, 200, 300)).toEqual([]);
  });

  test("drops compressed data that is broken, with its message, and goes on", () => {
    const receiver = new DrdynvcReceiver();
    const compressor = new ZgfxCompressor({ variant: "lite" });
    const [first = [], second = [], ...rest] = fragmentCompressed(3, [new Uint8Array(4000)], compressor);
    expect(rest).toHaveLength(1);
    expect(receiver.part(partOf(first)).problems).toEqual([]);
    expect(receiver.part(part(3, Uint8Array.of(0xe0, 0x26, 0xff, 9), undefined, true))).toEqual({
      message: undefined,
      problems: [{ rule: "broken-data" }],
    });
    // It refers to what is lost.
    expect(receiver.part(partOf(second)).problems).toEqual([{ rule: "broken-data" }]);
    expect(receiver.part(part(3, bytes(2406)))).toEqual({ message: undefined, problems: [] });
    expect(receiver.part(part(3, bytes(20))).message).toEqual(bytes(20));
  });

  test("passes over the rest of a message whose first part is broken", () => {
    const receiver = new DrdynvcReceiver();
    expect(receiver.part(part(3, Uint8Array.of(7), 3000, true)).problems).toEqual([{ rule: "broken-data" }]);
    expect(receiver.part(part(3, bytes(1500)))).toEqual({ message: undefined, problems: [] });
    expect(receiver.part(part(3, bytes(20), 20)).message).toEqual(bytes(20));
  });

  test("never throws, and never gives more than its limit", () => {
    const parts = fc.array(
      fc.record({
        type: fc.constant("part" as const),
        channelId: fc.nat({ max: 2 }),
        length: fc.option(fc.nat({ max: 60 }), { nil: undefined }),
        compressed: fc.boolean(),
        data: fc.uint8Array({ maxLength: 40 }),
      }),
      { maxLength: 60, size: "max" },
    );
    fc.assert(
      fc.property(parts, (all) => {
        const receiver = new DrdynvcReceiver({ maximumMessage: 50 });
        for (const one of all) expect(receiver.part(one).message?.length ?? 0).toBeLessThanOrEqual(50);
      }),
    );
  });
});

describe("the sender", () => {
  const write = (channelId: number, size: number, priority = 0, compressed = false) =>
    ({ type: "write", channelId, priority, compressed, message: [bytes(size)] }) as const;

  test("refuses what would be too much, unless nothing waits", () => {
    const pdus: DrdynvcFragment[] = [];
    const sender = new DrdynvcSender((pdu) => pdus.push(pdu), { queueLimit: 1000 });
    sender.allow(0);
    expect(sender.write(write(1, 5000))).toBe(true);
    expect(sender.write(write(1, 1))).toBe(false);
    expect(sender.write(write(1, 1, 1))).toBe(true);
    const { waiting } = sender;
    sender.allow(Infinity);
    expect(pdus.reduce((sum, pdu) => sum + joined(pdu).length, 0)).toBe(waiting);
    expect([waiting > 5001, sender.waiting]).toEqual([true, 0]);
    expect(sender.write(write(1, 5000))).toBe(true);
  });

  test("closes a channel after its data, and drops what waits of one that the peer closed", () => {
    const pdus: DrdynvcFragment[] = [];
    const sender = new DrdynvcSender((pdu) => pdus.push(pdu));
    sender.allow(0);
    sender.write(write(1, 10));
    sender.write(write(2, 20));
    sender.send({ type: "send", message: { message: "close", value: { sp: 0, channelId: 1 } }, priority: 0 });
    sender.send({ type: "send", message: { message: "close", value: { sp: 0, channelId: 9 } } });
    sender.forget(2);
    sender.allow(Infinity);
    expect(names(pdus)).toEqual(["close 2", "data 12", "close 2"]);
  });

  test("sends in order what is written while it writes", () => {
    const pdus: DrdynvcFragment[] = [];
    const sender: DrdynvcSender = new DrdynvcSender((pdu) => {
      pdus.push(pdu);
      if (pdus.length === 1) sender.write(write(1, 5));
    });
    sender.write(write(1, 4000));
    expect(names(pdus)).toEqual(["dataFirst 1600", "data 1600", "data 808", "data 7"]);
  });

  test("after a reset has no history and nothing that waits", () => {
    const got: DrdynvcFragment[] = [];
    const sender = new DrdynvcSender((pdu) => got.push(pdu));
    sender.write(write(1, 1500, 0, true));
    sender.allow(0);
    sender.write(write(1, 1500, 0, true));
    sender.reset();
    sender.allow(Infinity);
    sender.write(write(1, 1500, 0, true));
    expect(got.map(joined)).toEqual([joined(got[0] ?? []), joined(got[0] ?? [])]);
  });
});
