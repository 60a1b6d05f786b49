import { generate } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices } from "../../../test/laws.js";
import {
  clientAfter,
  clientReady,
  createBuffer,
  GfxredirPair,
  openPool,
  present,
  sectionName,
  serverAfter,
  serverReady,
} from "../testing/gfxredir-pair.js";
import {
  freeBufferId,
  freePoolId,
  gfxredirVocabulary,
  mayPresent,
  mayWrite,
  stepGfxredirClient,
  stepGfxredirServer,
  type GfxredirMessage,
} from "./index.js";

const small = fc.nat({ max: 5 });
const few = fc.constantFrom(0, 1, 2, 3, Infinity);

const actions = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("openPool" as const), pages: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("createBuffer" as const),
      pool: small,
      size: fc.integer({ min: 1, max: 40 }),
      offset: fc.constantFrom(0n, 4n, 2048n, 4096n),
      format: fc.constantFrom(1, 2),
    }),
  },
  {
    weight: 16,
    arbitrary: fc.record({
      do: fc.constant("present" as const),
      window: small,
      buffer: small,
      opaque: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("destroyBuffer" as const), buffer: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("closePool" as const), pool: small }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("show" as const), index: small }) },
  { weight: 16, arbitrary: fc.record({ do: fc.constant("client" as const), count: few }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant("server" as const), count: few }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("wait" as const), milliseconds: fc.constantFrom(1, 4000, 10_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cut" as const) }) },
);
type Action = typeof actions extends fc.Arbitrary<infer A> ? A : never;

const pick = (ids: Iterable<bigint>, index: number): bigint => {
  const all = [...ids];
  return all[index % Math.max(all.length, 1)] ?? 99n;
};

let names = 0;

function act(pair: GfxredirPair, action: Action): void {
  const { server } = pair;
  switch (action.do) {
    case "openPool":
      names++;
      return pair.openPool(freePoolId(server), BigInt(action.pages * 4096), sectionName(names));
    case "createBuffer": {
      const { offset, size, format } = action;
      const image = { offset, stride: size * 4, width: size, height: size, format };
      const poolId = pick(server.pools.keys(), action.pool);
      return pair.serverDoes({ type: "createBuffer", poolId, bufferId: freeBufferId(server), ...image });
    }
    case "present": {
      const bufferId = pick(server.buffers.keys(), action.buffer);
      const { width, height } = server.buffers.get(bufferId) ?? { width: 0, height: 0 };
      const whole = { left: 0, top: 0, width, height };
      const opaqueRects = action.opaque ? [whole] : [];
      const windowId = BigInt(action.window % 3);
      const allowed = mayPresent(server, windowId) && mayWrite(server, bufferId);
      pair.serverDoes(present({ windowId, bufferId, dirtyRect: whole, opaqueRects }));
      expect(pair.server !== server).toBe(allowed);
      return undefined;
    }
    case "destroyBuffer":
      return pair.serverDoes({
        type: "destroyBuffer",
        bufferId: pick(server.buffers.keys(), action.buffer),
        now: pair.now,
      });
    case "closePool":
      return pair.serverDoes({ type: "closePool", poolId: pick(server.pools.keys(), action.pool), now: pair.now });
    case "show":
      return pair.show(action.index);
    case "client":
    case "server":
      return pair.deliver(action.do, action.count);
    case "wait":
      return pair.wait(action.milliseconds);
    case "cut":
      pair.cut();
      return pair.open();
  }
}

/** Two pools, of which one has three buffers, that both ends know. */
function warmUp(pair: GfxredirPair): void {
  pair.settle();
  for (const poolId of [1n, 2n]) pair.openPool(poolId, 4096n, sectionName(Number(poolId)));
  for (const bufferId of [1n, 2n, 3n]) pair.serverDoes(createBuffer({ bufferId, offset: bufferId * 128n }));
  pair.settle();
}

/** What the server may write, the client does not read; what the server counts, is there. */
function holdsAlways(pair: GfxredirPair): void {
  const { server, client } = pair;
  for (const bufferId of server.buffers.keys())
    if (mayWrite(server, bufferId)) expect(pair.showing.map((shown) => shown.bufferId)).not.toContain(bufferId);
  expect([...pair.sections.keys()]).toEqual([...server.pools.keys()]);
  expect([...pair.mapped]).toEqual([...client.pools.keys()]);
  expect(client.presents.size).toBe(pair.showing.length);
  const deadlines = [...server.destroying.values(), server.negotiateUntil ?? Infinity];
  expect(pair.wake ?? Infinity).toBe(Math.min(...deadlines));
  // Nothing waits for longer than it was said to.
  expect(Math.min(...deadlines)).toBeGreaterThan(pair.now);
}

describe("server and client", () => {
  test("agree in the end on pools and buffers, and leak nothing, whatever is delayed, reordered or cut", () => {
    fc.assert(
      fc.property(
        fc.array(actions, { maxLength: 80, size: "max" }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        (history, perWindow, warm) => {
          const pair = new GfxredirPair({ presentsPerWindow: perWindow });
          pair.open();
          if (warm) warmUp(pair);
          for (const action of history) {
            act(pair, action);
            holdsAlways(pair);
          }
          if (pair.server.phase !== "ready") {
            pair.cut();
            pair.open();
          }
          pair.settle();
          expect(pair.server.phase).toBe("ready");
          expect([...pair.server.buffers]).toEqual([...pair.client.buffers]);
          expect([...pair.server.pools.keys()]).toEqual([...pair.client.pools.keys()]);
          for (const poolId of pair.server.pools.keys()) pair.serverDoes({ type: "closePool", poolId, now: pair.now });
          pair.settle();
          const { server, client } = pair;
          const left = [server.pools, server.buffers, server.destroying, server.presents.byWindow, client.pools];
          expect(left.map(({ size }) => size)).toEqual([0, 0, 0, 0, 0]);
          expect([client.buffers.size, client.presents.size, server.presents.size]).toEqual([0, 0, 0]);
          expect(server.abandoned).toEqual([]);
          expect(pair.sections.size + pair.mapped.size).toBe(0);
          expect(pair.violations.filter((violation) => !violation.startsWith("server: local"))).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("a destroy waits for the acknowledgement if it comes in time, and for the time-out if not", () => {
    fc.assert(
      fc.property(fc.nat({ max: 20_000 }), fc.nat({ max: 20_000 }), (shown, timeout) => {
        const pair = new GfxredirPair({ destroyTimeout: timeout });
        pair.open();
        pair.settle();
        pair.openPool(1n, 4096n, sectionName(1));
        pair.serverDoes(createBuffer());
        pair.serverDoes(present());
        pair.deliver("client", Infinity);
        pair.serverDoes({ type: "closePool", poolId: 1n, now: pair.now });
        expect(pair.server.pools.size).toBe(1);
        pair.wait(shown);
        expect(pair.server.pools.size).toBe(shown >= timeout ? 0 : 1);
        expect(pair.server.abandoned).toHaveLength(shown >= timeout ? 1 : 0);
        pair.show(0);
        pair.deliver("server", Infinity);
        expect(pair.server.pools.size).toBe(0);
        expect(pair.wake).toBeUndefined();
        expect(pair.server.abandoned).toEqual([]);
        pair.settle();
        expect(pair.mapped.size).toBe(0);
        expect(pair.violations).toEqual([]);
      }),
    );
  });
});

/** Any message; ids and sizes are often such that they hit what is there. */
const anyMessage = fc.gen().map((draw): GfxredirMessage => {
  const choice = choices(draw);
  const names = Object.keys(gfxredirVocabulary.pdus) as (keyof typeof gfxredirVocabulary.pdus)[];
  const name = names[choice.int(0, names.length - 1)] as keyof typeof gfxredirVocabulary.pdus;
  const value: Record<string, unknown> = { ...generate(gfxredirVocabulary.pdus[name] as never, choice) };
  for (const [field, given] of Object.entries(value)) {
    if (typeof given === "bigint" && choice.int(0, 9) > 0) value[field] = BigInt(choice.int(0, 3));
    if (typeof given === "number" && choice.int(0, 9) > 0) value[field] = choice.int(1, 2);
  }
  if (name === "openPool" && choice.int(0, 9) > 0) value["sectionName"] = sectionName(choice.int(0, 9));
  if (name === "openPool") value["poolSize"] = 4096n;
  if (name === "createBuffer") value["stride"] = 8;
  return { message: name, value } as unknown as GfxredirMessage;
});

const limits = { maxPools: 2, maxBuffers: 3, maxPresents: 4, maxAbandoned: 2 };

describe("a peer that misbehaves", () => {
  test("never makes the client throw or grow past its limits", () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 60, size: "max" }), (messages) => {
        let { state } = clientAfter(clientReady, limits);
        for (const message of messages) {
          const step = stepGfxredirClient(state, { type: "received", message });
          if (step.outputs.length > 0 && step.outputs.every(({ type }) => type === "violation"))
            expect(step.state).toBe(state);
          for (const output of step.outputs) if (output.type === "send") gfxredirVocabulary.encode(output.message);
          state = step.state;
          expect(state.pools.size).toBeLessThanOrEqual(2);
          expect(state.buffers.size).toBeLessThanOrEqual(3);
          expect(state.presents.size).toBeLessThanOrEqual(4);
          for (const buffer of state.buffers.values()) expect(state.pools.has(buffer.poolId)).toBe(true);
          for (const waiting of [...state.presents.byWindow.values()].flat())
            expect(state.buffers.has(waiting.bufferId)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("never makes the server throw or grow past its limits", () => {
    const input = fc.oneof(
      anyMessage.map((message) => ({ type: "received", message }) as const),
      small.map((id) => createBuffer({ bufferId: BigInt(id) })),
      small.map((id) => ({ type: "destroyBuffer", bufferId: BigInt(id), now: 0 }) as const),
      fc.constant({ type: "tick", now: 10_000 } as const),
      small.map((id) => present({ windowId: BigInt(id), bufferId: BigInt(id) })),
    );
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60, size: "max" }), (inputs) => {
        let { state } = serverAfter(
          [...serverReady, openPool(), createBuffer(), createBuffer({ bufferId: 2n, offset: 128n })],
          limits,
        );
        for (const each of inputs) {
          const step = stepGfxredirServer(state, each);
          if (step.outputs.length > 0 && step.outputs.every(({ type }) => type === "violation"))
            expect(step.state).toBe(state);
          state = step.state;
          expect(state.presents.size).toBeLessThanOrEqual(4);
          expect(state.abandoned.length).toBeLessThanOrEqual(2);
        }
      }),
      { numRuns: 100 },
    );
  });
});
