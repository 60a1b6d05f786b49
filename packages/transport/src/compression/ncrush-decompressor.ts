import { CompressionError, type CompressionIssue } from "./compression-error.js";
import { PacketFlags } from "./compression-flags.js";
import { copyMatchInRing } from "./copy-match.js";
import {
  distanceBase,
  distanceExtraBits,
  lengthBase,
  lengthExtraBits,
  lengthTable,
  NcrushSymbol,
  symbolTable,
} from "./ncrush-tables.js";

const historySize = 65_536;
const half = historySize / 2;
const mask = historySize - 1;

/**
 * The receiving side of NCRUSH (RDP 6.0), [MS-RDPEGDI] 3.1.8.1.3: one history and one cache of
 * distances, for all packets of one direction.
 *
 * The whole history is valid from the start (zeros), as in MPPC.
 */
export class NcrushDecompressor {
  private readonly history = new Uint8Array(historySize);
  /** The last distances. */
  private readonly cache = new Uint16Array(4);
  /** Where the next packet is written. */
  private at = 0;
  /** Behind this the history is still zero. */
  private written = 0;

  /**
   * Opens a packet that came with these flags; their type is not looked at. The result is the
   * input itself if the flags do not say that it is compressed, otherwise a view of the history,
   * valid until the next call. It never exceeds the history, 64 KiB.
   *
   * Throws {@link CompressionError}.
   */
  decompress(data: Uint8Array, flags: number): Uint8Array {
    if ((flags & PacketFlags.PACKET_FLUSHED) !== 0) {
      this.clearFrom(0);
      this.cache.fill(0);
      this.at = 0;
    } else if ((flags & PacketFlags.PACKET_AT_FRONT) !== 0) {
      this.slide();
    }
    if ((flags & PacketFlags.PACKET_COMPRESSED) === 0) return data;
    const start = this.at;
    this.at = this.decode(data, start);
    return this.history.subarray(start, this.at);
  }

  /** The last 32 KiB move to the front of the history. */
  private slide(): void {
    if (this.at < half) {
      const limit = this.at;
      throw this.fault(0, this.at, { code: "bad-reference", reference: half, limit });
    }
    this.history.copyWithin(0, this.at - half, this.at);
    this.clearFrom(half);
    this.at = half;
  }

  private clearFrom(from: number): void {
    this.history.fill(0, from, Math.max(this.written, from));
    this.written = Math.min(this.written, from);
  }

  /** Decodes to `start` and returns where the output ends. */
  private decode(data: Uint8Array, start: number): number {
    const { history, cache } = this;
    const [symbols, lengths] = [symbolTable(), lengthTable()];
    const end = data.length;
    let first = cache[0] as number;
    let second = cache[1] as number;
    let third = cache[2] as number;
    let fourth = cache[3] as number;
    let at = start;
    let position = 0;
    let held = 0;
    let count = 0;
    for (;;) {
      while (count <= 24) {
        if (position < end) held |= (data[position] as number) << count;
        position++;
        count += 8;
      }
      const entry = symbols[held & 0x1fff] as number;
      held >>>= entry & 15;
      count -= entry & 15;
      const symbol = entry >> 4;
      if (symbol < 256) {
        if (position - (count >> 3) > end) throw this.fault(end, at, { code: "not-enough-input" });
        if (at >= historySize) {
          const size = at - start + 1;
          const issue = { code: "output-limit", size, limit: size - 1 } as const;
          throw this.fault(position - (count >> 3), at, issue);
        }
        history[at++] = symbol;
        continue;
      }
      if (symbol === NcrushSymbol.endOfStream || symbol === NcrushSymbol.unused) {
        if (position - (count >> 3) > end) throw this.fault(end, at, { code: "not-enough-input" });
        if (symbol === NcrushSymbol.endOfStream) break;
        const issue = { code: "unknown-code", value: symbol } as const;
        throw this.fault(position - (count >> 3), at, issue);
      }
      let distance: number;
      if (symbol >= NcrushSymbol.cached) {
        // The place in the cache changes with the first one.
        const slot = symbol - NcrushSymbol.cached;
        distance = first;
        if (slot === 1) {
          distance = second;
          second = first;
        } else if (slot === 2) {
          distance = third;
          third = first;
        } else if (slot === 3) {
          distance = fourth;
          fourth = first;
        }
      } else {
        const code = symbol - NcrushSymbol.distance;
        const bits = distanceExtraBits(code);
        while (count <= 24) {
          if (position < end) held |= (data[position] as number) << count;
          position++;
          count += 8;
        }
        distance = distanceBase(code) + (held & ((1 << bits) - 1));
        held >>>= bits;
        count -= bits;
        fourth = third;
        third = second;
        second = first;
      }
      first = distance;
      while (count <= 24) {
        if (position < end) held |= (data[position] as number) << count;
        position++;
        count += 8;
      }
      const lengthEntry = lengths[held & 0x1ff] as number;
      const code = lengthEntry >> 4;
      const bits = lengthExtraBits[code] ?? 0;
      held >>>= lengthEntry & 15;
      const length = (lengthBase[code] ?? 0) + (held & ((1 << bits) - 1));
      held >>>= bits;
      count -= (lengthEntry & 15) + bits;
      const offset = position - (count >> 3);
      if (offset > end) throw this.fault(end, at, { code: "not-enough-input" });
      if (code >= lengthExtraBits.length) {
        throw this.fault(offset, at, { code: "unknown-code", value: code });
      }
      if (distance === 0) {
        throw this.fault(offset, at, { code: "bad-reference", reference: 0, limit: mask });
      }
      if (length > historySize - at) {
        const issue = { code: "match-too-long", length, limit: historySize - at } as const;
        throw this.fault(offset, at, issue);
      }
      copyMatchInRing(history, at, distance, length, mask);
      at += length;
    }
    cache[0] = first;
    cache[1] = second;
    cache[2] = third;
    cache[3] = fourth;
    if (at > this.written) this.written = at;
    return at;
  }

  /** Remembers what must be cleared when the history starts anew. */
  private fault(offset: number, at: number, issue: CompressionIssue): CompressionError {
    if (at > this.written) this.written = at;
    return new CompressionError("ncrush", offset, issue);
  }
}
