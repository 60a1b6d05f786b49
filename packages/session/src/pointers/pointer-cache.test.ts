import fc from "fast-check";
import { expect, test } from "vitest";
import { PointerCache } from "./pointer-cache.js";
import type { PackedShape } from "./pointer-shape.js";

/** A shape of `size` times `size` pixels; no two of them have the same hash. */
const shapeOf = (hash: number, size = 1): PackedShape => ({
  width: size,
  height: size,
  stride: size * 4,
  pixels: new Uint8Array(size * size * 4),
  hotX: 0,
  hotY: 0,
  hash,
});

test("what is found is what was put there last, and the slots are those of the client", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(fc.nat({ max: 6 })), (slots, uses) => {
      const cache = new PointerCache(slots);
      const client = new Map<number, number>();
      /** The longest unused first. */
      let recent: number[] = [];
      for (const hash of uses) {
        const found = cache.find(shapeOf(hash));
        if (found === undefined) client.set(cache.put(shapeOf(hash)), hash);
        else expect(client.get(found)).toBe(hash);
        expect(found !== undefined).toBe(recent.includes(hash));
        recent = [...recent.filter((each) => each !== hash), hash].slice(-slots);
      }
      expect(client.size).toBeLessThanOrEqual(slots);
      expect(Math.max(0, ...client.keys())).toBeLessThan(slots);
    }),
  );
});

test("however large the client's cache and the shapes are, the memory is bounded", () => {
  const cache = new PointerCache(0xffff);
  for (let hash = 0; hash < 40; hash++) cache.put(shapeOf(hash));
  expect(cache.size).toBe(32);
  for (let hash = 100; hash < 110; hash++) expect(cache.put(shapeOf(hash, 384))).toBeLessThan(32);
  // Seven of them are 4,128,768 bytes.
  expect(cache.size).toBe(7);
  expect(cache.find(shapeOf(109, 384))).toBeDefined();
  expect(cache.find(shapeOf(102, 384))).toBeUndefined();
});

test("a client without a cache has nothing in it", () => {
  const cache = new PointerCache(0);
  expect([cache.put(shapeOf(1)), cache.find(shapeOf(1)), cache.size]).toEqual([0, undefined, 0]);
});
