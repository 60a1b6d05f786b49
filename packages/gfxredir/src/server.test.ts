import { DecodeError, sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ack,
  createBuffer,
  openPool,
  present,
  received,
  serverAfter,
  serverReady,
  version2,
} from "../testing/gfxredir-pair.js";
import {
  freePoolId,
  gfxredirServer,
  gfxredirVocabulary,
  mayPresent,
  mayWrite,
  type CapsSet,
  type GfxredirServerInput,
} from "./index.js";

const version1: CapsSet = { capsData: { type: "version1" } };
const opened: GfxredirServerInput = { type: "opened", now: 1000 };
const offer = (...capsSets: CapsSet[]): GfxredirServerInput => received("capsAdvertise", { capsSets });
const unavailable = (reason: string, errorCode?: number) => ({ type: "unavailable", reason, errorCode });

const capsSet = fc.oneof(
  fc.constant(version1),
  fc.nat().map((features): CapsSet => ({ capsData: { type: "version2", supportedFeatures: features } })),
  fc
    .integer({ min: 0x2001, max: 0xffff_ffff })
    .map((tag): CapsSet => ({ capsData: { type: "unknown", tag, data: new Uint8Array(3) } })),
);

describe("capabilities", () => {
  test("the first set of the highest version that is known is confirmed as it came", () => {
    fc.assert(
      fc.property(fc.array(capsSet, { maxLength: 6 }), (capsSets) => {
        const { state, outputs } = serverAfter([opened, offer(...capsSets)]);
        const known = capsSets.find(({ capsData }) => capsData.type === "version2");
        const answer = known ?? capsSets.find(({ capsData }) => capsData.type === "version1");
        const sent = outputs.filter(({ type }) => type === "send");
        const confirm = { type: "send", message: { message: "capsConfirm", value: { capsSet: answer } } };
        expect(sent).toEqual(answer === undefined ? [] : [confirm]);
        expect(state.phase).toBe(known === undefined ? "unavailable" : "ready");
        expect(outputs).toContainEqual(
          known === undefined ? unavailable("version") : { type: "ready", version: 0x2000 },
        );
        expect(outputs.at(-1)).toEqual({ type: "wake", at: undefined });
      }),
    );
  });

  test("a client from before versions is answered with version 1, and does without", () => {
    const { outputs } = serverAfter([opened, received("legacyCaps", { version: 1 })]);
    const confirm = { message: "capsConfirm", value: { capsSet: version1 } } as const;
    expect(outputs.slice(0, 2)).toEqual([{ type: "send", message: confirm }, unavailable("legacy")]);
    expect(gfxredirVocabulary.encode(confirm)).toHaveLength(20);
  });

  test("a set of no length does not decode, so it is silence; an offer after it counts", () => {
    const wire = gfxredirVocabulary.encode({ message: "capsAdvertise", value: { capsSets: [version2] } });
    new DataView(wire.buffer, wire.byteOffset).setUint32(16, 0, true);
    expect(() => gfxredirVocabulary.read(sourceOf(wire), 0, wire.length, "client")).toThrow(DecodeError);
    expect(serverAfter([opened, offer(version2)]).state.phase).toBe("ready");
    expect(serverAfter([opened, { type: "tick", now: 6000 }]).outputs).toContainEqual(unavailable("silence"));
  });
});

describe("a channel that does not come about", () => {
  test.each([
    ["refused", [{ type: "opening", now: 0 }], { type: "refused" }, "closed"],
    ["closed", [{ type: "opening", now: 0 }], { type: "closed" }, "closed"],
    ["closed", [opened], { type: "closed" }, "closed"],
    ["closed", serverReady, { type: "closed" }, "closed"],
    ["silence", [{ type: "opening", now: 0 }], { type: "tick", now: 5000 }, "unavailable"],
    ["silence", [opened], { type: "tick", now: 6000 }, "unavailable"],
    ["version", [opened], offer(), "unavailable"],
  ] as const)("is unavailable: %s", (reason, before, last, phase) => {
    const { state, outputs } = serverAfter([...before, last]);
    expect(outputs).toContainEqual(unavailable(reason));
    expect(state).toEqual({ ...gfxredirServer(), phase });
  });

  test("an error of the client ends it at any time, with the code", () => {
    for (const before of [[opened], serverReady]) {
      const { state, outputs } = serverAfter([...before, received("errorReport", { errorCode: 7 })]);
      expect(outputs).toContainEqual(unavailable("error", 7));
      expect(state.phase).toBe("unavailable");
    }
  });

  test("the wait lasts as long as was said, from `opening` and anew from `opened`", () => {
    const options = { negotiationTimeout: 100 };
    const opening: GfxredirServerInput = { type: "opening", now: 0 };
    expect(serverAfter([opening], options).outputs).toEqual([{ type: "wake", at: 100 }]);
    expect(serverAfter([opening, { type: "tick", now: 99 }], options).outputs).toEqual([]);
    const late = serverAfter([opening, { type: "opened", now: 50 }], options);
    expect(late.outputs).toEqual([{ type: "wake", at: 150 }]);
    expect(serverAfter([opened], { negotiationTimeout: Infinity }).outputs).toEqual([]);
  });

  test("what comes after it is passed over, it is said once, and the channel may be opened again", () => {
    const silent = [opened, { type: "tick", now: 6000 }] as const;
    expect(serverAfter([...silent, offer(version2)])).toEqual({ ...serverAfter(silent), outputs: [] });
    const closed = serverAfter([...silent, { type: "closed" }]);
    expect(closed.outputs).toEqual([]);
    expect(closed.state.phase).toBe("closed");
    for (const before of [silent, [...silent, { type: "closed" }] as const])
      expect(serverAfter([...before, { type: "opened", now: 7000 }, offer(version2)]).state.phase).toBe("ready");
  });

  test("all memory is let go, and ids are not used again soon", () => {
    const inputs = [...serverReady, openPool(), createBuffer(), present(), openPool({ poolId: 2n })];
    const { state, outputs } = serverAfter([...inputs, { type: "closed" }]);
    expect(outputs).toEqual([
      { type: "poolClosed", poolId: 1n },
      { type: "poolClosed", poolId: 2n },
      unavailable("closed"),
    ]);
    expect(state).toEqual({ ...gfxredirServer(), nextPoolId: 3n, nextBufferId: 2n, nextPresentId: 2n });
  });
});

describe("presents", () => {
  const two = [...serverReady, openPool(), createBuffer(), createBuffer({ bufferId: 2n, offset: 128n })];

  test("a window waits for its own acknowledgement and for no other", () => {
    const { state } = serverAfter([...two, present(), present({ windowId: 6n, bufferId: 2n })]);
    expect([5n, 6n, 7n].map((windowId) => mayPresent(state, windowId))).toEqual([false, false, true]);
    const first = serverAfter([...two, present(), present({ windowId: 6n, bufferId: 2n }), ack(6n, 2n)]);
    expect(first.outputs).toEqual([{ type: "acknowledged", windowId: 6n, presentId: 2n, bufferId: 2n }]);
    expect([5n, 6n].map((windowId) => mayPresent(first.state, windowId))).toEqual([false, true]);
    expect([1n, 2n, 3n].map((bufferId) => mayWrite(first.state, bufferId))).toEqual([false, true, false]);
  });

  test("acknowledgements in any order leave nothing waiting", () => {
    const windows = Array.from({ length: 6 }, (_, index) => BigInt(index));
    const setUp = [
      ...serverReady,
      openPool(),
      ...windows.map((id) => createBuffer({ bufferId: id, offset: id * 128n })),
      ...windows.map((id) => present({ windowId: id, bufferId: id })),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(windows, { minLength: 6 }), (order) => {
        const { state } = serverAfter([...setUp, ...order.map((id) => ack(id, id + 1n))]);
        expect(state.presents.size).toBe(0);
        expect(windows.every((id) => mayPresent(state, id))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test("several presents of a window may wait if that was allowed", () => {
    const { state } = serverAfter([...two, present()], { presentsPerWindow: 2 });
    expect(mayPresent(state, 5n)).toBe(true);
    expect(mayWrite(state, 2n)).toBe(true);
    const both = serverAfter([...two, present(), present({ bufferId: 2n })], { presentsPerWindow: 2 }).state;
    expect(mayPresent(both, 5n)).toBe(false);
  });

  test("the id may be the caller's, and the next one follows it", () => {
    const { outputs } = serverAfter([...two, present({ presentId: 40n }), present({ windowId: 6n, bufferId: 2n })]);
    expect(outputs).toMatchObject([{ message: { value: { presentId: 41n } } }]);
  });
});

describe("destroying", () => {
  const flying = [...serverReady, openPool(), createBuffer(), createBuffer({ bufferId: 2n }), present()];
  const destroyed = (bufferId: bigint, ...unacknowledged: object[]) => [
    { type: "send", message: { message: "destroyBuffer", value: { bufferId } } },
    { type: "bufferDestroyed", bufferId, unacknowledged },
  ];
  const poolClosed = [
    { type: "send", message: { message: "closePool", value: { poolId: 1n } } },
    { type: "poolClosed", poolId: 1n },
  ];

  test("a pool goes after its buffers, each when its presents are acknowledged", () => {
    const close = { type: "closePool", poolId: 1n, now: 100 } as const;
    const closing = serverAfter([...flying, close]);
    expect(closing.outputs).toEqual([...destroyed(2n), { type: "wake", at: 10_100 }]);
    expect(serverAfter([...flying, close, ack(5n, 1n)]).outputs).toEqual([
      { type: "acknowledged", windowId: 5n, presentId: 1n, bufferId: 1n },
      ...destroyed(1n),
      ...poolClosed,
      { type: "wake", at: undefined },
    ]);
  });

  test("it goes after the time-out all the same, and says what was not acknowledged", () => {
    const close = { type: "closePool", poolId: 1n, now: 100 } as const;
    expect(serverAfter([...flying, close, { type: "tick", now: 10_099 }]).outputs).toEqual([]);
    const gone = [...flying, close, { type: "tick", now: 10_100 } as const];
    const { state, outputs } = serverAfter(gone);
    expect(outputs).toEqual([
      ...destroyed(1n, { windowId: 5n, presentId: 1n, bufferId: 1n }),
      ...poolClosed,
      { type: "wake", at: undefined },
    ]);
    expect(mayPresent(state, 5n)).toBe(true);
    expect(serverAfter([...gone, ack(5n, 1n)]).outputs).toEqual([]);
    expect(serverAfter([...gone, ack(5n, 1n), ack(5n, 1n)]).outputs).toMatchObject([{ rule: "ack-unknown" }]);
  });

  test("of the presents that were given up the latest are remembered, and the loss of older ones is said", () => {
    const options = { maxAbandoned: 1, presentsPerWindow: 2 };
    const inputs = [
      ...flying,
      present({ bufferId: 2n }),
      { type: "closePool", poolId: 1n, now: 0 } as const,
      { type: "tick", now: 10_000 } as const,
    ];
    const { state, outputs } = serverAfter(inputs, options);
    expect(outputs.filter(({ type }) => type === "violation")).toMatchObject([{ rule: "acks-forgotten", by: "peer" }]);
    expect(state.abandoned).toEqual([{ windowId: 5n, presentId: 2n, bufferId: 2n }]);
    expect(serverAfter([...inputs, ack(5n, 1n)], options).outputs).toMatchObject([{ rule: "ack-unknown" }]);
    expect(serverAfter([...inputs, ack(5n, 2n)], options).state.abandoned).toEqual([]);
  });

  test("a connection that ends ends the wait", () => {
    const { state, outputs } = serverAfter([...flying, { type: "closePool", poolId: 1n, now: 0 }, { type: "closed" }]);
    expect(outputs).toEqual([
      { type: "poolClosed", poolId: 1n },
      unavailable("closed"),
      { type: "wake", at: undefined },
    ]);
    expect(state.destroying.size).toBe(0);
  });

  test("a pool without buffers is closed at once", () => {
    expect(serverAfter([...serverReady, openPool(), { type: "closePool", poolId: 1n, now: 0 }]).outputs).toEqual(
      poolClosed,
    );
  });

  test("free ids go round, pass over those in use, and are 32 bits", () => {
    const last = serverAfter([...serverReady, openPool(), openPool({ poolId: 0xffff_fffen })]);
    expect(freePoolId(last.state)).toBe(2n);
  });

  test("an error can be told to the client once the channel is there", () => {
    const report: GfxredirServerInput = { type: "reportError", errorCode: 3 };
    for (const before of [[opened], serverReady])
      expect(serverAfter([...before, report]).outputs).toEqual([
        { type: "send", message: { message: "errorReport", value: { errorCode: 3 } } },
      ]);
  });
});
