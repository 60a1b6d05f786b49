/**
 * Numbers that look random and are the same in every run.
 *
 * @param {number} seed
 * @returns {(limit: number) => number} a whole number from 0, less than `limit`
 */
export function seeded(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * limit);
  };
}
