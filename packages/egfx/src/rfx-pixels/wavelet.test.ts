import fc from "fast-check";
import { expect, test } from "vitest";
import { reconstruct } from "./wavelet.js";

/** The lifting equations of [MS-RDPRFX] 3.1.8.2.4 as they are written, with mirrored edges. */
function lifted(low: readonly number[], high: readonly number[]): number[] {
  const count = low.length;
  const h = (n: number): number => high[n < 0 ? -n - 1 : n] as number;
  const even = low.map((value, n) => value - ((h(n - 1) + h(n) + 1) >> 1));
  const e = (n: number): number => even[n < count ? n : count - 1] as number;
  return even.flatMap((value, n) => [value, (h(n) << 1) + ((value + e(n + 1)) >> 1)]);
}

const columnsOf = (rows: readonly (readonly number[])[]): number[][] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] as number));

/** The inverse transform by lists of rows: the same as {@link reconstruct}, in another way. */
function slowly(values: Int16Array): number[] {
  const band = (offset: number, size: number): number[][] =>
    Array.from({ length: size }, (_, row) => [...values.subarray(offset + row * size, offset + (row + 1) * size)]);
  let sum = 0;
  let lowest = band(4032, 8).map((row) => row.map((value) => (sum += value)));
  for (const [offset, size] of [
    [3840, 8],
    [3072, 16],
    [0, 32],
  ] as const) {
    const area = size * size;
    const [hl, lh, hh] = [band(offset, size), band(offset + area, size), band(offset + area * 2, size)];
    const above = lowest.map((row, index) => lifted(row, hl[index] as number[]));
    const below = lh.map((row, index) => lifted(row, hh[index] as number[]));
    const [upper, lower] = [columnsOf(above), columnsOf(below)];
    lowest = columnsOf(upper.map((column, index) => lifted(column, lower[index] as number[])));
  }
  return lowest.flat();
}

test("the inverse transform is that of the equations", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(4095), fc.integer({ min: -900, max: 900 })), { maxLength: 200 }), (places) => {
      const values = new Int16Array(4096);
      for (const [at, value] of places) values[at] = at < 4032 ? value : value >> 4;
      const expected = slowly(values);
      reconstruct(values, new Int16Array(4096));
      expect(Buffer.compare(Buffer.from(values.buffer), Buffer.from(Int16Array.from(expected).buffer))).toBe(0);
    }),
    { numRuns: 40 },
  );
});
