import { CompressionError, type CompressionIssue } from "./compression-error.js";
import { copyMatch } from "./copy-match.js";
import {
  distanceMark,
  distanceTokens,
  tokenTable,
  unencodedBits,
  zgfxFormats,
  type ZgfxFormat,
  type ZgfxVariant,
} from "./zgfx-format.js";
import { ZgfxHistory } from "./zgfx-history.js";

const distanceBits = Uint8Array.from(distanceTokens, ({ bits }) => bits);
const distanceBase = Int32Array.from(distanceTokens, ({ base }) => base);

/** Lengths of matches have at most 15 bits; more ones than these give more than a segment. */
const mostOnes = 14;

/**
 * The receiving side of ZGFX (RDP 8.0), [MS-RDPEGFX] 3.1.9.1: one history of 2,500,000 bytes (8,192
 * in the lite form) for all segments of one dynamic channel and direction.
 *
 * Memory grows with what was received, to at most 5 MB.
 */
export class ZgfxDecompressor {
  private readonly format: ZgfxFormat;
  private readonly history: ZgfxHistory;

  constructor(variant: ZgfxVariant = "full") {
    this.format = zgfxFormats[variant];
    this.history = new ZgfxHistory(this.format.historySize, this.format.segmentSize);
  }

  /**
   * Opens what follows the header byte of a segment. Segments that are not compressed
   * (`compressed` false) must come here too: they are part of the history. The result is the input
   * itself if it is not compressed, otherwise a view of the history, valid until the next call,
   * of at most 65,535 bytes (8,192 in the lite form).
   *
   * Throws {@link CompressionError}.
   */
  decompress(data: Uint8Array, compressed: boolean): Uint8Array {
    const { history } = this;
    const { segmentSize } = this.format;
    if (!compressed) {
      const size = data.length;
      if (size > segmentSize) {
        throw this.fault(0, { code: "output-limit", size, limit: segmentSize });
      }
      history.reserve(size);
      history.bytes.set(data, history.at);
      history.at += size;
      return data;
    }
    history.reserve(segmentSize);
    const start = history.at;
    history.at = this.decode(data, start);
    return history.bytes.subarray(start, history.at);
  }

  /** How many bits are to be decoded: the last byte says how many of those before it are not. */
  private bitsOf(data: Uint8Array): number {
    const unused = data[data.length - 1];
    if (unused === undefined) throw this.fault(0, { code: "not-enough-input" });
    const available = (data.length - 1) * 8;
    if (unused > 7 || unused > available) {
      const issue = { code: "unused-bits", count: unused, available } as const;
      throw this.fault(data.length - 1, issue);
    }
    return available - unused;
  }

  /** Decodes to `start` and returns where the output ends. */
  private decode(data: Uint8Array, start: number): number {
    const history = this.history.bytes;
    const reach = this.history.reach;
    const { historySize } = this.format;
    const last = start + this.format.segmentSize;
    const total = this.bitsOf(data);
    const end = data.length - 1;
    let at = start;
    let position = 0;
    let held = 0;
    let count = 0;
    for (let remaining = total; remaining > 0;) {
      while (count <= 24) {
        held = (held << 8) | (position < end ? (data[position] as number) : 0);
        position++;
        count += 8;
      }
      const entry = tokenTable[(held >>> (count - 9)) & 511] as number;
      if (entry < distanceMark) {
        if (entry === 0) throw this.unknown(position - (count >> 3), (held >>> (count - 9)) & 511);
        count -= entry & 15;
        remaining -= entry & 15;
        if (remaining < 0) throw this.fault(end, { code: "not-enough-input" });
        if (at >= last) {
          const limit = last - start;
          const issue = { code: "output-limit", size: limit + 1, limit } as const;
          throw this.fault(position - (count >> 3), issue);
        }
        history[at++] = entry >> 4;
        continue;
      }
      const kind = (entry >> 4) & 15;
      const bits = distanceBits[kind] as number;
      count -= entry & 15;
      while (count <= 24) {
        held = (held << 8) | (position < end ? (data[position] as number) : 0);
        position++;
        count += 8;
      }
      count -= bits;
      remaining -= (entry & 15) + bits;
      const distance = (distanceBase[kind] as number) + ((held >>> count) & ((1 << bits) - 1));
      while (count <= 24) {
        held = (held << 8) | (position < end ? (data[position] as number) : 0);
        position++;
        count += 8;
      }
      if (distance === 0) {
        count -= unencodedBits;
        const size = (held >>> count) & 0x7fff;
        // The bytes start at the next whole byte.
        const from = position - (count >> 3);
        position = from + size;
        remaining = total - position * 8;
        if (remaining < 0) throw this.fault(Math.min(from, end), { code: "not-enough-input" });
        if (size > last - at) {
          throw this.fault(from, { code: "output-limit", size, limit: last - at });
        }
        history.set(data.subarray(from, position), at);
        at += size;
        held = 0;
        count = 0;
        continue;
      }
      const ones = Math.clz32(~(held << (32 - count)));
      let length = 3;
      if (ones > mostOnes) {
        length = 2 ** (ones + 1);
      } else {
        count -= ones + 1;
        remaining -= ones + 1;
        if (ones > 0) {
          while (count <= 16) {
            held = (held << 8) | (position < end ? (data[position] as number) : 0);
            position++;
            count += 8;
          }
          count -= ones + 1;
          remaining -= ones + 1;
          length = (2 << ones) | ((held >>> count) & ((2 << ones) - 1));
        }
        if (remaining < 0) throw this.fault(end, { code: "not-enough-input" });
      }
      const offset = Math.min(end, position - (count >> 3));
      const limit = Math.min(reach + at - start, historySize);
      if (distance > limit) {
        throw this.fault(offset, { code: "bad-reference", reference: distance, limit });
      }
      if (length > last - at) {
        throw this.fault(offset, { code: "match-too-long", length, limit: last - at });
      }
      copyMatch(history, at, distance, length);
      at += length;
    }
    return at;
  }

  private unknown(offset: number, value: number): CompressionError {
    return this.fault(offset, { code: "unknown-code", value });
  }

  private fault(offset: number, issue: CompressionIssue): CompressionError {
    return new CompressionError(this.format.codec, offset, issue);
  }
}
