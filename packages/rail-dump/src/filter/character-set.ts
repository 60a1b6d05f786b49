/** Code points from the first to the last, both included. */
export type Range = readonly [first: number, last: number];

/** Code points that a place in a pattern takes. */
export interface CharacterSet {
  readonly ranges: readonly Range[];
  /** All but these. */
  readonly negated: boolean;
}

const code = (character: string): number => character.codePointAt(0) ?? 0;
const range = (first: string, last = first): Range => [code(first), code(last)];

const digits: readonly Range[] = [range("0", "9")];
const words: readonly Range[] = [range("0", "9"), range("A", "Z"), range("_"), range("a", "z")];
const spaces: readonly Range[] = [
  range("\t", "\r"),
  range(" "),
  range("\u00a0"),
  range("\u1680"),
  range("\u2000", "\u200a"),
  range("\u2028", "\u2029"),
  range("\u202f"),
  range("\u205f"),
  range("\u3000"),
  range("\ufeff"),
];

/** What `.` takes. */
export const notLineEnd: CharacterSet = {
  ranges: [range("\n"), range("\r"), range("\u2028", "\u2029")],
  negated: true,
};

/** What `\d`, `\w` and `\s` take, and their capitals. */
export function namedSet(letter: string): CharacterSet | undefined {
  const lower = letter.toLowerCase();
  const ranges = lower === "d" ? digits : lower === "w" ? words : lower === "s" ? spaces : undefined;
  return ranges === undefined ? undefined : { ranges, negated: letter !== lower };
}

/** The code points between those of a set, in order. */
export function complement(ranges: readonly Range[]): readonly Range[] {
  const out: Range[] = [];
  let next = 0;
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    if (first > next) out.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= 0x10ffff) out.push([next, 0x10ffff]);
  return out;
}

/** The other case of a letter that has one; itself otherwise. */
export function otherCase(point: number): number {
  if (point < 0x80) {
    const lower = point | 0x20;
    return lower >= 0x61 && lower <= 0x7a ? point ^ 0x20 : point;
  }
  const character = String.fromCodePoint(point);
  const lower = character.toLowerCase();
  const other = lower === character ? character.toUpperCase() : lower;
  const [only = character, more] = other;
  return more === undefined ? code(only) : point;
}

const within = (ranges: readonly Range[], point: number): boolean => {
  for (const [first, last] of ranges) if (point >= first && point <= last) return true;
  return false;
};

/** Whether a set takes a code point in either case. */
export function takes({ ranges, negated }: CharacterSet, point: number): boolean {
  return (within(ranges, point) || within(ranges, otherCase(point))) !== negated;
}
