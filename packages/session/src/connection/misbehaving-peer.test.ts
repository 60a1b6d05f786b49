import { generate } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices } from "../../../../test/laws.js";
import { activePair, Pair, type AnyOutput } from "../../testing/pair.js";
import { recordedStreams } from "../../testing/recorded-streams.js";
import {
  ClientConnection,
  clientStart,
  connectionPdus,
  ServerConnection,
  serverStart,
  stepClient,
  stepServer,
  type ClientState,
  type ConnectionMessage,
  type ConnectionMessageName,
  type ServerState,
} from "../index.js";

const names = Object.keys(connectionPdus) as ConnectionMessageName[];
/** Any message with any value. */
const messages = fc.gen().map((draw) => {
  const choice = choices(draw);
  const message = names[choice.int(0, names.length - 1)] as ConnectionMessageName;
  return { message, value: generate(connectionPdus[message] as never, choice) } as ConnectionMessage;
});

/** States of each phase on both sides, as a good connection passes through them. */
function passed(): { client: ClientState[]; server: ServerState[] } {
  const client = [clientStart({ security: "rdp" })];
  const server = [serverStart()];
  const pair = new Pair({ skipChannelJoin: false });
  pair.connect();
  for (let left = 100; left > 0 && pair.wire.client.length + pair.wire.server.length > 0; left--) {
    pair.deliver("server", 40);
    pair.deliver("client", 40);
    client.push(pair.client.state);
    server.push(pair.server.state);
  }
  pair.settle();
  return { client: [...client, pair.client.state], server: [...server, pair.server.state] };
}
const states = passed();

/** The same state where nothing came of the message but a violation. */
function keeps<S>(before: S, after: S, outputs: readonly { readonly type: string }[]): void {
  const violated = outputs.length > 0 && outputs.every(({ type }) => type === "violation");
  if (violated) expect(after).toBe(before);
}

describe("any message in any phase", () => {
  test("never throws, and a violation alone changes nothing, on the server", () => {
    fc.assert(
      fc.property(fc.constantFrom(...states.server), fc.array(messages, { maxLength: 8 }), (start, history) => {
        let state = start;
        for (const message of history) {
          const step = stepServer(state, { type: "received", message, now: 5 });
          keeps(state, step.state, step.outputs);
          state = step.state;
        }
        expect(state.channels.length).toBeLessThanOrEqual(31);
      }),
      { numRuns: 150 },
    );
  });

  test("never throws, and a violation alone changes nothing, on the client", () => {
    fc.assert(
      fc.property(fc.constantFrom(...states.client), fc.array(messages, { maxLength: 8 }), (start, history) => {
        let state = start;
        for (const message of history) {
          const step = stepClient(state, { type: "received", message, now: 5 });
          keeps(state, step.state, step.outputs);
          state = step.state;
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** A stream with some bytes changed, left out or doubled. */
const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    byte: fc.nat(255),
    how: fc.constantFrom("set", "drop", "double"),
  }),
  { minLength: 1, maxLength: 4 },
);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Uint8Array, changes: Damage): Uint8Array {
  const list = Array.from(bytes);
  for (const { at, byte, how } of changes) {
    const index = Math.min(list.length - 1, Math.floor(at * list.length));
    if (how === "set") list[index] = byte;
    else if (how === "drop") list.splice(index, 1);
    else list.splice(index, 0, list[index] ?? 0);
  }
  return Uint8Array.from(list);
}

/** The first bytes of a recorded session, up to and beyond the activation. */
const stream = (from: "client" | "server"): Uint8Array =>
  new Uint8Array(
    Buffer.concat(
      recordedStreams("wslg-rail-basic")
        .filter((part) => part.from === from)
        .map(({ bytes }) => bytes),
    ),
  ).slice(0, 4000);
const recorded = { client: stream("client"), server: stream("server") };
const channels = ["rdpdr", "rail", "rdpsnd", "cliprdr", "drdynvc"].map((name) => ({ name, options: 0xc000_0000 }));

describe("damaged bytes", () => {
  test.each(["client", "server"] as const)("of the %s never throw, and end in a state that ticks can close", (from) => {
    fc.assert(
      fc.property(damage, fc.integer({ min: 1, max: 900 }), (changes, size) => {
        const bytes = damaged(recorded[from], changes);
        const end = from === "client" ? new ServerConnection() : new ClientConnection({ security: "rdp", channels });
        if (end instanceof ClientConnection) end.command({ type: "connect" }, 0);
        else end.tick(0);
        const outputs: AnyOutput[] = [];
        for (let at = 0; at < bytes.length; at += size) outputs.push(...end.receive(bytes.subarray(at, at + size), 0));
        expect(outputs.length).toBeLessThan(bytes.length);
        outputs.push(...end.tick(1_000_000_000));
        expect(["active", "closed"]).toContain(end.state.phase);
        expect(outputs.filter(({ type }) => type === "close").length).toBe(end.state.phase === "closed" ? 1 : 0);
      }),
      { numRuns: 150 },
    );
  });
});

test("a connection that is cut at any moment can be made again, and the old one times out", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.integer({ min: 1, max: 200 }), (rounds, size) => {
      const pair = new Pair();
      pair.connect();
      for (let round = 0; round < rounds; round++) {
        pair.deliver("server", size);
        pair.deliver("client", size);
      }
      pair.now = 40_000;
      pair.take("server", pair.server.tick(pair.now));
      pair.take("client", pair.client.tick(pair.now));
      for (const side of ["client", "server"] as const) {
        const { phase } = pair[side].state;
        if (phase === "active") continue;
        // A server that heard nothing waits from its first tick on.
        if (phase === "start") pair.take(side, pair[side].tick(80_000));
        expect(pair[side].state.phase).toBe("closed");
        expect(pair.of(side, "close")).toEqual([{ type: "close", because: "timed-out" }]);
      }
      expect(activePair().violations).toEqual([]);
    }),
  );
});
