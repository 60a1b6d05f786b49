/** An exact fraction in lowest terms; `den` is positive. */
export interface Ratio {
  readonly num: bigint;
  readonly den: bigint;
}

/** `num / den`; throws RangeError if `den` is 0 or one of them is no integer. */
export function ratio(num: number | bigint, den: number | bigint = 1n): Ratio {
  let [n, d] = [BigInt(num), BigInt(den)];
  if (d === 0n) throw new RangeError("the denominator is zero");
  if (d < 0n) [n, d] = [-n, -d];
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return { num: n / a, den: d / a };
}

export const plus = (a: Ratio, b: Ratio): Ratio => ratio(a.num * b.den + b.num * a.den, a.den * b.den);
export const minus = (a: Ratio, b: Ratio): Ratio => ratio(a.num * b.den - b.num * a.den, a.den * b.den);
export const times = (a: Ratio, b: Ratio): Ratio => ratio(a.num * b.num, a.den * b.den);
/** Throws RangeError if `b` is 0. */
export const over = (a: Ratio, b: Ratio): Ratio => ratio(a.num * b.den, a.den * b.num);
export const isLess = (a: Ratio, b: Ratio): boolean => a.num * b.den < b.num * a.den;
export const least = (a: Ratio, b: Ratio): Ratio => (isLess(b, a) ? b : a);

/** The greatest integer that is not above it. */
export function floorOf(value: Ratio): number {
  const down = value.num / value.den;
  return Number(value.num < 0n && down * value.den !== value.num ? down - 1n : down);
}

/** The nearest number that JavaScript has. */
export const numberOf = (value: Ratio): number => Number(value.num) / Number(value.den);
