import { generate } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices } from "../../../test/laws.js";
import { DrdynvcPair, other, type Side } from "../testing/drdynvc-pair.js";
import {
  drdynvcClient,
  drdynvcServer,
  drdynvcVocabulary,
  stepDrdynvcClient,
  stepDrdynvcServer,
  type DrdynvcMessage,
  type DrdynvcServerInput,
} from "./index.js";

const sides = fc.constantFrom("client" as const, "server" as const);
const small = fc.nat({ max: 4 });
const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("create" as const),
      name: fc.constantFrom("one", "two", "squeezed", "nobody"),
      priority: fc.nat({ max: 3 }),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant("data" as const),
      side: sides,
      channel: small,
      size: fc.constantFrom(4, 5, 30, 1590, 1591, 1596, 1597, 1600, 5000),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("close" as const), side: sides, channel: small }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant("deliver" as const),
      side: sides,
      count: fc.constantFrom(1, 2, 5, Infinity),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("allow" as const),
      side: sides,
      bytes: fc.constantFrom(0, 1, 4000, Infinity),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cut" as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

interface Sent {
  readonly from: Side;
  readonly channelId: number;
  readonly message: Uint8Array;
  delivered: boolean;
}

/** Numbers what is sent, and checks that it comes out as it was, in order, and not twice. */
class Story {
  readonly pair: DrdynvcPair;
  private readonly sent: Sent[] = [];
  private readonly heard: Record<Side, number> = { client: 0, server: 0 };
  private readonly last = new Map<string, number>();

  constructor(pair: DrdynvcPair) {
    this.pair = pair;
  }

  send(side: Side, channel: number, size: number): void {
    const { channels } = this.pair[side];
    const open = [...channels].filter(([, known]) => !("phase" in known) || known.phase === "open");
    const channelId = open[channel % Math.max(open.length, 1)]?.[0];
    if (channelId === undefined) return;
    const message = Uint8Array.from({ length: size }, (_, at) => at >> 3);
    new DataView(message.buffer).setUint32(0, this.sent.length);
    this.sent.push({ from: side, channelId, message, delivered: false });
    const cut = size >> 1;
    this.pair.does(side, { type: "data", channelId, message: [message.subarray(0, cut), message.subarray(cut)] });
  }

  /** Follows what came out since it was last called. */
  check(): void {
    for (const side of ["client", "server"] as const) {
      const { got } = this.pair;
      for (const [channelId, message] of got[side].slice(this.heard[side])) {
        const number = new DataView(message.buffer).getUint32(0);
        const sent = this.sent[number] as Sent;
        expect([sent.from, sent.channelId]).toEqual([other(side), channelId]);
        expect(Buffer.compare(sent.message, message)).toBe(0);
        expect(number).toBeGreaterThan(this.last.get(`${side} ${channelId}`) ?? -1);
        this.last.set(`${side} ${channelId}`, number);
        sent.delivered = true;
      }
      this.heard[side] = got[side].length;
    }
  }

  /** All that was sent by ends that are still open came out. */
  end(): void {
    this.check();
    for (const { from, channelId, message, delivered } of this.sent) {
      const number = new DataView(message.buffer).getUint32(0);
      const since = this.pair.openSince[from].get(channelId) ?? Infinity;
      if (number >= since) expect(delivered).toBe(true);
    }
  }

  get count(): number {
    return this.sent.length;
  }
}

function act(story: Story, given: Action): void {
  const { pair } = story;
  switch (given.do) {
    case "create":
      return pair.serverDoes({ type: "create", name: given.name, priority: given.priority });
    case "data":
      return story.send(given.side, given.channel, given.size);
    case "close": {
      const channelId = [...pair[given.side].channels.keys()][given.channel];
      if (channelId !== undefined) pair.does(given.side, { type: "close", channelId });
      return undefined;
    }
    case "deliver":
      return pair.deliver(given.side, given.count);
    case "allow":
      return pair.senders[given.side].allow(given.bytes);
    case "cut":
      pair.cut();
      return pair.open();
  }
}

/** Three channels that both ends know. */
function warmUp(pair: DrdynvcPair): void {
  pair.settle();
  for (const [priority, name] of ["one", "two", "squeezed"].entries())
    pair.serverDoes({ type: "create", name, priority });
  pair.settle();
}

describe("server and client", () => {
  test("agree in the end on all channels, and what was sent came out, whatever is delayed, closed or cut", () => {
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 60, size: "max" }),
        fc.constantFrom(1, 2, 3),
        fc.constantFrom(1, 2, 3),
        fc.constantFrom(undefined, "wslg" as const),
        fc.boolean(),
        (history, offered, known, compat, warm) => {
          const compress = ["squeezed"];
          const pair = new DrdynvcPair(
            { version: offered as 1, compress },
            { version: known as 1, compress, listeners: ["one", "two", "squeezed"] },
            { compat },
          );
          const story = new Story(pair);
          pair.clock = () => story.count;
          pair.open();
          if (warm) warmUp(pair);
          for (const given of history) {
            act(story, given);
            story.check();
          }
          for (const side of ["client", "server"] as const) pair.senders[side].allow(Infinity);
          pair.settle();
          story.end();
          expect(pair.violations).toEqual([]);
          const { client, server } = pair;
          expect(server.version).toBe(Math.min(offered, known));
          expect(client.version).toBe(server.version);
          const channels = [...server.channels].map(([id, { name, priority }]) => [id, { name, priority }]);
          expect(channels).toEqual([...client.channels].toSorted(([a], [b]) => order(server.channels, a, b)));
          expect([...server.channels.values()].every(({ phase }) => phase === "open")).toBe(true);
          expect(server.closing).toEqual([]);
          expect([pair.senders.client.waiting, pair.senders.server.waiting]).toEqual([0, 0]);
          expect(pair.wake).toBeUndefined();
        },
      ),
      { numRuns: 60 },
    );
  });

  test("each request comes to one end: created, refused or closed, and what was created is closed once", () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60, size: "max" }), (history) => {
        const pair = new DrdynvcPair({}, { listeners: ["one", "two"] });
        const story = new Story(pair);
        pair.open();
        for (const given of history) act(story, given);
        pair.cut();
        const fates = new Map<number, string[]>();
        const ended: string[] = [];
        for (const output of pair.told.server) {
          if (!("channelId" in output) || output.channelId === undefined) continue;
          if (output.type === "creating") fates.set(output.channelId, []);
          const fate = fates.get(output.channelId);
          fate?.push(output.type);
          if (output.type === "closed" || output.type === "refused") {
            ended.push((fate ?? ["never created"]).join(" "));
            fates.delete(output.channelId);
          }
        }
        expect([...fates]).toEqual([]);
        for (const fate of ended) expect(fate).toMatch(/^creating (refused|closed|created closed)$/);
        expect([pair.server.channels.size, pair.client.channels.size]).toEqual([0, 0]);
      }),
      { numRuns: 40 },
    );
  });
});

const order = (channels: ReadonlyMap<number, unknown>, a: number, b: number): number => {
  const ids = [...channels.keys()];
  return ids.indexOf(a) - ids.indexOf(b);
};

/** Any message; its numbers are often such that they hit what is there. */
const names = Object.keys(drdynvcVocabulary.pdus) as DrdynvcMessage["message"][];
const anyMessage = fc.tuple(fc.constantFrom(...names), fc.gen()).map(([name, draw]): DrdynvcMessage => {
  const choice = choices(draw);
  const value: Record<string, unknown> = { ...generate(drdynvcVocabulary.pdus[name] as never, choice) };
  for (const field of ["channelId", "version", "creationStatus", "length"])
    if (field in value && choice.int(0, 9) > 0) value[field] = choice.int(field === "creationStatus" ? -1 : 0, 4);
  if ("channelName" in value) value["channelName"] = choice.int(0, 3) === 0 ? "nobody" : "one";
  return { message: name, value } as DrdynvcMessage;
});

const local: fc.Arbitrary<DrdynvcServerInput> = fc.oneof(
  fc.constant({ type: "create", name: "one" } as const),
  fc.record({ type: fc.constant("close" as const), channelId: small }),
  fc.record({ type: fc.constant("data" as const), channelId: small, message: fc.constant([new Uint8Array(9)]) }),
);

describe("a peer that does what it likes", () => {
  test("never makes an end throw, nor hold more than it is allowed", () => {
    const any = anyMessage.map((message): DrdynvcServerInput => ({ type: "received", message }));
    const mixed = fc.array(fc.oneof({ weight: 6, arbitrary: any }, { weight: 1, arbitrary: local }), {
      maxLength: 80,
      size: "max",
    });
    fc.assert(
      fc.property(mixed, (history) => {
        const bounds = { maxChannels: 3, maxClosing: 2 };
        let server = stepDrdynvcServer(drdynvcServer(bounds), { type: "opened", now: 0 }).state;
        let client = stepDrdynvcClient(drdynvcClient({ ...bounds, listeners: ["one"] }), { type: "opened" }).state;
        const pair = new DrdynvcPair();
        for (const input of history) {
          const step = stepDrdynvcServer(server, input);
          const [first] = step.outputs;
          if (input.type === "received" && step.outputs.length === 1 && first?.type === "violation") {
            expect(step.state).toBe(server);
          }
          server = step.state;
          for (const output of step.outputs) if (output.type === "part") pair.receivers.server.part(output);
          if (input.type === "received" || input.type === "close" || input.type === "data") {
            const answered = stepDrdynvcClient(client, input);
            client = answered.state;
            for (const output of answered.outputs) if (output.type === "part") pair.receivers.client.part(output);
          }
          for (const { channels, closing } of [server, client]) {
            expect(channels.size).toBeLessThanOrEqual(3);
            expect(closing.length).toBeLessThanOrEqual(2);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
