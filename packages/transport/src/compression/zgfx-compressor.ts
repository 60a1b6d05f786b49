import { EncodeError } from "@railvail/wire";
import { HighBitWriter } from "./bit-writers.js";
import { PacketFlags, type CompressedPacket } from "./compression-flags.js";
import { MatchFinder, satisfyingLength } from "./match-finder.js";
import {
  distanceTokens,
  literalCodes,
  literalSizes,
  longestUnencoded,
  unencodedBits,
  zgfxFormats,
  type ZgfxFormat,
  type ZgfxVariant,
} from "./zgfx-format.js";
import { ZgfxHistory } from "./zgfx-history.js";

/** How a {@link ZgfxCompressor} works. */
export interface ZgfxCompressorOptions {
  /** `lite` for dynamic channel data, with 8,192 bytes of history; `full` unless said otherwise. */
  readonly variant?: ZgfxVariant;
  /**
   * How far back matches are looked for: a power of two in bytes, from 4,096 to 2,097,152, by
   * default 1 MiB; 8,192 at most in the lite form. It sets the memory: 6 bytes and more for each.
   */
  readonly window?: number;
  /** How many earlier places are tried for each byte, 24 unless said otherwise. */
  readonly effort?: number;
}

/** The token that announces unencoded bytes: distance 0 in the nearest range. */
const unencodedToken = 0b10001_00000;
const unencodedTokenBits = 10;

/** The most bytes that are passed over without a search where searches find nothing. */
const longestStep = 7;

/** Behind so many literals, which may go unencoded, only a match that saves more bits is taken. */
const longRow = 64;
const clearSaving = 12;

/** A match no longer than this is compared with its literals. */
const shortMatch = 4;

/**
 * The sending side of ZGFX (RDP 8.0), [MS-RDPEGFX] 3.1.9.1: one history for all segments of one
 * dynamic channel and direction. Time is linear in the input.
 */
export class ZgfxCompressor {
  /** The most bytes that {@link ZgfxCompressor.compress} takes. */
  readonly segmentSize: number;
  private readonly format: ZgfxFormat;
  private readonly history: ZgfxHistory;
  private readonly finder: MatchFinder;
  private readonly writer = new HighBitWriter();
  private out = new Uint8Array(0);

  constructor({ variant = "full", window = 0x10_0000, effort = 24 }: ZgfxCompressorOptions = {}) {
    this.format = zgfxFormats[variant];
    this.segmentSize = this.format.segmentSize;
    const reach = powerOfTwo(Math.min(window, this.format.historySize));
    this.history = new ZgfxHistory(reach, this.segmentSize);
    this.finder = new MatchFinder(this.history.bytes, {
      window: reach,
      longest: this.segmentSize,
      hashBits: variant === "lite" ? 12 : 18,
      effort,
    });
  }

  /**
   * Compresses one segment of at most {@link ZgfxCompressor.segmentSize} bytes. The flags are the
   * header byte of the segment: the type, with PACKET_COMPRESSED if it got smaller. Every segment
   * must be sent, as all of them are part of the history. Throws EncodeError for a longer segment.
   */
  compress(data: Uint8Array): CompressedPacket {
    const { length } = data;
    if (length > this.segmentSize) {
      const issue = { code: "too-long", length, limit: this.segmentSize } as const;
      throw new EncodeError("RDP8_BULK_ENCODED_DATA", "data", issue);
    }
    const { history, finder } = this;
    const moved = history.reserve(data.length);
    if (moved > 0) finder.slide(moved);
    finder.history = history.bytes;
    const start = history.at;
    history.bytes.set(data, start);
    history.at += data.length;
    const size = this.encode(start, history.at);
    if (size >= data.length) return { data, flags: this.format.type };
    const flags = this.format.type | PacketFlags.PACKET_COMPRESSED;
    return { data: this.out.subarray(0, size), flags };
  }

  /** The size of what was written, or any size that is not less than the input's. */
  private encode(start: number, end: number): number {
    const limit = end - start;
    if (this.out.length < limit + 16) this.out = new Uint8Array(limit + 16);
    const { finder, writer } = this;
    writer.start(this.out);
    let at = start;
    let literals = start;
    let saving = this.find(at, end);
    while (at < end) {
      if (saving <= (at - literals < longRow ? 0 : clearSaving)) {
        // Where nothing was found for long, not every byte is worth a search.
        at = Math.min(end, at + 1 + Math.min((at - literals) >> 6, longestStep));
        saving = this.find(at, end);
        continue;
      }
      let { length, distance } = finder;
      // What saves more one byte later is worth the literal before it.
      while (length < satisfyingLength) {
        const next = this.find(at + 1, end);
        if (next <= saving) break;
        at++;
        saving = next;
        ({ length, distance } = finder);
      }
      this.putLiterals(literals, at);
      this.putMatch(distance, length);
      at += length;
      literals = at;
      if (writer.length >= limit) return limit;
      saving = this.find(at, end);
    }
    this.putLiterals(literals, end);
    if (writer.length >= limit) return limit;
    const unused = writer.align();
    writer.put(unused, 8);
    return writer.length;
  }

  /** Looks for a match and returns the bits it saves against literals; 0 if there is none. */
  private find(at: number, end: number): number {
    const { finder } = this;
    finder.find(at, end);
    const { length, distance } = finder;
    if (length === 0) return 0;
    let saving = 9 * Math.max(length - shortMatch, 0) - matchCost(distance, length);
    const { bytes } = this.history;
    for (let index = at + Math.min(length, shortMatch) - 1; index >= at; index--) {
      saving += literalSizes[bytes[index] as number] as number;
    }
    return saving;
  }

  /** Writes literals, or unencoded bytes where that is shorter. */
  private putLiterals(from: number, to: number): void {
    const { writer } = this;
    const { bytes } = this.history;
    let bits = 0;
    for (let at = from; at < to; at++) bits += literalSizes[bytes[at] as number] as number;
    if (bits > 8 * (to - from) + unencodedTokenBits + unencodedBits + 7) {
      for (let at = from; at < to; at += longestUnencoded) {
        const part = bytes.subarray(at, Math.min(to, at + longestUnencoded));
        writer.put(unencodedToken, unencodedTokenBits);
        writer.put(part.length, unencodedBits);
        writer.align();
        writer.putBytes(part);
      }
      return;
    }
    for (let at = from; at < to; at++) {
      const value = bytes[at] as number;
      writer.put(literalCodes[value] as number, literalSizes[value] as number);
    }
  }

  private putMatch(distance: number, length: number): void {
    const { writer } = this;
    const token = tokenOf(distance);
    writer.put(token.code, token.size);
    writer.put(distance - token.base, token.bits);
    if (length === 3) return writer.put(0, 1);
    const bits = 31 - Math.clz32(length);
    writer.put((1 << bits) - 2, bits);
    writer.put(length & ((1 << bits) - 1), bits);
  }
}

type Token = (typeof distanceTokens)[number];

const nearest = distanceTokens[0] as Token;

function tokenOf(distance: number): Token {
  let token = nearest;
  for (const next of distanceTokens) {
    if (next.base > distance) break;
    token = next;
  }
  return token;
}

function matchCost(distance: number, length: number): number {
  const { size, bits } = tokenOf(distance);
  return size + bits + (length === 3 ? 1 : 2 * (31 - Math.clz32(length)));
}

/** The largest power of two that is not above `value`, and at least 4,096. */
const powerOfTwo = (value: number): number => 1 << Math.max(31 - Math.clz32(value), 12);
