import { tileCoefficients } from "./rlgr.js";

const one = 65_536;
// The inverse of the color conversion, [MS-RDPRFX] 3.1.8.2.5, times 2^16.
const crToRed = Math.floor(1.402525 * one);
const crToGreen = Math.floor(0.714401 * one);
const cbToGreen = Math.floor(0.34373 * one);
const cbToBlue = Math.floor(1.769905 * one);
/** Luma is around 0; 128 with five bits of fraction. */
const middle = 128 << 5;
const half = 1 << 20;

/**
 * Puts the 64 by 64 pixels of a tile together: four bytes a pixel, opaque, with red at `red` and
 * blue at `2 - red`.
 */
export function combineComponents(
  luma: Int16Array,
  cb: Int16Array,
  cr: Int16Array,
  pixels: Uint8ClampedArray,
  red: 0 | 2,
): void {
  const blue = 2 - red;
  for (let at = 0, to = 0; at < tileCoefficients; at++, to += 4) {
    const y = (((luma[at] as number) + middle) << 16) + half;
    const u = cb[at] as number;
    const v = cr[at] as number;
    // Products have 16 bits of fraction more than the five that are there.
    pixels[to + red] = (y + v * crToRed) >> 21;
    pixels[to + 1] = (y - v * crToGreen - u * cbToGreen) >> 21;
    pixels[to + blue] = (y + u * cbToBlue) >> 21;
    pixels[to + 3] = 0xff;
  }
}
