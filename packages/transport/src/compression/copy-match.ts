/** From this length on a call of `copyWithin` is cheaper than a loop. */
const longMatch = 48;

/**
 * Writes a match of `length` bytes to `at` from `distance` bytes before it. If `distance` is less
 * than `length` the match repeats what it writes. The caller has checked that all of it is inside.
 */
export function copyMatch(history: Uint8Array, at: number, distance: number, length: number): void {
  const end = at + length;
  let from = at - distance;
  if (length < longMatch) {
    for (let to = at; to < end; to++) history[to] = history[from++] as number;
  } else if (distance >= length) {
    history.copyWithin(at, from, from + length);
  } else if (distance === 1) {
    history.fill(history[from] as number, at, end);
  } else {
    // Each copy doubles what is there to be copied.
    let done = at;
    while (done < end) {
      const part = Math.min(done - from, end - done);
      history.copyWithin(done, from, from + part);
      done += part;
    }
  }
}

/**
 * {@link copyMatch} in a history that is a ring: a match that starts before its first byte starts
 * at its end. `mask` is the size of the history less 1, a power of two.
 */
export function copyMatchInRing(history: Uint8Array, at: number, distance: number, length: number, mask: number): void {
  if (distance <= at) return copyMatch(history, at, distance, length);
  for (let to = at; to < at + length; to++) {
    history[to] = history[(to - distance) & mask] as number;
  }
}
