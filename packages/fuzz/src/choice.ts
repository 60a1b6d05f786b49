import type { Choice } from "@railvail/wire";
import type fc from "fast-check";

/** Choices that follow from a seed: the same ones on every machine. Only the low 32 bits of the seed count. */
export function seeded(seed: number): Choice {
  let state = (Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) ^ (seed >>> 13)) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return (bits ^ (bits >>> 14)) >>> 0;
  };
  return { int: (low, high) => low + Math.floor((next() / 2 ** 32) * (high - low + 1)) };
}

/** fast-check's values as choices, so that a failure shrinks. */
export const drawn = (draw: fc.GeneratorValue, integer: typeof fc.integer): Choice => ({
  int: (low, high) => draw(integer, { min: low, max: high }),
});

/** One of several things; undefined if there are none. */
export const pick = <T>(choice: Choice, from: readonly T[]): T | undefined =>
  from.length === 0 ? undefined : from[choice.int(0, from.length - 1)];

/** True once in `oneIn` times. */
export const chance = (choice: Choice, oneIn: number): boolean => choice.int(1, oneIn) === 1;
