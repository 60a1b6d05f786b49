/** Which ZGFX: that of graphics, or its lite form of dynamic channel data. */
export type ZgfxVariant = "full" | "lite";

/** The limits of one form, in bytes. */
export interface ZgfxFormat {
  readonly codec: "zgfx" | "zgfx-lite";
  /** The compression type, for the header of a segment. */
  readonly type: 4 | 6;
  /** The greatest distance of a match. */
  readonly historySize: number;
  /** The most bytes of uncompressed data in a segment. */
  readonly segmentSize: number;
}

/** [MS-RDPEGFX] 3.1.9.1.2; the lite form in [MS-RDPEDYC] 2.2.3.3. */
export const zgfxFormats: Readonly<Record<ZgfxVariant, ZgfxFormat>> = {
  full: { codec: "zgfx", type: 4, historySize: 2_500_000, segmentSize: 65_535 },
  lite: { codec: "zgfx-lite", type: 6, historySize: 8192, segmentSize: 8192 },
};

/** Bits that tell every token apart; a literal without a code of its own fits them exactly. */
const tokenBits = 9;

/** Bits of the number of unencoded bytes, and the largest such number. */
export const unencodedBits = 15;
export const longestUnencoded = 32_767;

/** Literals with a code of their own: the code, its size in bits, the values in a row. */
const shortLiterals: readonly (readonly [code: number, size: number, values: readonly number[]])[] = [
  [0b11000, 5, [0x00, 0x01]],
  [0b110100, 6, [0x02, 0x03, 0xff]],
  [0b1101110, 7, [0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b]],
  [0b1110110, 7, [0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 0x40, 0x80]],
  [0b11111100, 8, [0x0c, 0x38, 0x39, 0x66]],
];

/** A token for a range of distances: `bits` more bits are counted from `base`. */
interface DistanceToken {
  readonly code: number;
  readonly size: number;
  readonly bits: number;
  readonly base: number;
}

/** The nearest first. Distance 0 says that unencoded bytes follow. */
export const distanceTokens: readonly DistanceToken[] = [
  { code: 0b10001, size: 5, bits: 5, base: 0 },
  { code: 0b10010, size: 5, bits: 7, base: 32 },
  { code: 0b10011, size: 5, bits: 9, base: 160 },
  { code: 0b10100, size: 5, bits: 10, base: 672 },
  { code: 0b10101, size: 5, bits: 12, base: 1696 },
  { code: 0b101100, size: 6, bits: 14, base: 5792 },
  { code: 0b101101, size: 6, bits: 15, base: 22_176 },
  { code: 0b1011100, size: 7, bits: 18, base: 54_944 },
  { code: 0b1011101, size: 7, bits: 20, base: 317_088 },
  { code: 0b10111100, size: 8, bits: 20, base: 1_365_664 },
  { code: 0b10111101, size: 8, bits: 21, base: 2_414_240 },
  { code: 0b101111100, size: 9, bits: 22, base: 4_511_392 },
  { code: 0b101111101, size: 9, bits: 23, base: 8_705_696 },
  { code: 0b101111110, size: 9, bits: 24, base: 17_094_304 },
];

/** By value, the code of a literal and its size in bits. */
export const literalCodes = Uint16Array.from({ length: 256 }, (_, value) => value);
export const literalSizes = new Uint8Array(256).fill(tokenBits);
for (const [code, size, values] of shortLiterals) {
  for (const [index, value] of values.entries()) {
    literalCodes[value] = code + index;
    literalSizes[value] = size;
  }
}

/** In the decoding table: the entry is of a distance, not of a literal. */
export const distanceMark = 0x8000;

/**
 * What the next nine bits mean: 0 for nothing; for a literal its value times 16 plus the bits it
 * takes; for a distance the mark, plus the index of its token times 16, plus the bits it takes.
 */
export const tokenTable = new Uint16Array(1 << tokenBits);
for (let value = 0; value < 256; value++) enter(value, tokenBits, value << 4);
for (const [code, size, values] of shortLiterals) {
  for (const [index, value] of values.entries()) enter(code + index, size, value << 4);
}
for (const [index, { code, size }] of distanceTokens.entries()) {
  enter(code, size, distanceMark | (index << 4));
}

function enter(code: number, size: number, meaning: number): void {
  const first = code << (tokenBits - size);
  tokenTable.fill(meaning | size, first, first + (1 << (tokenBits - size)));
}
