import { describe, expect, test } from "vitest";
import {
  ack,
  buffer,
  clientAfter,
  clientReady,
  createBuffer,
  openPool,
  pool,
  present,
  presentValue,
  received,
  sectionName,
  serverAfter,
  serverReady,
  version2,
} from "../testing/gfxredir-pair.js";
import { gfxredirRules, type GfxredirRule, type OpenPool, type PoolBuffer, type PresentBuffer } from "./index.js";

type Outputs = readonly { readonly type: string }[];

const server = (...inputs: Parameters<typeof serverAfter>[0]): Outputs =>
  serverAfter([...serverReady, ...inputs]).outputs;
const limited = (limits: Parameters<typeof serverAfter>[1], ...inputs: Parameters<typeof serverAfter>[0]): Outputs =>
  serverAfter([...serverReady, ...inputs], limits).outputs;
const client = (...inputs: Parameters<typeof clientAfter>[0]): Outputs =>
  clientAfter([...clientReady, ...inputs]).outputs;
const only = (limits: Parameters<typeof clientAfter>[1], ...inputs: Parameters<typeof clientAfter>[0]): Outputs =>
  clientAfter([...clientReady, ...inputs], limits).outputs;

const opens = (changes: Partial<OpenPool> = {}) => received("openPool", pool(changes));
const made = (changes: Partial<PoolBuffer> = {}) => received("createBuffer", buffer(changes));
const shown = (changes: Partial<PresentBuffer> = {}) => received("presentBuffer", presentValue(changes));
const presented = (windowId: bigint, presentId: bigint) => ({ type: "presented", windowId, presentId }) as const;
const destroy = (bufferId: bigint) => ({ type: "destroyBuffer", bufferId, now: 0 }) as const;
const close = (poolId: bigint) => ({ type: "closePool", poolId, now: 0 }) as const;
const big = { left: 0, top: 0, width: 9, height: 4 };
const two = [openPool(), createBuffer(), createBuffer({ bufferId: 2n })] as const;
const flying = [...two, present()] as const;

/** For each rule and for each side that can break it: what leads to it. */
const cases: Readonly<Record<GfxredirRule, Partial<Readonly<Record<"peer" | "local", readonly (() => Outputs)[]>>>>> = {
  "not-open": {
    peer: [
      () => serverAfter([ack(1n, 1n)]).outputs,
      () => serverAfter([{ type: "opening", now: 0 }, ack(1n, 1n)]).outputs,
      () => clientAfter([opens()]).outputs,
    ],
    local: [() => clientAfter([{ type: "reportError", errorCode: 1 }]).outputs],
  },
  "already-open": {
    local: [
      () => server({ type: "opened", now: 0 }),
      () => server({ type: "opening", now: 0 }),
      () => client({ type: "opened" }),
    ],
  },
  "not-ready": {
    peer: [
      () => serverAfter([{ type: "opened", now: 0 }, ack(1n, 1n)]).outputs,
      () => clientAfter([{ type: "opened" }, opens()]).outputs,
    ],
    local: [
      () => serverAfter([{ type: "opened", now: 0 }, openPool()]).outputs,
      () => serverAfter([{ type: "reportError", errorCode: 1 }]).outputs,
      () => clientAfter([{ type: "opened" }, presented(1n, 1n)]).outputs,
    ],
  },
  "wrong-direction": { peer: [() => server(opens()), () => client(ack(1n, 1n) as never)] },
  "caps-again": {
    peer: [
      () => server(received("capsAdvertise", { capsSets: [version2] })),
      () => server(received("legacyCaps", { version: 1 })),
      () => client(received("capsConfirm", { capsSet: version2 })),
    ],
  },
  "legacy-version": {
    peer: [() => serverAfter([{ type: "opened", now: 0 }, received("legacyCaps", { version: 2 })]).outputs],
  },
  "caps-not-offered": {
    peer: [
      () =>
        clientAfter([{ type: "opened" }, received("capsConfirm", { capsSet: { capsData: { type: "version1" } } })])
          .outputs,
    ],
  },
  "section-name": {
    peer: [() => client(opens({ sectionName: "../x" }))],
    local: [() => server(openPool({ sectionName: "" }))],
  },
  "pool-size": {
    peer: [() => client(opens({ poolSize: 0n })), () => client(opens({ poolSize: 2n ** 63n }))],
    local: [() => server(openPool({ poolSize: 0n }))],
  },
  "pool-id-in-use": {
    peer: [() => client(opens(), opens({ sectionName: sectionName(2) }))],
    local: [() => server(openPool(), openPool())],
  },
  "pool-unknown": {
    peer: [() => client(made()), () => client(received("closePool", { poolId: 1n }))],
    local: [() => server(createBuffer()), () => server(close(1n))],
  },
  "pool-closing": {
    local: [
      () => server(...flying, close(1n), close(1n)),
      () => server(...flying, close(1n), createBuffer({ bufferId: 3n })),
    ],
  },
  "pool-has-buffers": { peer: [() => client(opens(), made(), received("closePool", { poolId: 1n }))] },
  "too-many-pools": {
    peer: [() => only({ maxPools: 1 }, opens(), opens({ poolId: 2n }))],
    local: [() => limited({ maxPools: 1 }, openPool(), openPool({ poolId: 2n }))],
  },
  "buffer-id-in-use": {
    peer: [() => client(opens(), made(), made())],
    local: [() => server(openPool(), createBuffer(), createBuffer())],
  },
  "buffer-unknown": {
    peer: [() => client(shown()), () => client(received("destroyBuffer", { bufferId: 1n }))],
    local: [() => server(present()), () => server(destroy(1n))],
  },
  "buffer-closing": {
    local: [
      () => server(...flying, destroy(1n), destroy(1n)),
      () => server(...flying, destroy(1n), present({ windowId: 6n })),
    ],
  },
  "buffer-format": {
    peer: [() => client(opens(), made({ format: 0 }))],
    local: [() => server(openPool(), createBuffer({ format: 3 }))],
  },
  "buffer-size": {
    peer: [
      () => client(opens(), made({ width: 0 })),
      () => client(opens(), made({ height: 0 })),
      () => client(opens(), made({ stride: 31 })),
    ],
    local: [() => server(openPool(), createBuffer({ width: 9 }))],
  },
  "buffer-outside-pool": {
    peer: [
      () => client(opens({ poolSize: 127n }), made()),
      () => client(opens(), made({ offset: 2n ** 64n - 1n })),
      () => client(opens(), made({ stride: 2 ** 32 - 1, height: 2 ** 32 - 1 })),
    ],
    local: [
      () => server(openPool({ poolSize: 127n }), createBuffer()),
      () => server(openPool({ poolSize: 131n }), createBuffer({ stride: 33 })),
    ],
  },
  "too-many-buffers": {
    peer: [() => only({ maxBuffers: 1 }, opens(), made(), made({ bufferId: 2n }))],
    local: [() => limited({ maxBuffers: 1 }, ...two)],
  },
  "buffer-in-flight": { local: [() => server(...flying, present({ windowId: 6n }))] },
  "window-pending": { local: [() => server(...flying, present({ bufferId: 2n }))] },
  "too-many-presents": {
    peer: [() => only({ maxPresents: 1 }, opens(), made(), shown(), shown({ presentId: 2n }))],
    local: [() => limited({ maxPresents: 1 }, ...flying, present({ windowId: 6n, bufferId: 2n }))],
  },
  "present-id-in-use": {
    peer: [() => client(opens(), made(), shown(), shown())],
    local: [() => limited({ presentsPerWindow: 2 }, ...flying, present({ bufferId: 2n, presentId: 1n }))],
  },
  "rectangle-outside": {
    peer: [
      () => client(opens(), made(), shown({ dirtyRect: big })),
      () => client(opens(), made(), shown({ opaqueRects: [{ left: 0, top: 1, width: 1, height: 4 }] })),
    ],
    local: [() => server(...two, present({ dirtyRect: big }))],
  },
  "too-many-opaque-rects": {
    peer: [
      () => client(opens(), made(), shown({ opaqueRects: Array.from({ length: 17 }, () => ({ ...big, width: 1 })) })),
    ],
    local: [() => server(...two, present({ opaqueRects: Array.from({ length: 17 }, () => ({ ...big, width: 1 })) }))],
  },
  orientation: {
    peer: [() => client(opens(), made(), shown({ orientation: 45 }))],
    local: [() => server(...two, present({ orientation: 1 }))],
  },
  "ack-unknown": {
    peer: [
      () => server(...flying, ack(5n, 2n)),
      () => server(...flying, ack(6n, 1n)),
      () => server(...flying, ack(5n, 1n), ack(5n, 1n)),
    ],
  },
  "acks-forgotten": {
    peer: [() => limited({ maxAbandoned: 0, destroyTimeout: 10 }, ...flying, destroy(1n), { type: "tick", now: 10 })],
  },
  "not-presented": {
    local: [
      () => client(opens(), made(), shown(), presented(5n, 2n)),
      () => client(opens(), made(), shown(), presented(5n, 1n), presented(5n, 1n)),
    ],
  },
};

describe("gfxredirRules", () => {
  const all = Object.entries(cases).flatMap(([rule, sides]) =>
    Object.entries(sides).flatMap(([by, ways]) => ways.map((way, index) => [rule, by, index, way] as const)),
  );

  test.each(all)("%s by the %s is reported (%i)", (rule, by, _index, way) => {
    const message = gfxredirRules[rule as GfxredirRule];
    expect(way()).toContainEqual({ type: "violation", by, rule, message });
  });

  test("each is one lower-case sentence without a full stop", () => {
    for (const text of Object.values(gfxredirRules)) expect(text).toMatch(/^[a-z].*[^.]$/);
  });
});
