import { pixelBytes, type PixelImage } from "../../pixels/pixel-image.js";
import type { Rectangle } from "../../pixels/region.js";

/** A copy of a part of an image, its rows one after the other. */
export function cutOut({ pixels, stride }: PixelImage, { left, top, right, bottom }: Rectangle): Uint8Array {
  const row = (right - left) * pixelBytes;
  const from = top * stride + left * pixelBytes;
  if (row === stride) return pixels.slice(from, from + row * (bottom - top));
  const part = new Uint8Array(row * (bottom - top));
  for (let y = 0; y < bottom - top; y++) {
    part.set(pixels.subarray(from + y * stride, from + y * stride + row), y * row);
  }
  return part;
}

/** The fourth byte of each pixel. */
export function alphaOf(pixels: Uint8Array): Uint8Array {
  const alpha = new Uint8Array(pixels.length / pixelBytes);
  for (let at = 0; at < alpha.length; at++) alpha[at] = pixels[at * pixelBytes + 3] as number;
  return alpha;
}
