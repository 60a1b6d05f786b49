/** The ranges of ids that take 1, 2 and 4 bytes. 0 is left out, which peers use for "none". */
const ranges: readonly (readonly [first: number, last: number])[] = [
  [1, 0xff],
  [0x100, 0xffff],
  [0x1_0000, 0xffff_ffff],
];

/** For each width, the id at which the search goes on. */
export type NextIds = readonly number[];

export const firstIds: NextIds = ranges.map(([first]) => first);

/**
 * The id for a new channel, and where the next search goes on: as short as there is one that is free,
 * and of those the one that was given out longest ago, so that what comes late for a channel of the
 * past does not meet a new one. `used` has all ids that are in use.
 */
export function freeChannelId(
  next: NextIds,
  used: ReadonlySet<number>,
): { readonly id: number; readonly next: NextIds } {
  for (const [width, [first, last]] of ranges.entries()) {
    const from = next[width] ?? first;
    // As many ids as are used, and one more, cannot all be used.
    const tries = Math.min(last - first, used.size) + 1;
    let id = from;
    for (let count = 0; count < tries; count++) {
      const after = id === last ? first : id + 1;
      if (!used.has(id)) return { id, next: next.map((other, index) => (index === width ? after : other)) };
      id = after;
    }
  }
  throw new RangeError("there are more channels than ids");
}
