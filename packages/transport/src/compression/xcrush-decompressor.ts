import { CompressionError, type CompressionIssue } from "./compression-error.js";
import { PacketFlags } from "./compression-flags.js";
import { copyMatch } from "./copy-match.js";
import { MppcDecompressor } from "./mppc-decompressor.js";
import { Level1Flags, matchCountSize, matchDetailsSize, xcrushHeaderSize, xcrushHistorySize } from "./xcrush-format.js";

/**
 * The most bytes that a packet may give. The specification has compressors stay below 16,383; all
 * fields that state the size of a packet have 16 bits.
 */
const outputLimit = 65_535;

/**
 * The receiving side of XCRUSH (RDP 6.1), [MS-RDPEGDI] 3.1.8.2.3: a history of 2,000,000 bytes for
 * long matches (level 1), and MPPC with its own history of 64 KiB for what is left (level 2).
 *
 * Both histories are valid from the start (zeros). Offsets in errors of level 1 count in what level
 * 2 gave, behind the two bytes of flags.
 */
export class XcrushDecompressor {
  private readonly history = new Uint8Array(xcrushHistorySize);
  private readonly inner = new MppcDecompressor("64k");
  /** Where the next packet is written. */
  private at = 0;
  /** Behind this the history is still zero. */
  private written = 0;

  /**
   * Opens a packet that came with these flags; their type is not looked at. The result is the
   * input itself if the flags do not say that it is compressed, otherwise a view of the history,
   * valid until the next call, of at most 65,535 bytes.
   *
   * Throws {@link CompressionError}.
   */
  decompress(data: Uint8Array, flags: number): Uint8Array {
    if ((flags & PacketFlags.PACKET_FLUSHED) !== 0) this.clear();
    if ((flags & PacketFlags.PACKET_COMPRESSED) === 0) return data;
    const level1Flags = data[0];
    const level2Flags = data[1];
    if (level1Flags === undefined || level2Flags === undefined) {
      throw this.fault(data.length, { code: "not-enough-input" });
    }
    const packed = data.subarray(xcrushHeaderSize);
    const inner = (level1Flags & Level1Flags.L1_INNER_COMPRESSION) !== 0;
    const content = inner ? this.decompressInner(packed, level2Flags) : packed;
    if ((level1Flags & Level1Flags.L1_PACKET_AT_FRONT) !== 0) this.clear();
    const start = this.at;
    if ((level1Flags & Level1Flags.L1_NO_COMPRESSION) !== 0) {
      this.at = this.append(content, 0, content.length, start, start);
    } else if ((level1Flags & Level1Flags.L1_COMPRESSED) !== 0) {
      this.at = this.expand(content, start);
    } else {
      throw this.fault(0, { code: "unknown-code", value: level1Flags });
    }
    return this.history.subarray(start, this.at);
  }

  private decompressInner(data: Uint8Array, flags: number): Uint8Array {
    try {
      return this.inner.decompress(data, flags);
    } catch (error) {
      if (!(error instanceof CompressionError)) throw error;
      throw this.fault(xcrushHeaderSize + error.offset, error.issue);
    }
  }

  private clear(): void {
    this.history.fill(0, 0, this.written);
    this.written = 0;
    this.at = 0;
  }

  /** Writes literals and matches in turn and returns where they end. */
  private expand(data: Uint8Array, start: number): number {
    const view = new DataView(data.buffer, data.byteOffset, data.length);
    if (data.length < matchCountSize) {
      throw this.fault(xcrushHeaderSize + data.length, { code: "not-enough-input" });
    }
    let literals = matchCountSize + view.getUint16(0, true) * matchDetailsSize;
    if (literals > data.length) {
      throw this.fault(xcrushHeaderSize + data.length, { code: "not-enough-input" });
    }
    const details = literals;
    let at = start;
    for (let entry = matchCountSize; entry < details; entry += matchDetailsSize) {
      const length = view.getUint16(entry, true);
      const offset = view.getUint16(entry + 2, true);
      const from = view.getUint32(entry + 4, true);
      const written = at - start;
      if (offset < written) {
        throw this.fault(xcrushHeaderSize + entry, { code: "match-order", offset, written });
      }
      const end = literals + offset - written;
      if (end > data.length) {
        throw this.fault(xcrushHeaderSize + entry, { code: "not-enough-input" });
      }
      at = this.append(data, literals, end, at, start);
      literals = end;
      this.checkMatch(entry, from, length, at, start);
      if (from < at) copyMatch(this.history, at, at - from, length);
      else this.history.copyWithin(at, from, from + length);
      at += length;
      if (at > this.written) this.written = at;
    }
    return this.append(data, literals, data.length, at, start);
  }

  private checkMatch(entry: number, from: number, length: number, at: number, start: number): void {
    const limit = this.room(at, start);
    if (length > limit) {
      throw this.fault(xcrushHeaderSize + entry, { code: "match-too-long", length, limit });
    }
    if (from + length <= xcrushHistorySize) return;
    const issue = {
      code: "bad-reference",
      reference: from + length,
      limit: xcrushHistorySize,
    } as const;
    throw this.fault(xcrushHeaderSize + entry, issue);
  }

  /** Writes bytes of the input to `at` and returns where they end. */
  private append(data: Uint8Array, from: number, to: number, at: number, start: number): number {
    const size = to - from;
    if (size === 0) return at;
    const limit = this.room(at, start);
    if (size > limit) {
      throw this.fault(xcrushHeaderSize + from, { code: "output-limit", size, limit });
    }
    this.history.set(size === data.length ? data : data.subarray(from, to), at);
    if (at + size > this.written) this.written = at + size;
    return at + size;
  }

  private room(at: number, start: number): number {
    return Math.min(xcrushHistorySize, start + outputLimit) - at;
  }

  private fault(offset: number, issue: CompressionIssue): CompressionError {
    return new CompressionError("xcrush", offset, issue);
  }
}
