import fc from "fast-check";
import { expect, test } from "vitest";
import { joinSmall } from "./joined-segments.js";

const segments = fc.array(
  fc.tuple(fc.oneof(fc.nat(300), fc.integer({ min: 4000, max: 9000 })), fc.nat(255)).map(([size, value]) => {
    return new Uint8Array(size).fill(value);
  }),
  { maxLength: 60 },
);

test("joined segments are the same bytes, large ones the same memory, and no two small ones are neighbours", () => {
  fc.assert(
    fc.property(segments, (given) => {
      const joined = joinSmall(given);
      expect(Buffer.compare(Buffer.concat(joined), Buffer.concat(given))).toBe(0);
      for (const one of given) if (one.length > 4096) expect(joined.includes(one)).toBe(true);
      for (const [index, { length }] of joined.entries()) {
        expect(length + (joined[index + 1]?.length ?? 65_536)).toBeGreaterThan(4096);
      }
    }),
  );
});

test("what is put together has at most 64 KiB", () => {
  const sizes = joinSmall(Array.from({ length: 5200 }, () => new Uint8Array(1600))).map(({ length }) => length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(65_536);
  expect(sizes).toHaveLength(Math.ceil(5200 / 40));
});
