import { describe, expect, test } from "vitest";
import {
  caps,
  clientAfter,
  clientReadyWith,
  created,
  drawing,
  fill,
  noTime,
  pixels,
  received,
  rect,
} from "../testing/egfx-pair.js";
import { cachedBitmap, type CapsSet, type EgfxClientInput, type EgfxDrawing } from "./index.js";

const begins = received("startFrame", { frameId: 1, timestamp: noTime });

/** What comes of drawings on surfaces 1 and 2, of 8 by 6 pixels, in a frame: of the last, its outputs by name. */
function drawn(drawings: readonly EgfxDrawing[], capsSet: CapsSet = caps("version107", 0x20), maxPixels = 2 ** 25) {
  const inputs = drawings.map((message): EgfxClientInput => ({ type: "received", message }));
  const before = [...clientReadyWith(capsSet), created(1), created(2), begins];
  const { state, outputs } = clientAfter([...before, ...inputs], { maxPixels });
  const names = outputs.map((output) => (output.type === "violation" ? output.rule : output.type));
  return { names, cache: state.graphics.cache };
}

const store = (cacheSlot: number, rectSrc = rect(0, 0, 8, 6)): EgfxDrawing =>
  drawing("surfaceToCache", { surfaceId: 1, cacheKey: 1n, cacheSlot, rectSrc });
const show = (cacheSlot: number, x: number, y: number): EgfxDrawing =>
  drawing("cacheToSurface", { surfaceId: 1, cacheSlot, destPts: [{ x, y }] });
const copy = (rectSrc: ReturnType<typeof rect>, x: number, y: number): EgfxDrawing =>
  drawing("surfaceToSurface", { surfaceIdSrc: 1, surfaceIdDest: 2, rectSrc, destPts: [{ x, y }] });

describe("a drawing may reach the edges of its surface, and no pixel more", () => {
  test.each([
    ["pixels", drawing("wireToSurface1", pixels(1, rect(6, 5, 8, 6))), []],
    ["pixels to the right", drawing("wireToSurface1", pixels(1, rect(6, 5, 9, 6))), ["outside-surface"]],
    ["pixels below", drawing("wireToSurface1", pixels(1, rect(6, 5, 8, 7))), ["outside-surface"]],
    ["a fill", drawing("solidFill", fill(1, rect(0, 0, 8, 6))), []],
    ["a fill below", drawing("solidFill", fill(1, rect(0, 0, 8, 7))), ["outside-surface"]],
    ["a copy", copy(rect(2, 2, 8, 6), 2, 2), []],
    ["a copy to the right", copy(rect(2, 2, 8, 6), 3, 2), ["outside-surface"]],
    ["a copy below", copy(rect(2, 2, 8, 6), 2, 3), ["outside-surface"]],
  ])("%s", (_, message, faults) => {
    expect(drawn([message]).names).toEqual([...faults, "draw"]);
  });

  test("a cached bitmap", () => {
    const stored = store(1, rect(2, 2, 8, 6));
    expect(drawn([stored, show(1, 2, 2)]).names).toEqual(["draw"]);
    expect(drawn([stored, show(1, 3, 2)]).names).toEqual(["outside-surface", "draw"]);
    expect(drawn([stored, show(1, 2, 3)]).names).toEqual(["outside-surface", "draw"]);
  });
});

describe("the bitmap cache", () => {
  test("has slots from 1 to its last", () => {
    expect(drawn([store(1)]).names).toEqual(["draw"]);
    expect(drawn([store(25_600)]).names).toEqual(["draw"]);
    expect(drawn([store(25_601)]).names).toEqual(["slot-range"]);
    expect(drawn([store(4096)], caps("version103", 0x20)).names).toEqual(["draw"]);
    expect(drawn([store(4097)], caps("version103", 0x20)).names).toEqual(["slot-range"]);
  });

  test("forgets what was in a slot when something else comes into it", () => {
    // Both surfaces and one cached bitmap, and no pixel more.
    const { names, cache } = drawn([store(1), store(1), store(1, rect(0, 0, 2, 2))], undefined, 3 * 48);
    expect(names).toEqual(["draw"]);
    expect(cache).toMatchObject({ count: 1, pixels: 4 });
    expect(cachedBitmap(cache, 1)).toEqual({ width: 2, height: 2, pixels: 4 });
    expect(drawn([store(1), store(2)], undefined, 3 * 48).names).toEqual(["too-many-pixels"]);
  });

  test("gives up a slot that is evicted", () => {
    const evict = drawing("evictCacheEntry", { cacheSlot: 1 });
    expect(drawn([store(1), evict])).toMatchObject({ names: ["draw"], cache: { count: 0, pixels: 0 } });
    expect(drawn([store(1), evict, show(1, 0, 0)]).names).toEqual(["slot-empty"]);
  });
});

test("evicting and forgetting a context need no frame", () => {
  const inputs = [
    ...clientReadyWith(caps("version107")),
    created(1),
    begins,
    { type: "received", message: store(1) },
    received("endFrame", { frameId: 1 }),
  ] as const;
  for (const message of [
    drawing("evictCacheEntry", { cacheSlot: 1 }),
    drawing("deleteEncodingContext", { surfaceId: 1, codecContextId: 1 }),
  ]) {
    expect(clientAfter([...inputs, { type: "received", message }]).outputs).toEqual([{ type: "draw", message }]);
  }
});
