import type { PackedShape } from "./pointer-shape.js";

/** The two bitmaps of a pointer update, [MS-RDPBCGR] 2.2.9.1.1.4.4: lowest row first, rows of an even number of bytes. */
export interface PointerMasks {
  readonly xorMaskData: Uint8Array;
  readonly andMaskData: Uint8Array;
}

/** Below this, a pixel without alpha is not there. */
const halfOpaque = 0x80;

/**
 * Colours of 32 bits have alpha and stay multiplied by it: the specification does not say, but WSLg
 * and xrdp send them so, and FreeRDP shows them so. Those of 24 bits are there or not. Pixels that
 * are not there are black and set in the AND mask, which all clients understand.
 */
export function pointerMasks({ width, height, pixels }: PackedShape, bitsPerPixel: 24 | 32): PointerMasks {
  const pixelSize = bitsPerPixel / 8;
  const xorRow = even(width * pixelSize);
  const andRow = even(Math.ceil(width / 8));
  const xorMaskData = new Uint8Array(xorRow * height);
  const andMaskData = new Uint8Array(andRow * height);
  let from = 0;
  for (let y = height - 1; y >= 0; y--) {
    for (let x = 0; x < width; x++, from += 4) {
      const alpha = pixels[from + 3] as number;
      if (alpha === 0 || (bitsPerPixel === 24 && alpha < halfOpaque)) {
        andMaskData[y * andRow + (x >> 3)] = (andMaskData[y * andRow + (x >> 3)] as number) | (0x80 >> (x & 7));
        continue;
      }
      const to = y * xorRow + x * pixelSize;
      if (bitsPerPixel === 32) xorMaskData.set(pixels.subarray(from, from + 4), to);
      else for (let at = 0; at < 3; at++) xorMaskData[to + at] = straight(pixels[from + at] as number, alpha);
    }
  }
  return { xorMaskData, andMaskData };
}

const even = (size: number): number => size + (size % 2);

/** A colour before it was multiplied by alpha. */
export const straight = (color: number, alpha: number): number => Math.min(255, Math.round((color * 255) / alpha));
