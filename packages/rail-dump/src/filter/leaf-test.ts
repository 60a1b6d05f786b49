import type { Scalar, ValueTest } from "./value-test.js";

/** Whether a value passes. */
export type LeafTest = (value: Scalar) => boolean;

type Numeric = number | bigint;

const lastBits = 0xffff_ffff;

/** The bits of a value that a mask has. Bitwise operators of numbers are signed. */
const masked = (mask: Numeric): ((value: Numeric) => Numeric) =>
  typeof mask === "bigint"
    ? (value) => BigInt.asUintN(64, BigInt(value)) & mask
    : (value) => ((Number(value) & mask) >>> 0) % (lastBits + 1);

/** One function for a test; `!=` becomes `==`, because it is about all values of a field. */
export function leafTest(test: ValueTest): LeafTest {
  switch (test.kind) {
    case "there":
      return () => true;
    case "truth": {
      const { truth } = test;
      return (value) => (Number(value) !== 0) === truth;
    }
    case "bits": {
      const bits = masked(test.mask);
      return (value) => Number(bits(value as Numeric)) !== 0;
    }
    case "compare":
      return withMask(test.mask, comparing(test.comparison, test.value));
    case "in":
      return withMask(test.mask, among(test.values, test.ranges));
    case "contains":
      return containing(test.value);
    case "matches":
      return (value) => test.test(value as string);
  }
}

function withMask(mask: Numeric | undefined, test: LeafTest): LeafTest {
  if (mask === undefined) return test;
  const bits = masked(mask);
  return (value) => test(bits(value as Numeric));
}

function comparing(comparison: string, wanted: Scalar): LeafTest {
  if (wanted instanceof Uint8Array) return (value) => Buffer.compare(value as Uint8Array, wanted) === 0;
  switch (comparison) {
    case "<":
      return (value) => value < wanted;
    case "<=":
      return (value) => value <= wanted;
    case ">":
      return (value) => value > wanted;
    case ">=":
      return (value) => value >= wanted;
    default:
      return (value) => value === wanted;
  }
}

function among(values: readonly Scalar[], ranges: readonly (readonly [Scalar, Scalar])[]): LeafTest {
  const singles: ReadonlySet<Scalar> = new Set(values);
  const runs = values.filter((value) => value instanceof Uint8Array);
  return (value) => {
    if (singles.has(value)) return true;
    if (value instanceof Uint8Array) return runs.some((run) => Buffer.compare(value, run) === 0);
    return ranges.some(([from, to]) => value >= from && value <= to);
  };
}

function containing(wanted: string | Uint8Array): LeafTest {
  if (typeof wanted === "string") return (value) => (value as string).includes(wanted);
  const run = bufferOf(wanted);
  return (value) => bufferOf(value as Uint8Array).includes(run);
}

/** The same bytes; `Buffer` can search runs of them. */
const bufferOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, length);
