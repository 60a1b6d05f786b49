/**
 * A set of numbers in a row as edges that rise: from the first (inclusive) to the second
 * (exclusive), from the third to the fourth, and so on.
 */
export type Spans = readonly number[];

/** Which of two sets a place has to be in. */
export type Keep = (inFirst: boolean, inSecond: boolean) => boolean;

/** The places for which `keep` holds. `keep(false, false)` must not. */
export function combineSpans(first: Spans, second: Spans, keep: Keep): Spans {
  const edges: number[] = [];
  let inside = false;
  for (let i = 0, j = 0; i < first.length || j < second.length;) {
    const next = Math.min(first[i] ?? Number.POSITIVE_INFINITY, second[j] ?? Number.POSITIVE_INFINITY);
    if (first[i] === next) i++;
    if (second[j] === next) j++;
    // After an odd number of edges one is inside.
    const now = keep(i % 2 === 1, j % 2 === 1);
    if (now !== inside) edges.push(next);
    inside = now;
  }
  return edges;
}

export const sameSpans = (a: Spans, b: Spans): boolean =>
  a.length === b.length && a.every((edge, index) => edge === b[index]);
