/**
 * The first path at which two values differ, or undefined if they are the same: plain data, bytes, maps and sets. NaN
 * is the same as NaN; 0 and -0 are different.
 */
export function difference(one: unknown, two: unknown, path = "value"): string | undefined {
  if (Object.is(one, two)) return undefined;
  if (typeof one !== "object" || typeof two !== "object" || one === null || two === null) return path;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(two)) return path;
  if (one instanceof Uint8Array && two instanceof Uint8Array) return bytesDifference(one, two, path);
  if (one instanceof Map && two instanceof Map) return difference([...one], [...two], path);
  if (one instanceof Set && two instanceof Set) return difference([...one], [...two], path);
  const keys = new Set([...Object.keys(one), ...Object.keys(two)]);
  for (const key of keys) {
    const found = difference((one as Keyed)[key], (two as Keyed)[key], `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Keyed = { readonly [key: string]: unknown };

/** The first byte that differs, counted from 0, or -1. */
export function firstDifference(one: Uint8Array, two: Uint8Array): number {
  const shorter = Math.min(one.length, two.length);
  for (let at = 0; at < shorter; at++) if (one[at] !== two[at]) return at;
  return one.length === two.length ? -1 : shorter;
}

function bytesDifference(one: Uint8Array, two: Uint8Array, path: string): string | undefined {
  const at = firstDifference(one, two);
  return at < 0 ? undefined : `${path}[${at}]`;
}
