import { CompressionError, type CompressionIssue } from "./compression-error.js";
import { PacketFlags } from "./compression-flags.js";
import { copyMatchInRing } from "./copy-match.js";
import { decodingTable, distanceMark, mppcFormats, type MppcFormat, type MppcLevel } from "./mppc-format.js";

/**
 * The receiving side of MPPC, [MS-RDPBCGR] 3.1.8.3: one history, for all packets of one direction.
 *
 * The whole history is valid from the start (zeros), and a match may start before its first byte:
 * it then starts at its end, in what is left of an earlier round.
 */
export class MppcDecompressor {
  private readonly format: MppcFormat;
  private readonly table: Uint16Array;
  private readonly distanceBits: Uint8Array;
  private readonly distanceBase: Uint16Array;
  private readonly history: Uint8Array;
  /** Where the next packet is written. */
  private at = 0;
  /** Behind this the history is still zero. */
  private written = 0;

  constructor(level: MppcLevel) {
    this.format = mppcFormats[level];
    this.table = decodingTable(this.format);
    this.distanceBits = Uint8Array.from(this.format.distances, ({ bits }) => bits);
    this.distanceBase = Uint16Array.from(this.format.distances, ({ base }) => base);
    this.history = new Uint8Array(this.format.historySize);
  }

  /**
   * Opens a packet that came with these flags; their type is not looked at. The result is the
   * input itself if the flags do not say that it is compressed, otherwise a view of the history,
   * valid until the next call. It never exceeds the history, 8 or 64 KiB.
   *
   * Throws {@link CompressionError}.
   */
  decompress(data: Uint8Array, flags: number): Uint8Array {
    if ((flags & PacketFlags.PACKET_FLUSHED) !== 0) {
      this.history.fill(0, 0, this.written);
      this.written = 0;
      this.at = 0;
    }
    if ((flags & PacketFlags.PACKET_AT_FRONT) !== 0) this.at = 0;
    if ((flags & PacketFlags.PACKET_COMPRESSED) === 0) return data;
    const start = this.at;
    this.at = this.decode(data, start);
    return this.history.subarray(start, this.at);
  }

  /** Decodes to `start` and returns where the output ends. */
  private decode(data: Uint8Array, start: number): number {
    const { table, history, distanceBits, distanceBase } = this;
    const size = history.length;
    const mask = size - 1;
    const { lengthBits } = this.format;
    const end = data.length;
    let at = start;
    let position = 0;
    let held = 0;
    let count = 0;
    // Less than a byte at the end fills it up.
    for (let remaining = end * 8; remaining >= 8;) {
      while (count <= 24) {
        held = (held << 8) | (position < end ? (data[position] as number) : 0);
        position++;
        count += 8;
      }
      const entry = table[(held >>> (count - 9)) & 511] as number;
      if (entry < distanceMark) {
        count -= entry & 15;
        remaining -= entry & 15;
        if (remaining < 0) throw this.fault(end, at, { code: "not-enough-input" });
        if (at >= size) throw this.fullAt(Math.min(end, position - (count >> 3)), at, start);
        history[at++] = entry >> 4;
        continue;
      }
      const kind = (entry >> 4) & 15;
      const bits = distanceBits[kind] as number;
      count -= (entry & 15) + bits;
      remaining -= (entry & 15) + bits;
      const distance = (distanceBase[kind] as number) + ((held >>> count) & ((1 << bits) - 1));
      while (count <= 24) {
        held = (held << 8) | (position < end ? (data[position] as number) : 0);
        position++;
        count += 8;
      }
      const ones = Math.clz32(~(held << (32 - count)));
      if (ones >= lengthBits) {
        throw this.fault(Math.min(end, position - (count >> 3)), at, { code: "unknown-code", value: ones });
      }
      count -= ones + 1;
      remaining -= ones + 1;
      let length = 3;
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
      if (remaining < 0) throw this.fault(end, at, { code: "not-enough-input" });
      if (distance === 0 || distance > mask) {
        const issue = { code: "bad-reference", reference: distance, limit: mask } as const;
        throw this.fault(Math.min(end, position - (count >> 3)), at, issue);
      }
      if (length > size - at) {
        const issue = { code: "match-too-long", length, limit: size - at } as const;
        throw this.fault(Math.min(end, position - (count >> 3)), at, issue);
      }
      copyMatchInRing(history, at, distance, length, mask);
      at += length;
    }
    if (at > this.written) this.written = at;
    return at;
  }

  private fullAt(offset: number, at: number, start: number): CompressionError {
    const size = at - start + 1;
    return this.fault(offset, at, { code: "output-limit", size, limit: size - 1 });
  }

  /** Remembers what must be cleared when the history starts anew. */
  private fault(offset: number, at: number, issue: CompressionIssue): CompressionError {
    if (at > this.written) this.written = at;
    return new CompressionError(this.format.codec, offset, issue);
  }
}
