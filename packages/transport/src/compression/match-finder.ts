/** What a match finder searches. */
interface MatchFinderOptions {
  /** How far back it searches, in bytes; a power of two. */
  readonly window: number;
  /** The longest match that the format can express. */
  readonly longest: number;
  /** Bits of the hash, and so the size of its table. */
  readonly hashBits: number;
  /** How many earlier places are tried for each byte. */
  readonly effort?: number;
}

/** A match of this length is taken without looking for a longer one. */
const goodLength = 128;

/** Behind a match of this length compressors do not look for a better one. */
export const satisfyingLength = 48;

/** Places are numbered anew before their numbers get so large that they are no small integers. */
const lastPlace = 0x2000_0000;

/**
 * Finds earlier occurrences of what comes next, with hashes of three bytes and chains of the
 * places that have the same hash.
 *
 * What it remembers are only hints: it compares bytes before it believes one.
 */
export class MatchFinder {
  /** Of the last match found: its length in bytes, 0 if there was none. */
  length = 0;
  /** Of the last match found: how many bytes it lies back. */
  distance = 0;
  /** The history; the caller writes it and may replace it. */
  history: Uint8Array;
  private readonly head: Int32Array;
  private readonly earlier: Int32Array;
  private readonly mask: number;
  private readonly shift: number;
  private readonly longest: number;
  private readonly effort: number;
  /** The number of the place at the front of `history`: those before it are out of reach. */
  private base = 0;
  /** The first index that is not in the table yet. */
  private next = 0;

  constructor(history: Uint8Array, options: MatchFinderOptions) {
    this.history = history;
    this.head = new Int32Array(1 << options.hashBits).fill(-1);
    this.earlier = new Int32Array(options.window);
    this.mask = options.window - 1;
    this.shift = 32 - options.hashBits;
    this.longest = options.longest;
    this.effort = options.effort ?? 24;
  }

  /** The first `by` bytes of the history were dropped; the rest moved to its front. */
  slide(by: number): void {
    this.base += by;
    this.next = Math.max(this.next - by, 0);
    if (this.base < lastPlace) return;
    this.head.fill(-1);
    this.base = 0;
    this.next = 0;
  }

  /** Forgets what stands at `at` and behind it. It must still stand there. */
  rewind(at: number): void {
    for (let index = this.next - 1; index >= at; index--) {
      this.head[this.hashAt(index)] = this.earlier[(this.base + index) & this.mask] as number;
    }
    this.next = Math.min(this.next, at);
  }

  /**
   * Looks for the longest match of what stands at `at`, up to `end`, and of several as long for
   * the nearest. `at` does not go down from call to call.
   */
  find(at: number, end: number): void {
    this.length = 0;
    if (end - at < 3) return;
    this.insertBefore(at);
    const { history, earlier, mask, base } = this;
    const limit = Math.min(end - at, this.longest);
    const place = base + at;
    const oldest = Math.max(base, place - mask);
    const hash = this.hashAt(at);
    let candidate = this.head[hash] as number;
    let before = place;
    let best = 2;
    for (let left = this.effort; left > 0 && candidate >= oldest && candidate < before; left--) {
      const from = candidate - base;
      if (history[from + best] === history[at + best]) {
        let length = 0;
        while (length < limit && history[from + length] === history[at + length]) length++;
        if (length > best) {
          best = length;
          this.length = length;
          this.distance = place - candidate;
          if (length >= goodLength || length === limit) break;
        }
      }
      before = candidate;
      candidate = earlier[candidate & mask] as number;
    }
    this.insert(hash, place);
    this.next = at + 1;
  }

  private hashAt(at: number): number {
    const { history } = this;
    const three = ((history[at] as number) << 16) | ((history[at + 1] as number) << 8) | (history[at + 2] as number);
    return Math.imul(three, 0x9e37_79b1) >>> this.shift;
  }

  private insertBefore(at: number): void {
    const { base } = this;
    for (let index = this.next; index < at; index++) this.insert(this.hashAt(index), base + index);
    this.next = Math.max(this.next, at);
  }

  private insert(hash: number, place: number): void {
    this.earlier[place & this.mask] = this.head[hash] as number;
    this.head[hash] = place;
  }
}
