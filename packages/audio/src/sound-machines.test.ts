import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mono, play, SoundPair, stereo } from "../testing/sound-pair.js";
import { mayPlay, type SoundClientOptions, type SoundServerOptions } from "./index.js";

const versions = fc.constantFrom(2, 5, 6, 8, 9);
const compat = fc.constantFrom<"wslg" | undefined>(undefined, "wslg");

const serverOptions: fc.Arbitrary<Partial<SoundServerOptions>> = fc.record({
  formats: fc.constantFrom([stereo], [mono, stereo], [stereo, mono]),
  version: versions,
  trainingSize: fc.constantFrom(undefined, 0, 1024),
  volume: fc.constantFrom(undefined, { left: 1, right: 2 }),
  credits: fc.constantFrom(1, 4, 256),
  compat,
});
const clientOptions: fc.Arbitrary<Partial<SoundClientOptions>> = fc.record({
  formats: fc.constantFrom([stereo], [mono, stereo], [stereo, mono, stereo]),
  version: versions,
  volume: fc.constantFrom(undefined, { left: 3, right: 4 }),
  pitch: fc.constantFrom(undefined, 0x1_0000),
  confirms: fc.constantFrom("played", "received", "both", "never"),
});

const some = fc.constantFrom(1, 2, 3, 90);
const actions = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("play" as const), count: some, bytes: fc.constantFrom(8, 880) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("client" as const, "server" as const), count: some }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("played" as const), count: some }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), count: fc.constantFrom(5, 400, 12_000) }) },
  fc.record({ do: fc.constantFrom("setVolume" as const, "setPitch" as const, "train" as const) }),
  fc.record({ do: fc.constantFrom("reportLatency" as const, "resetLatency" as const) }),
  fc.record({ do: fc.constantFrom("stop" as const, "restart" as const, "cut" as const) }),
);
type Action = typeof actions extends fc.Arbitrary<infer A> ? A : never;

/** What the server's application sent on this connection and the client's has not yet heard. */
type Sent = Uint8Array[];
let made = 0;

function playBlock(pair: SoundPair, sent: Sent, bytes: number): void {
  made = (made + 1) % 251;
  const data = new Uint8Array(bytes).fill(made);
  const { nextBlock } = pair.server;
  const allowed = mayPlay(pair.server, pair.now);
  pair.serverDoes(play(pair.now, data));
  const { phase, waiting } = pair.server;
  if (allowed !== (pair.server.nextBlock !== nextBlock)) expect.fail("what may be played is played");
  if (waiting !== (phase === "ready" && !allowed)) expect.fail("who is refused waits");
  if (allowed) sent.push(data.slice());
  data.fill(0xdd);
}

function act(pair: SoundPair, action: Action, sent: Sent): void {
  switch (action.do) {
    case "play":
      for (let each = 0; each < action.count; each++) playBlock(pair, sent, action.bytes);
      return;
    case "client":
    case "server":
      return pair.deliver(action.do, action.count);
    case "played":
      return pair.played(action.count);
    case "wait":
      return pair.wait(action.count);
    case "setVolume":
      return pair.serverDoes({ type: "setVolume", left: 5, right: 6 });
    case "setPitch":
      return pair.serverDoes({ type: "setPitch", pitch: 7 });
    case "train":
      return pair.serverDoes({ type: "train", size: 20, now: pair.now });
    case "restart":
      return pair.serverDoes({ type: "restart", now: pair.now });
    case "cut":
      sent.splice(0);
      pair.cut();
      return pair.open();
    default:
      return pair.serverDoes({ type: action.do });
  }
}

/** What holds after each input, for the history so far. */
function holdsAlways(pair: SoundPair, sent: Sent): void {
  const { server, client } = pair;
  const flying = server.window.blocks.filter((block) => block?.inFlight === true);
  expect(server.window.inFlight).toBe(flying.length);
  expect(flying.length).toBeLessThanOrEqual(server.options.credits);
  expect(client.pending.length).toBeLessThanOrEqual(256);
  if (pair.wake !== undefined) expect(pair.wake).toBeGreaterThanOrEqual(0);
  expect(server.waiting && pair.wake === undefined).toBe(false);
  for (const { data } of pair.heard.splice(0)) {
    const expected = sent.shift();
    if (expected === undefined || !expected.every((byte, at) => byte === data[at])) expect(data).toEqual(expected);
  }
}

/** From the start, or from when all is set up. */
const histories = fc.record({ begun: fc.boolean(), history: fc.array(actions, { maxLength: 40 }) });

const ownFaults = (pair: SoundPair): string[] => pair.violations.filter((rule) => !rule.includes(": local: "));

/** The pair is ready for audio, and all that was sent has come and was played. */
function calm(pair: SoundPair): void {
  pair.settle();
  if (pair.server.phase !== "ready") {
    pair.cut();
    pair.open();
    pair.settle();
  }
}

describe("server and client", () => {
  test("play what is sent, in order and whole, and nothing waits for ever, whatever is delayed or cut", () => {
    fc.assert(
      fc.property(serverOptions, clientOptions, histories, (server, client, { begun, history }) => {
        const pair = new SoundPair(server, { ...client, compat: server.compat });
        const sent: Sent = [];
        pair.open();
        if (begun) pair.settle();
        for (const action of history) {
          act(pair, action, sent);
          holdsAlways(pair, sent);
        }
        pair.settle();
        holdsAlways(pair, sent);
        expect(sent).toEqual([]);
        calm(pair);
        expect(pair.server.phase).toBe("ready");
        expect(pair.server.training).toBeUndefined();
        pair.wait(20_000);
        expect(pair.server.waiting).toBe(false);
        expect(mayPlay(pair.server, pair.now)).toBe(true);
        expect(pair.wake).toBeUndefined();
        expect(pair.client.pending).toEqual([]);
        // A client may be slow; all else would be a fault of the machines.
        const slow = new Set(["server: peer: not-confirmed", "client: peer: block-reused"]);
        const late = new Set(["server: peer: training-unanswered", "server: peer: training-unexpected"]);
        const faults = ownFaults(pair).filter((rule) => !slow.has(rule) && !late.has(rule));
        const unsupported = (rule: string): boolean =>
          server.compat === "wslg" && rule === "client: peer: setting-unsupported";
        expect(faults.filter((rule) => !unsupported(rule))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test("break no rule, and get all credits back, when the client plays at once and confirms", () => {
    const confirms = fc.constantFrom("played" as const, "both" as const);
    fc.assert(
      fc.property(
        serverOptions,
        clientOptions,
        confirms,
        fc.array(actions, { maxLength: 40 }),
        (server, client, when, history) => {
          const options = {
            ...client,
            confirms: server.compat === "wslg" ? ("both" as const) : when,
            volume: { left: 0, right: 0 },
            pitch: 1,
          };
          const pair = new SoundPair(server, { ...options, compat: server.compat });
          const sent: Sent = [];
          pair.open();
          pair.settle();
          for (const action of history) {
            if (action.do === "wait") pair.wait(Math.min(action.count, 900));
            else act(pair, action, sent);
            pair.settle();
            holdsAlways(pair, sent);
            expect(pair.server.window.inFlight).toBe(0);
            expect(sent).toEqual([]);
          }
          expect(ownFaults(pair)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  const kinds = ["played", "received", "both", "never"] as const;
  const all = kinds.flatMap((confirms) => [undefined, "wslg" as const].map((like) => [confirms, like] as const));
  test.each(all)("an endless source plays in real time, confirms: %s, compat: %s", (confirms, like) => {
    fc.assert(
      fc.property(fc.constantFrom(16, 64, 256), fc.constantFrom(5, 20), fc.nat(30), (credits, length, delay) => {
        const pair = new SoundPair({ credits, compat: like, trainingSize: undefined }, { confirms, compat: like });
        pair.open();
        pair.settle();
        const bytes = 4 * Math.floor(44.1 * length);
        const sent: Sent = [];
        let plays = 0;
        const ends: number[] = [];
        while (pair.now < 4000) {
          while (mayPlay(pair.server, pair.now)) playBlock(pair, sent, bytes);
          pair.deliver("client", Infinity);
          for (const { data } of pair.heard.splice(0)) {
            // The device plays one block after the other, and says so a little later.
            plays = Math.max(plays, pair.now) + data.length / 176.4;
            ends.push(plays + delay);
          }
          pair.deliver("server", Infinity);
          pair.wait(5);
          const done = ends.findIndex((end) => end > pair.now);
          const over = done < 0 ? ends.length : done;
          pair.played(over);
          ends.splice(0, over);
          expect(plays - pair.now).toBeLessThan(3000);
        }
        const seconds = (sent.length * bytes) / 176_400;
        expect(seconds).toBeLessThan(4 + 3);
        // A client that does not confirm as it should is waited for once.
        expect(seconds).toBeGreaterThan(
          confirms === "both" || (confirms === "played" && like === undefined) ? 3.8 : 2.8,
        );
      }),
      { numRuns: 2 },
    );
  });
});
