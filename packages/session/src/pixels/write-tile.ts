import type { BitsPerPixel } from "../connection/color-depth.js";
import { bytesPerPixel, copyRow } from "./copy-row.js";
import { pixelBytes, type PixelImage } from "./pixel-image.js";
import type { Tile } from "./tiles.js";

/** Updates name places with 16 bits; what lies beyond cannot be sent. */
export const furthestPixel = 0xffff;

/**
 * Writes the pixels of a tile to `into` from `at` on, the lowest row first, rows of `width` pixels
 * or of the tile's. What a row is longer stays as it is. Gives back where it ends.
 */
export function writeTile(
  image: PixelImage,
  tile: Tile,
  bitsPerPixel: BitsPerPixel,
  into: Uint8Array,
  at: number,
  width: number = tile.width,
): number {
  const copy = copyRow[bitsPerPixel];
  const rowSize = width * bytesPerPixel(bitsPerPixel);
  let to = at;
  for (let y = tile.top + tile.height - 1; y >= tile.top; y--, to += rowSize) {
    copy(image.pixels, y * image.stride + tile.left * pixelBytes, tile.width, into, to);
  }
  return to;
}
