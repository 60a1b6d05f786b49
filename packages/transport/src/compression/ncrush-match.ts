import { MatchFinder } from "./match-finder.js";
import {
  distanceCodeOf,
  distanceExtraBits,
  lengthCodeOf,
  lengthCodes,
  lengthExtraBits,
  longestNcrushMatch,
  longLength,
  longLengthCode,
  NcrushSymbol,
  symbolCodes,
} from "./ncrush-tables.js";

/** Each distance code's bits with those that follow it. */
const distanceCostsOf = (sizes: Uint8Array): Uint8Array =>
  Uint8Array.from(
    { length: 32 },
    (_, code) => (sizes[NcrushSymbol.distance + code] as number) + distanceExtraBits(code),
  );

/** The length code of a match. */
export const ncrushLengthCode = (length: number): number =>
  length < longLength ? (lengthCodeOf[length] as number) : longLengthCode;

function lengthCost(length: number): number {
  const code = ncrushLengthCode(length);
  return (lengthCodes().sizes[code] as number) + (lengthExtraBits[code] as number);
}

/** What a literal costs on average; only the first few of a match are counted exactly. */
const usualLiteral = 9;

/**
 * Finds the match that saves the most bits: one of the cached distances, the longest of the match
 * finder, or the last occurrence of two bytes.
 */
export class NcrushMatcher {
  /** Of the last choice: bits saved against literals, 0 if there is no match. */
  saving = 0;
  length = 0;
  distance = 0;
  /** Bits of the codes of symbols. */
  private readonly sizes = symbolCodes().sizes;
  private readonly distanceCosts = distanceCostsOf(this.sizes);
  private readonly history: Uint8Array;
  private readonly finder: MatchFinder;
  /** By two bytes, 1 more than where they last stood. */
  private readonly pairs = new Int32Array(65_536);
  private nextPair = 0;

  constructor(history: Uint8Array) {
    this.history = history;
    const window = history.length;
    this.finder = new MatchFinder(history, { window, longest: longestNcrushMatch, hashBits: 15 });
  }

  /** The first `by` bytes of the history were dropped; the rest moved to its front. */
  slide(by: number): void {
    this.finder.slide(by);
    this.pairs.fill(0);
    this.nextPair = Math.max(this.nextPair - by, 0);
  }

  /** Forgets what stands at `at` and behind it. It must still stand there. */
  rewind(at: number): void {
    this.finder.rewind(at);
    this.nextPair = Math.min(this.nextPair, at);
  }

  /** Chooses for `at`, which goes up from call to call. */
  choose(at: number, end: number, cache: Uint16Array): void {
    this.saving = 0;
    if (end - at < 2) return;
    const { history, finder } = this;
    const longest = Math.min(end - at, longestNcrushMatch);
    for (let slot = 0; slot < 4; slot++) {
      const distance = cache[slot] as number;
      if (distance === 0 || distance > at || history[at - distance] !== history[at]) continue;
      let length = 1;
      while (length < longest && history[at - distance + length] === history[at + length]) length++;
      const cost = this.sizes[NcrushSymbol.cached + slot] as number;
      if (length > 1) this.consider(at, length, distance, cost);
    }
    finder.find(at, end);
    const { length, distance } = finder;
    if (length > 0) {
      this.consider(at, length, distance, this.distanceCosts[distanceCodeOf(distance)] as number);
    }
    const pair = this.lastPair(at);
    if (pair >= 0) {
      this.consider(at, 2, at - pair, this.distanceCosts[distanceCodeOf(at - pair)] as number);
    }
  }

  private consider(at: number, length: number, distance: number, distanceCost: number): void {
    const { history } = this;
    let saving = usualLiteral * Math.max(length - 4, 0) - distanceCost - lengthCost(length);
    for (let index = at + Math.min(length, 4) - 1; index >= at; index--) {
      saving += this.sizes[history[index] as number] as number;
    }
    if (saving <= this.saving) return;
    this.saving = saving;
    this.length = length;
    this.distance = distance;
  }

  /** Where the two bytes at `at` last stood, or -1. */
  private lastPair(at: number): number {
    const { history, pairs } = this;
    for (let index = this.nextPair; index < at; index++) {
      pairs[((history[index] as number) << 8) | (history[index + 1] as number)] = index + 1;
    }
    this.nextPair = Math.max(this.nextPair, at);
    const last = pairs[((history[at] as number) << 8) | (history[at + 1] as number)] as number;
    const index = last - 1;
    const still = index < at && history[index] === history[at] && history[index + 1] === history[at + 1];
    return still ? index : -1;
  }
}
