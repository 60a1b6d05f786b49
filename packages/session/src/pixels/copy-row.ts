import type { BitsPerPixel } from "../connection/color-depth.js";

/** Copies `count` pixels (B, G, R, A) from `from` to `to`, where they get another depth. */
export type CopyRow = (source: Uint8Array, from: number, count: number, into: Uint8Array, to: number) => void;

/** How the pixels of a row are copied: [MS-RDPBCGR] 2.2.9.1.1.3.1.2.2 and 2.2.9.2.1.1, low byte first. */
export const copyRow: Readonly<Record<BitsPerPixel, CopyRow>> = {
  15: (source, from, count, into, to) => {
    for (let at = to, next = from; at < to + count * 2; at += 2, next += 4) {
      const green = source[next + 1] as number;
      into[at] = ((source[next] as number) >> 3) | ((green & 0x38) << 2);
      into[at + 1] = (green >> 6) | (((source[next + 2] as number) & 0xf8) >> 1);
    }
  },
  16: (source, from, count, into, to) => {
    for (let at = to, next = from; at < to + count * 2; at += 2, next += 4) {
      const green = source[next + 1] as number;
      into[at] = ((source[next] as number) >> 3) | ((green & 0x1c) << 3);
      into[at + 1] = (green >> 5) | ((source[next + 2] as number) & 0xf8);
    }
  },
  24: (source, from, count, into, to) => {
    for (let at = to, next = from; at < to + count * 3; at += 3, next += 4) {
      into[at] = source[next] as number;
      into[at + 1] = source[next + 1] as number;
      into[at + 2] = source[next + 2] as number;
    }
  },
  32: (source, from, count, into, to) => into.set(source.subarray(from, from + count * 4), to),
};

/** Bytes of a pixel. */
export const bytesPerPixel = (bitsPerPixel: BitsPerPixel): number => Math.ceil(bitsPerPixel / 8);
