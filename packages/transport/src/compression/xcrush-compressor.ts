import { PacketFlags, PacketType, type CompressedPacket } from "./compression-flags.js";
import { LongMatchFinder, type LongMatch } from "./long-match-finder.js";
import { MppcCompressor } from "./mppc-compressor.js";
import { Level1Flags, matchCountSize, matchDetailsSize, xcrushHeaderSize, xcrushHistorySize } from "./xcrush-format.js";

/** The largest packet that may be compressed, [MS-RDPEGDI] 3.1.8.2.1. */
const largestPacket = 16_382;
/** Peers keep a few bytes at the end of the history free; so do we. */
const spare = 8;
/** A match costs 8 bytes, and level 2 finds the short ones itself. */
const shortestMatch = 64;

/**
 * The sending side of XCRUSH (RDP 6.1), [MS-RDPEGDI] 3.1.8.2.2: one pair of histories, for all
 * packets of one direction.
 *
 * A packet that would not get smaller is sent as it is, with flags 0, and leaves no trace in either
 * side's histories. Time is linear in the input.
 */
export class XcrushCompressor {
  private readonly history = new Uint8Array(xcrushHistorySize);
  private readonly finder = new LongMatchFinder(this.history, shortestMatch);
  private readonly inner = new MppcCompressor("64k");
  private readonly level1 = new Uint8Array(largestPacket);
  private readonly out = new Uint8Array(xcrushHeaderSize + largestPacket);
  private at = 0;
  /** Where in the history of level 1 that of level 2 begins: level 2 finds matches behind it. */
  private innerStart = 0;
  /** What the receiver must be told with the next compressed packet, for all and for level 1. */
  private news = 0;
  private level1News = 0;

  /** Forgets both histories; the next compressed packets tell the receiver to do the same. */
  flush(): void {
    this.at = 0;
    this.innerStart = 0;
    this.news = PacketFlags.PACKET_FLUSHED;
    this.level1News = Level1Flags.L1_PACKET_AT_FRONT;
    this.inner.flush();
  }

  /** Compresses a packet. One of more than 16,382 bytes is never compressed. */
  compress(data: Uint8Array): CompressedPacket {
    const raw = { data, flags: 0 };
    const size = data.length;
    if (size <= xcrushHeaderSize || size > largestPacket) return raw;
    if (this.at + size + spare > xcrushHistorySize) {
      this.at = 0;
      this.innerStart = 0;
      this.level1News = Level1Flags.L1_PACKET_AT_FRONT;
    }
    const start = this.at;
    this.history.set(data, start);
    if (!this.inner.continues(size)) this.innerStart = start;
    const matches = this.finder.find(start, start + size, this.innerStart);
    const content = matches.length > 0 ? this.writeMatches(matches, start, start + size) : data;
    const limit = Math.min(content.length, size - xcrushHeaderSize);
    const packed = this.inner.compress(content, limit);
    const total = xcrushHeaderSize + packed.data.length;
    if (total >= size) return raw;
    this.at = start + size;
    const level1Flags = matches.length > 0 ? Level1Flags.L1_COMPRESSED : Level1Flags.L1_NO_COMPRESSION;
    this.out[0] = Level1Flags.L1_INNER_COMPRESSION | level1Flags | this.level1News;
    this.out[1] = packed.flags;
    this.out.set(packed.data, xcrushHeaderSize);
    const flags = PacketFlags.PACKET_COMPRESSED | PacketType.PACKET_COMPR_TYPE_RDP61 | this.news;
    this.news = 0;
    this.level1News = 0;
    return { data: this.out.subarray(0, total), flags };
  }

  /** MatchCount, MatchDetails and Literals; shorter than the packet, as every match is long. */
  private writeMatches(matches: readonly LongMatch[], start: number, end: number): Uint8Array {
    const { history, level1 } = this;
    const view = new DataView(level1.buffer);
    view.setUint16(0, matches.length, true);
    let entry = matchCountSize;
    let to = matchCountSize + matches.length * matchDetailsSize;
    let done = start;
    for (const { at, from, length } of matches) {
      view.setUint16(entry, length, true);
      view.setUint16(entry + 2, at - start, true);
      view.setUint32(entry + 4, from, true);
      entry += matchDetailsSize;
      level1.set(history.subarray(done, at), to);
      to += at - done;
      done = at + length;
    }
    level1.set(history.subarray(done, end), to);
    return level1.subarray(0, to + end - done);
  }
}
