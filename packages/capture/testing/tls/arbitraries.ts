/** Random sessions and random ways to cut them for property tests. */
import fc from "fast-check";
import type { Direction } from "../../src/index.js";
import type { Captured } from "./decrypted.js";
import type { Step } from "./handmade-session.js";
import type { Chunk } from "./live-session.js";

export const direction = fc.constantFrom<Direction>("c2s", "s2c");

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      direction,
      kind: fc.constant("data" as const),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }),
      padding: fc.oneof(fc.constant(0), fc.nat(40)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ direction, kind: fc.constantFrom("key update" as const, "ticket" as const) }) },
);

export const steps = fc.array(step, { minLength: 1, maxLength: 30 });

/** Lengths of chunks, taken in turn. */
export const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 3000 })), {
  minLength: 1,
  maxLength: 8,
});

/** The same bytes in other pieces: neighbours of one direction joined, then cut. */
export function recut(chunks: readonly Chunk[], lengths: readonly number[]): Chunk[] {
  const out: Chunk[] = [];
  let turn = 0;
  for (let at = 0; at < chunks.length;) {
    const { direction = "c2s" } = chunks[at] ?? {};
    const run: Uint8Array[] = [];
    for (; chunks[at]?.direction === direction; at++) run.push(chunks[at]?.bytes ?? new Uint8Array(0));
    const bytes = Buffer.concat(run);
    for (let from = 0; from < bytes.length;) {
      const length = lengths[turn++ % lengths.length] ?? 1;
      out.push({ direction, bytes: bytes.subarray(from, from + length) });
      from += length;
    }
  }
  return out;
}

/** Bytes `from` to `to` of a direction's stream were not captured. */
export function withoutRange(chunks: readonly Chunk[], which: Direction, from: number, to: number): Captured[] {
  let at = 0;
  return chunks.flatMap((chunk): Captured[] => {
    if (chunk.direction !== which) return [chunk];
    const [start, end] = [at, at + chunk.bytes.length];
    at = end;
    const [first, last] = [Math.max(start, from), Math.min(end, to)];
    if (first >= last) return [chunk];
    const parts: Captured[] = [
      { direction: which, bytes: chunk.bytes.subarray(0, first - start) },
      { direction: which, missing: last - first },
      { direction: which, bytes: chunk.bytes.subarray(last - start) },
    ];
    return parts.filter((part) => !("bytes" in part) || part.bytes.length > 0);
  });
}
