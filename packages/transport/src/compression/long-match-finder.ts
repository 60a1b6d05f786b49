/** Bytes of a block; matches are found by blocks that start at multiples of it. */
const block = 16;
/** What the oldest byte of a block is multiplied with when it leaves the rolling hash. */
const factor = 0x0100_0193;
let power = 1;
for (let index = 0; index < block; index++) power = Math.imul(power, factor);
const leaving = power;

/** A stretch of a packet that stood in the history before: places in the history, in bytes. */
export interface LongMatch {
  readonly at: number;
  readonly from: number;
  readonly length: number;
}

/**
 * Finds long matches at any distance, with a rolling hash over blocks of 16 bytes: every match of
 * 31 bytes or more in what it remembers. What it remembers are only hints: it compares bytes before
 * it believes one, so bytes may be taken back and written anew without a correction here.
 */
export class LongMatchFinder {
  private readonly history: Uint8Array;
  private readonly shortest: number;
  private readonly hashBits: number;
  /** By hash, 1 more than the place of the last such block. */
  private readonly places: Int32Array;

  /** Matches shorter than `shortest` bytes are not worth their cost. */
  constructor(history: Uint8Array, shortest: number) {
    this.history = history;
    this.shortest = shortest;
    this.hashBits = 17;
    this.places = new Int32Array(1 << this.hashBits);
  }

  /**
   * The matches between `start` and `end`, in order and apart from each other, with what begins
   * before `before`. None overlaps what it repeats.
   */
  find(start: number, end: number, before: number): LongMatch[] {
    const { history, places, hashBits, shortest } = this;
    const matches: LongMatch[] = [];
    const last = end - block;
    let literals = start;
    let at = start;
    let hash = this.hashAt(at, end);
    while (at <= last) {
      const slot = Math.imul(hash, 0x9e37_79b1) >>> (32 - hashBits);
      const from = (places[slot] as number) - 1;
      if (at % block === 0) places[slot] = at + 1;
      const match = from < 0 || from >= before ? undefined : this.extend(from, at, literals, end);
      if (match !== undefined && match.length >= shortest) {
        matches.push(match);
        at = match.at + match.length;
        literals = at;
        hash = this.hashAt(at, end);
      } else {
        const gone = Math.imul(history[at] as number, leaving);
        hash = (Math.imul(hash, factor) + (history[at + block] as number) - gone) | 0;
        at++;
      }
    }
    return matches;
  }

  private hashAt(at: number, end: number): number {
    let hash = 0;
    if (at + block > end) return hash;
    for (let index = at; index < at + block; index++) {
      hash = (Math.imul(hash, factor) + (this.history[index] as number)) | 0;
    }
    return hash;
  }

  private extend(from: number, at: number, literals: number, end: number): LongMatch {
    const { history } = this;
    const distance = at - from;
    let stop = at;
    const latest = Math.min(end, at + distance);
    while (stop < latest && history[stop - distance] === history[stop]) stop++;
    let first = at;
    if (stop > at) {
      while (
        first > literals &&
        first > distance &&
        stop - first < distance &&
        history[first - 1 - distance] === history[first - 1]
      ) {
        first--;
      }
    }
    return { at: first, from: first - distance, length: stop - first };
  }
}
