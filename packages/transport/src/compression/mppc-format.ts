/** The two forms of MPPC that RDP has, by the size of their history. */
export type MppcLevel = "8k" | "64k";

/** How one form of MPPC writes distances and lengths, [MS-RDPBCGR] 3.1.8.4.1 and 3.1.8.4.2. */
export interface MppcFormat {
  readonly codec: "mppc-8k" | "mppc-64k";
  /** The compression type, for the flags. */
  readonly type: 0 | 1;
  /** Bytes of history. */
  readonly historySize: number;
  /** The longest match in bytes. */
  readonly longestMatch: number;
  /** The most bits that the length of a match takes after the ones and the zero before it. */
  readonly lengthBits: number;
  /** How distances are written, the nearest first; all codes start with 11. */
  readonly distances: readonly DistanceCode[];
}

/** `prefixSize` bits say that the distance is `base` plus the number in the next `bits` bits. */
interface DistanceCode {
  readonly prefix: number;
  readonly prefixSize: number;
  readonly bits: number;
  readonly base: number;
}

export const mppcFormats: Readonly<Record<MppcLevel, MppcFormat>> = {
  "8k": {
    codec: "mppc-8k",
    type: 0,
    historySize: 8192,
    longestMatch: 8191,
    lengthBits: 12,
    distances: [
      { prefix: 0b1111, prefixSize: 4, bits: 6, base: 0 },
      { prefix: 0b1110, prefixSize: 4, bits: 8, base: 64 },
      { prefix: 0b110, prefixSize: 3, bits: 13, base: 320 },
    ],
  },
  "64k": {
    codec: "mppc-64k",
    type: 1,
    historySize: 65_536,
    longestMatch: 65_535,
    lengthBits: 15,
    distances: [
      { prefix: 0b11111, prefixSize: 5, bits: 6, base: 0 },
      { prefix: 0b11110, prefixSize: 5, bits: 8, base: 64 },
      { prefix: 0b1110, prefixSize: 4, bits: 11, base: 320 },
      { prefix: 0b110, prefixSize: 3, bits: 16, base: 2368 },
    ],
  },
};

/** In the decoding table: the entry is of a distance, not of a literal. */
export const distanceMark = 0x8000;

/**
 * What the next nine bits mean. A literal: its value times 16 plus the bits it takes, 8 or 9. A
 * distance: the mark, plus the index of its code times 16, plus the bits of its prefix.
 */
export function decodingTable(format: MppcFormat): Uint16Array {
  const table = new Uint16Array(512);
  for (let bits = 0; bits < 512; bits++) {
    if (bits < 0x100) table[bits] = ((bits >> 1) << 4) | 8;
    else if (bits < 0x180) table[bits] = (((bits & 0x7f) | 0x80) << 4) | 9;
    else {
      const index = format.distances.findIndex(({ prefix, prefixSize }) => bits >> (9 - prefixSize) === prefix);
      const code = format.distances[index];
      table[bits] = distanceMark | (index << 4) | (code?.prefixSize ?? 0);
    }
  }
  return table;
}
