import { tileCoefficients } from "./rlgr.js";

/** The values of the lowest band are differences from one to the next. [MS-RDPRFX] 3.1.8.2.2. */
function addDifferences(values: Int16Array): void {
  let sum = 0;
  for (let at = tileCoefficients - 64; at < tileCoefficients; at++) {
    sum += values[at] as number;
    values[at] = sum;
  }
}

/** A row of `size` low and as many high coefficients becomes twice as many values. [MS-RDPRFX] 3.1.8.2.4. */
function liftRow(from: Int16Array, low: number, high: number, size: number, into: Int16Array, start: number): void {
  let left = from[high] as number;
  // Before the first high coefficient is the same again.
  let even = (from[low] as number) - left;
  let to = start;
  for (let index = 1; index < size; index++) {
    const right = from[high + index] as number;
    const next = (from[low + index] as number) - ((left + right + 1) >> 1);
    into[to] = even;
    into[to + 1] = (left << 1) + ((even + next) >> 1);
    to += 2;
    even = next;
    left = right;
  }
  into[to] = even;
  into[to + 1] = (left << 1) + even;
}

/** All columns of `size` low and as many high coefficients at once, row by row. */
function liftColumns(from: Int16Array, size: number, into: Int16Array, offset: number): void {
  const width = size * 2;
  let high = size * width;
  for (let column = 0; column < width; column++) {
    into[offset + column] = (from[column] as number) - (from[high + column] as number);
  }
  let to = offset;
  for (let row = 1; row < size; row++) {
    const low = row * width;
    const lower = high + width;
    const odd = to + width;
    const even = odd + width;
    for (let column = 0; column < width; column++) {
      const above = from[high + column] as number;
      const next = (from[low + column] as number) - ((above + (from[lower + column] as number) + 1) >> 1);
      into[even + column] = next;
      into[odd + column] = (above << 1) + (((into[to + column] as number) + next) >> 1);
    }
    high = lower;
    to = even;
  }
  for (let column = 0; column < width; column++) {
    into[to + width + column] = ((from[high + column] as number) << 1) + (into[to + column] as number);
  }
}

/** Four bands of `size` by `size` at `offset` become one of twice the size in the same place. */
function combineBands(values: Int16Array, offset: number, size: number, rows: Int16Array): void {
  const area = size * size;
  const width = size * 2;
  // They lie in the order HL, LH, HH, LL. First rows of low, then of high vertical frequencies.
  for (let row = 0; row < size; row++) {
    const at = offset + row * size;
    liftRow(values, at + area * 3, at, size, rows, row * width);
    liftRow(values, at + area, at + area * 2, size, rows, (size + row) * width);
  }
  liftColumns(rows, size, values, offset);
}

/**
 * Makes 64 by 64 values of the dequantized coefficients of a component, in their place: [MS-RDPRFX]
 * 3.1.8.2.2 and 3.1.8.2.4. `scratch` is as large as `values`.
 */
export function reconstruct(values: Int16Array, scratch: Int16Array): void {
  addDifferences(values);
  combineBands(values, 3840, 8, scratch);
  combineBands(values, 3072, 16, scratch);
  combineBands(values, 0, 32, scratch);
}
