import { join } from "node:path";
import {
  ClientConnection,
  ServerConnection,
  type ClientConnectionOutput,
  type ServerConnectionOutput,
} from "@railvail/session";
import { describe, expect, onTestFinished, test } from "vitest";
import { testCertificate } from "../../testing/certificate.js";
import { conduitPair, ended } from "../../testing/conduit-pair.js";
import { cuttingRelay } from "../../testing/cutting-relay.js";
import { temporaryFolder } from "../../testing/temporary.js";
import { connect, drive, listen, type Conduit, type ConduitError, type Driver } from "../index.js";

interface End<Connection, Output> {
  readonly connection: Connection;
  readonly driver: Driver<Output>;
  readonly told: Output[];
  readonly ended: Promise<ConduitError | undefined>;
  until(type: string): Promise<Output>;
}

function end<Output extends { readonly type: string }, Connection extends Parameters<typeof drive<Output>>[1]>(
  conduit: Conduit,
  connection: Connection,
): End<Connection, Output> {
  const told: Output[] = [];
  let check: () => void = () => undefined;
  let over: (error: ConduitError | undefined) => void = () => undefined;
  const ending = new Promise<ConduitError | undefined>((resolve) => {
    over = resolve;
  });
  const driver = drive<Output>(conduit, connection, {
    told: (output) => {
      told.push(output);
      check();
    },
    ended: over,
  });
  const until = (type: string): Promise<Output> =>
    new Promise((resolve) => {
      check = () => {
        const found = told.find((output) => output.type === type);
        if (found !== undefined) resolve(found);
      };
      check();
    });
  return { connection, driver, told, ended: ending, until };
}

const serverEnd = (conduit: Conduit, security: "rdp" | "tls") =>
  end<ServerConnectionOutput, ServerConnection>(conduit, new ServerConnection({ security: [security] }));

const clientEnd = (conduit: Conduit, security: "rdp" | "tls") =>
  end<ClientConnectionOutput, ClientConnection>(conduit, new ClientConnection({ security }));

const violations = (told: readonly { readonly type: string }[]) => told.filter(({ type }) => type === "violation");

describe.each(["tcp", "unix"] as const)("client and server of a session over %s", (place) => {
  test.each([
    { security: "rdp", size: undefined },
    { security: "tls", size: undefined },
    { security: "rdp", size: 7 },
    { security: "tls", size: 7 },
  ] as const)("both become active and part in order: $security, pieces of $size bytes", async ({ security, size }) => {
    const where = place === "tcp" ? { host: "127.0.0.1", port: 0 } : { path: join(temporaryFolder(), "socket") };
    let accepted: (one: Conduit) => void = () => undefined;
    const accepting = new Promise<Conduit>((resolve) => {
      accepted = resolve;
    });
    const listener = await listen(where, { tls: await testCertificate() }, (conduit) => accepted(conduit));
    onTestFinished(() => listener.close());
    const address = size === undefined ? listener.address : await cuttingRelay(listener.address, size);
    const conduit = await connect(address);
    const client = clientEnd(conduit, security);
    const server = serverEnd(await accepting, security);
    client.driver.run((now) => client.connection.command({ type: "connect" }, now));
    await Promise.all([client.until("active"), server.until("active")]);
    expect(conduit.tls === undefined).toBe(security === "rdp");
    const channel = client.connection.state.channels[0]?.id ?? 0;
    const message = new Uint8Array(100_000).map((_, index) => index);
    server.driver.run(() => server.connection.sendOnChannel(channel, message));
    const data = await client.until("channelData");
    expect(data.type === "channelData" && Buffer.compare(data.data, message)).toBe(0);
    client.driver.run((now) => client.connection.command({ type: "disconnect" }, now));
    expect(await Promise.all([client.ended, server.ended])).toEqual([undefined, undefined]);
    expect(client.told).toContainEqual({ type: "close", because: "local" });
    expect(server.told).toContainEqual({ type: "close", because: "peer" });
    expect([...violations(client.told), ...violations(server.told)]).toEqual([]);
  });
});

test("a client that says nothing is let go when the server's patience ends", async () => {
  const { client, server } = await conduitPair({});
  const machine = new ServerConnection({ patience: 30 });
  const both = Promise.all([ended(client), ended(server)]);
  const { driver, told } = end<ServerConnectionOutput, ServerConnection>(server, machine);
  client.on("received", () => undefined);
  driver.run((now) => machine.tick(now));
  await both;
  expect(told).toMatchObject([{ type: "violation", rule: "timed-out" }, { type: "close" }]);
});

describe("a machine", () => {
  type Output =
    | { type: "bytes"; segments: Uint8Array[] }
    | { type: "wake"; at: number | undefined }
    | { type: "close" }
    | { type: "event"; name: string };
  const bytes = (text: string): Output => ({ type: "bytes", segments: [new TextEncoder().encode(text)] });
  const silent = { receive: () => [], tick: () => [] };

  test("may be told something by the application while its outputs are carried out: their order stays", async () => {
    const { client, server } = await conduitPair({});
    const told: string[] = [];
    const driver: Driver<Output> = drive<Output>(server, silent, {
      told: (output) => {
        if (output.type !== "event") return;
        told.push(output.name);
        if (output.name === "a") driver.run(() => [bytes("3"), { type: "event", name: "b" }]);
      },
    });
    const received = new Promise((resolve) => {
      client.on("received", (all) => resolve(new TextDecoder().decode(all)));
    });
    driver.run(() => [bytes("1"), { type: "event", name: "a" }, bytes("2")]);
    expect(await received).toBe("123");
    expect(told).toEqual(["a", "b"]);
  });

  test("is woken once, not before the time, and at the last time that it named", async () => {
    const { server } = await conduitPair({});
    const ticks: number[] = [];
    let done: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => {
      done = resolve;
    });
    const machine = {
      ...silent,
      tick: (now: number) => {
        ticks.push(now);
        done();
        return [];
      },
    };
    const driver = drive<Output>(server, machine, { told: () => undefined });
    const at = driver.now + 15;
    driver.run((now) => [
      { type: "wake", at: now + 3 },
      { type: "wake", at: undefined },
      { type: "wake", at },
    ]);
    await woken;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(ticks).toHaveLength(1);
    expect(ticks[0]).toBeGreaterThanOrEqual(at);
  });

  test("learns that the stream has ended, is not woken any more, and can still tell the application", async () => {
    const { client, server } = await conduitPair({});
    const told: Output[] = [];
    const over = new Promise<ConduitError | undefined>((resolve) => {
      const machine = {
        ...silent,
        closed: (now: number): Output[] => [
          { type: "event", name: "gone" },
          { type: "wake", at: now },
        ],
      };
      drive<Output>(server, machine, { told: (output) => void told.push(output), ended: resolve });
    });
    client.close();
    expect(await over).toBeUndefined();
    expect(told).toEqual([{ type: "event", name: "gone" }]);
  });
});
