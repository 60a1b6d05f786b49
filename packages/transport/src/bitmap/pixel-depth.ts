/** Bytes of a pixel of classic bitmaps with 8, 15, 16, 24 or 32 bits; undefined if there are no such pixels. */
export function bytesPerPixel(bitsPerPixel: number): number | undefined {
  switch (bitsPerPixel) {
    case 8:
    case 15:
    case 16:
    case 24:
    case 32:
      return (bitsPerPixel + 7) >> 3;
    default:
      return undefined;
  }
}

/** The pixel all of whose used bits are 1. */
export const whitePixel = (bitsPerPixel: number): number => 2 ** Math.min(bitsPerPixel, 24) - 1;
