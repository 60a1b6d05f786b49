import { LowBitWriter } from "./bit-writers.js";
import { PacketFlags, PacketType, type CompressedPacket } from "./compression-flags.js";
import { satisfyingLength } from "./match-finder.js";
import { NcrushMatcher, ncrushLengthCode } from "./ncrush-match.js";
import {
  distanceCodeOf,
  distanceExtraBits,
  lengthCodes,
  lengthExtraBits,
  NcrushSymbol,
  symbolCodes,
} from "./ncrush-tables.js";

const historySize = 65_536;
const half = historySize / 2;
/** Peers need a few bytes at the end of the history free. */
const room = historySize - 8;
/** Peers read the stream in words, and two of them before they look at the first code. */
const unit = 2;
const least = 4;

/**
 * The sending side of NCRUSH (RDP 6.0), [MS-RDPEGDI] 3.1.8.1.2: one history and one cache of
 * distances, for all packets of one direction.
 *
 * A packet that would not get smaller is sent as it is, with flags 0, and leaves no trace in either
 * side's history. Time is linear in the input: a bounded number of earlier places is tried for
 * each byte.
 */
export class NcrushCompressor {
  private readonly history = new Uint8Array(historySize);
  private readonly matcher = new NcrushMatcher(this.history);
  private readonly writer = new LowBitWriter();
  private readonly cache = new Uint16Array(4);
  private readonly lastCache = new Uint16Array(4);
  private out = new Uint8Array(0);
  private at = 0;
  /** What the receiver must be told with the next compressed packet. */
  private news = 0;

  /** Forgets the history; the next compressed packet tells the receiver to do the same. */
  flush(): void {
    this.matcher.slide(this.at);
    this.at = 0;
    this.cache.fill(0);
    this.news = PacketFlags.PACKET_FLUSHED;
  }

  /** Compresses a packet. What does not fit the history is never compressed. */
  compress(data: Uint8Array): CompressedPacket {
    const raw = { data, flags: 0 };
    if (data.length > room || data.length <= least) return raw;
    if (this.at + data.length > room) this.makeRoom(data.length);
    const start = this.at;
    this.history.set(data, start);
    this.lastCache.set(this.cache);
    const size = this.encode(start, start + data.length);
    if (size >= data.length) {
      this.matcher.rewind(start);
      this.cache.set(this.lastCache);
      return raw;
    }
    this.at = start + data.length;
    const flags = PacketFlags.PACKET_COMPRESSED | PacketType.PACKET_COMPR_TYPE_RDP6 | this.news;
    this.news = 0;
    return { data: this.out.subarray(0, size), flags };
  }

  /** Slides the history; forgets it if that is not enough, or has to wait for news to be told. */
  private makeRoom(size: number): void {
    if (this.at <= half || half + size > room || this.news !== 0) return this.flush();
    this.history.copyWithin(0, this.at - half, this.at);
    this.matcher.slide(this.at - half);
    this.at = half;
    this.news = PacketFlags.PACKET_AT_FRONT;
  }

  /** The size of what was written, or any size that is not less than the input's. */
  private encode(start: number, end: number): number {
    const limit = end - start;
    if (this.out.length < limit + 16) this.out = new Uint8Array(limit + 16);
    const { history, matcher, writer, cache } = this;
    writer.start(this.out);
    let at = start;
    matcher.choose(at, end, cache);
    while (at < end) {
      let { saving, length, distance } = matcher;
      if (saving === 0) {
        this.putSymbol(history[at++] as number);
        matcher.choose(at, end, cache);
      } else {
        // What saves more one byte later is worth the literal before it.
        while (length < satisfyingLength) {
          matcher.choose(at + 1, end, cache);
          if (matcher.saving <= saving) break;
          this.putSymbol(history[at++] as number);
          ({ saving, length, distance } = matcher);
        }
        this.putMatch(distance, length);
        at += length;
        matcher.choose(at, end, cache);
      }
      if (writer.length >= limit) return limit;
    }
    this.putSymbol(NcrushSymbol.endOfStream);
    writer.finish(unit, least);
    return writer.length;
  }

  private putSymbol(symbol: number): void {
    const { codes, sizes } = symbolCodes();
    this.writer.put(codes[symbol] as number, sizes[symbol] as number);
  }

  private putMatch(distance: number, length: number): void {
    const { cache, writer } = this;
    const slot = cache.indexOf(distance);
    if (slot >= 0) {
      this.putSymbol(NcrushSymbol.cached + slot);
      cache[slot] = cache[0] as number;
    } else {
      const code = distanceCodeOf(distance);
      const bits = distanceExtraBits(code);
      this.putSymbol(NcrushSymbol.distance + code);
      writer.put(distance & ((1 << bits) - 1), bits);
      cache.copyWithin(1, 0, 3);
    }
    cache[0] = distance;
    const code = ncrushLengthCode(length);
    const bits = lengthExtraBits[code] as number;
    const lengths = lengthCodes();
    writer.put(lengths.codes[code] as number, lengths.sizes[code] as number);
    writer.put((length - 2) & ((1 << bits) - 1), bits);
  }
}
