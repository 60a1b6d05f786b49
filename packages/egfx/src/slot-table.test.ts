import fc from "fast-check";
import { expect, test } from "vitest";
import { cachedBitmap, emptySlot, noSlots, withSlot, type CachedBitmap } from "./slot-table.js";

const slot = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 120, max: 140 }), fc.nat(65_535));
const bitmap = fc.option(
  fc.nat(9).map((pixels): CachedBitmap => ({ width: pixels, height: 1, pixels })),
  { nil: undefined },
);

test("a table of slots is a map that does not change", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(slot, bitmap), { maxLength: 40 }), (changes) => {
      let table = noSlots;
      const model = new Map<number, CachedBitmap>();
      for (const [at, value] of changes) {
        const before = table;
        const old = cachedBitmap(before, at);
        table = withSlot(table, at, value);
        expect(cachedBitmap(before, at)).toBe(old);
        if (value === undefined) model.delete(at);
        else model.set(at, value);
        expect(cachedBitmap(table, at)).toBe(value);
        expect(table.count).toBe(model.size);
        expect(table.pixels).toBe([...model.values()].reduce((sum, { pixels }) => sum + pixels, 0));
      }
      for (const [at, value] of model) expect(cachedBitmap(table, at)).toEqual(value);
      const free = Array.from({ length: 8 }, (_, index) => index + 1).find((at) => !model.has(at));
      expect(emptySlot(table, 25_600)).toBe(free);
    }),
  );
});

test("there is no empty slot in a full table", () => {
  let table = noSlots;
  for (let at = 1; at <= 300; at++) table = withSlot(table, at, { width: 1, height: 1, pixels: 1 });
  expect(emptySlot(table, 300)).toBeUndefined();
  expect(emptySlot(table, 301)).toBe(301);
  expect(emptySlot(withSlot(table, 130, undefined), 300)).toBe(130);
});
