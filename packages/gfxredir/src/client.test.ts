import { describe, expect, test } from "vitest";
import {
  buffer,
  clientAfter,
  clientReady,
  pool,
  presentValue,
  received,
  sectionName,
} from "../testing/gfxredir-pair.js";
import { gfxredirClient, isSectionName, type CapsSet, type PresentBuffer } from "./index.js";

const opens = received("openPool", pool());
const made = received("createBuffer", buffer());
const shown = (changes: Partial<PresentBuffer> = {}) => received("presentBuffer", presentValue(changes));
const acknowledged = (windowId: bigint, presentId: bigint) => ({
  type: "send",
  message: { message: "presentBufferAck", value: { windowId, presentId } },
});

describe("gfxredirClient", () => {
  test("offers version 2 alone unless told otherwise", () => {
    const capsSets: CapsSet[] = [{ capsData: { type: "version1" } }];
    for (const [options, offered] of [
      [{}, [{ capsData: { type: "version2", supportedFeatures: 0 } }]],
      [{ capsSets }, capsSets],
    ] as const)
      expect(clientAfter([{ type: "opened" }], options).outputs).toEqual([
        { type: "send", message: { message: "capsAdvertise", value: { capsSets: offered } } },
      ]);
  });

  test("shows nothing with another version than 2", () => {
    const confirm = received("capsConfirm", {
      capsSet: { capsData: { type: "unknown", tag: 9, data: new Uint8Array(0) } },
    });
    const { state, outputs } = clientAfter([{ type: "opened" }, confirm]);
    expect(outputs).toContainEqual({ type: "unavailable", reason: "version", version: 9 });
    expect(state.phase).toBe("unavailable");
    expect(clientAfter([{ type: "opened" }, confirm, opens]).outputs).toMatchObject([{ rule: "not-ready" }]);
  });

  test("tells of pools and buffers by name and size, and keeps nothing else of the message", () => {
    const trailing = new Uint8Array(1000);
    const { state, outputs } = clientAfter([
      ...clientReady,
      opens,
      received("createBuffer", Object.assign(buffer(), { trailing })),
    ]);
    expect(outputs).toEqual([{ type: "bufferCreated", buffer: buffer() }]);
    expect(state.buffers.get(1n)).not.toHaveProperty("trailing");
    expect(clientAfter([...clientReady, opens]).outputs).toEqual([
      { type: "poolOpened", poolId: 1n, poolSize: 4096n, sectionName: sectionName(1) },
    ]);
  });

  test("presents with the buffer, and acknowledges when the application has shown it", () => {
    const opaqueRects = [{ left: 1, top: 1, width: 2, height: 2 }];
    const inputs = [...clientReady, opens, made, shown({ timestamp: 9n, orientation: 90, opaqueRects })];
    expect(clientAfter(inputs).outputs).toEqual([
      {
        type: "present",
        timestamp: 9n,
        windowId: 5n,
        presentId: 1n,
        orientation: 90,
        targetWidth: 8,
        targetHeight: 4,
        dirtyRect: { left: 0, top: 0, width: 8, height: 4 },
        opaqueRects,
        buffer: buffer(),
      },
    ]);
    const { state, outputs } = clientAfter([...inputs, { type: "presented", windowId: 5n, presentId: 1n }]);
    expect(outputs).toEqual([acknowledged(5n, 1n)]);
    expect(state.presents.size).toBe(0);
  });

  test("cuts rectangles to the buffer", () => {
    const dirtyRect = { left: 6, top: 0xffff_ffff, width: 0xffff_ffff, height: 4 };
    expect(
      clientAfter([...clientReady, opens, made, shown({ dirtyRect, opaqueRects: [dirtyRect] })]).outputs,
    ).toMatchObject([
      { rule: "rectangle-outside" },
      { dirtyRect: { left: 6, top: 4, width: 2, height: 0 }, opaqueRects: [{ left: 6, top: 4, width: 2, height: 0 }] },
    ]);
  });

  test.each([
    ["buffer-unknown", shown({ bufferId: 9n })],
    ["orientation", shown({ orientation: 45 })],
  ])("acknowledges at once what it cannot show: %s", (rule, message) => {
    const before = clientAfter([...clientReady, opens, made]).state;
    const { state, outputs } = clientAfter([...clientReady, opens, made, message]);
    expect(outputs).toMatchObject([acknowledged(5n, 1n), { type: "violation", rule }]);
    expect(state).toEqual(before);
  });

  test("an id that comes twice is shown twice and acknowledged twice", () => {
    const done = { type: "presented", windowId: 5n, presentId: 1n } as const;
    const inputs = [...clientReady, opens, made, shown(), shown()];
    expect(clientAfter([...inputs, done, done]).outputs).toEqual([acknowledged(5n, 1n)]);
    expect(clientAfter([...inputs, done, done, done]).outputs).toMatchObject([{ rule: "not-presented" }]);
  });

  test("a buffer that is destroyed while it waits to be shown is acknowledged", () => {
    const { state, outputs } = clientAfter([
      ...clientReady,
      opens,
      made,
      shown(),
      received("destroyBuffer", { bufferId: 1n }),
    ]);
    expect(outputs).toEqual([{ type: "bufferDestroyed", bufferId: 1n }, acknowledged(5n, 1n)]);
    expect(state).toEqual(clientAfter([...clientReady, opens]).state);
  });

  test("a pool that is closed too early takes its buffers along", () => {
    const { state, outputs } = clientAfter([
      ...clientReady,
      opens,
      made,
      shown(),
      received("closePool", { poolId: 1n }),
    ]);
    expect(outputs).toMatchObject([
      { rule: "pool-has-buffers" },
      { type: "bufferDestroyed", bufferId: 1n },
      acknowledged(5n, 1n),
      { type: "poolClosed", poolId: 1n },
    ]);
    expect(state).toEqual(clientAfter(clientReady).state);
  });

  test("lets go of everything when the channel closes, and says so once", () => {
    const { state, outputs } = clientAfter([...clientReady, opens, made, shown(), { type: "closed" }]);
    expect(outputs).toEqual([
      { type: "bufferDestroyed", bufferId: 1n },
      { type: "poolClosed", poolId: 1n },
    ]);
    expect(state).toEqual(gfxredirClient());
    expect(clientAfter([{ type: "closed" }]).outputs).toEqual([]);
  });

  test("errors go both ways", () => {
    expect(clientAfter([...clientReady, { type: "reportError", errorCode: 5 }]).outputs).toEqual([
      { type: "send", message: { message: "errorReport", value: { errorCode: 5 } } },
    ]);
    const { state, outputs } = clientAfter([...clientReady, opens, received("errorReport", { errorCode: 6 })]);
    expect(outputs).toEqual([{ type: "errorReported", errorCode: 6 }]);
    expect(state.pools.size).toBe(1);
  });

  test("the last row of a buffer needs no more than its pixels", () => {
    const tight = received("createBuffer", buffer({ stride: 40, offset: 4096n - 152n }));
    expect(clientAfter([...clientReady, opens, tight]).outputs).toMatchObject([{ type: "bufferCreated" }]);
  });
});

describe("isSectionName", () => {
  const guid = "a3491864-a1a5-403b-b861-6576767f0f60";

  test.each([`{${guid}}`, `{${guid.toUpperCase()}}`])("%s is one", (name) => {
    expect(isSectionName(name)).toBe(true);
  });

  test.each([
    "",
    guid,
    `{${guid}`,
    `..\\{${guid}}`,
    `{${guid}}\n`,
    `{${guid}}/..`,
    `{${guid.replace("-", "/")}}`,
    "{}",
  ])("%j is none", (name) => {
    expect(isSectionName(name)).toBe(false);
  });
});
