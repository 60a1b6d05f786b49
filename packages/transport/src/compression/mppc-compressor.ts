import { HighBitWriter } from "./bit-writers.js";
import { PacketFlags, type CompressedPacket } from "./compression-flags.js";
import { MatchFinder, satisfyingLength } from "./match-finder.js";
import { mppcFormats, type MppcFormat, type MppcLevel } from "./mppc-format.js";

/** Peers keep a few bytes at the end of the history free; so do we. */
const spare = 3;

/**
 * The sending side of MPPC, [MS-RDPBCGR] 3.1.8.2: one history, for all packets of one direction.
 *
 * A packet that would not get smaller is sent as it is, with flags 0, and leaves no trace in either
 * side's history. Time is linear in the input: a bounded number of earlier places is tried for
 * each byte.
 */
export class MppcCompressor {
  private readonly format: MppcFormat;
  private readonly history: Uint8Array;
  private readonly finder: MatchFinder;
  private readonly writer = new HighBitWriter();
  private out = new Uint8Array(0);
  private at = 0;
  /** What the receiver must be told with the next compressed packet. */
  private news: number = PacketFlags.PACKET_AT_FRONT;

  constructor(level: MppcLevel) {
    this.format = mppcFormats[level];
    const { historySize, longestMatch } = this.format;
    this.history = new Uint8Array(historySize);
    const hashBits = level === "8k" ? 12 : 15;
    this.finder = new MatchFinder(this.history, {
      window: historySize,
      longest: longestMatch,
      hashBits,
    });
  }

  /** Whether a packet of this size can refer to the packets before it. */
  continues(size: number): boolean {
    return this.at + size < this.history.length - spare;
  }

  /** Forgets the history; the next compressed packet tells the receiver to do the same. */
  flush(): void {
    this.toFront();
    this.news |= PacketFlags.PACKET_FLUSHED;
  }

  /**
   * Compresses a packet to less than `limit` bytes, its own size unless said otherwise, or returns
   * it as it is. What does not fit the history is never compressed.
   */
  compress(data: Uint8Array, limit = data.length): CompressedPacket {
    const raw = { data, flags: 0 };
    const room = this.history.length - spare;
    if (data.length >= room || data.length === 0 || limit <= 0) return raw;
    if (!this.continues(data.length)) this.toFront();
    const start = this.at;
    this.history.set(data, start);
    const size = this.encode(start, start + data.length, Math.min(limit, data.length));
    if (size === undefined) {
      this.finder.rewind(start);
      return raw;
    }
    this.at = start + data.length;
    const flags = PacketFlags.PACKET_COMPRESSED | this.format.type | this.news;
    this.news = 0;
    return { data: this.out.subarray(0, size), flags };
  }

  private toFront(): void {
    this.finder.slide(this.at);
    this.at = 0;
    this.news |= PacketFlags.PACKET_AT_FRONT;
  }

  /** The size of what was written; undefined if it is not below `limit`. */
  private encode(start: number, end: number, limit: number): number | undefined {
    if (this.out.length < limit + 16) this.out = new Uint8Array(limit + 16);
    const { history, finder, writer } = this;
    writer.start(this.out);
    let at = start;
    finder.find(at, end);
    while (at < end) {
      let { length, distance } = finder;
      if (length === 0) {
        this.putLiteral(history[at++] as number);
        finder.find(at, end);
      } else {
        // A longer match one byte later is worth the literal before it.
        while (length < satisfyingLength) {
          finder.find(at + 1, end);
          if (finder.length <= length) break;
          this.putLiteral(history[at++] as number);
          ({ length, distance } = finder);
        }
        this.putMatch(distance, length);
        at += length;
        finder.find(at, end);
      }
      if (writer.length >= limit) return undefined;
    }
    writer.align();
    return writer.length < limit ? writer.length : undefined;
  }

  private putLiteral(value: number): void {
    if (value < 0x80) this.writer.put(value, 8);
    else this.writer.put(0x100 | (value & 0x7f), 9);
  }

  private putMatch(distance: number, length: number): void {
    for (const { prefix, prefixSize, bits, base } of this.format.distances) {
      if (distance - base >= 1 << bits) continue;
      this.writer.put((prefix << bits) | (distance - base), prefixSize + bits);
      break;
    }
    if (length === 3) return this.writer.put(0, 1);
    const bits = 31 - Math.clz32(length);
    this.writer.put((1 << bits) - 2, bits);
    this.writer.put(length & ((1 << bits) - 1), bits);
  }
}
