import { pixelBytes, type Layer, type PixelImage } from "./pixel-image.js";
import type { Rectangle } from "./region.js";

/** Paints the part of a layer that is in `into`, which must lie in the layer's place and in the image. */
export function paintLayer(image: PixelImage, layer: Layer, { left, top, right, bottom }: Rectangle): void {
  const size = (right - left) * pixelBytes;
  for (let y = top; y < bottom; y++) {
    const to = y * image.stride + left * pixelBytes;
    const from = (y - layer.top) * layer.stride + (left - layer.left) * pixelBytes;
    if (layer.opaque) image.pixels.set(layer.pixels.subarray(from, from + size), to);
    else blendRow(image.pixels, to, layer.pixels, from, size);
  }
}

const opaque = 0xff;

/**
 * Puts `size` bytes of pixels over others: each becomes the upper one, and so much of the lower one
 * as the upper one's alpha lets through, rounded to the nearest. Colours brighter than their alpha
 * allows add light, up to white.
 */
export function blendRow(into: Uint8Array, to: number, upper: Uint8Array, from: number, size: number): void {
  const end = from + size;
  let at = to;
  for (let next = from; next < end; next += 4, at += 4) {
    const blue = upper[next] as number;
    const green = upper[next + 1] as number;
    const red = upper[next + 2] as number;
    const alpha = upper[next + 3] as number;
    if (alpha === opaque) {
      into[at] = blue;
      into[at + 1] = green;
      into[at + 2] = red;
    } else if ((alpha | red | green | blue) !== 0) {
      const through = opaque - alpha;
      // (t + t / 256) / 256 is t / 255, rounded, for all t that come up here.
      let t = (into[at] as number) * through + 128;
      let sum = blue + ((t + (t >> 8)) >> 8);
      into[at] = sum > 255 ? 255 : sum;
      t = (into[at + 1] as number) * through + 128;
      sum = green + ((t + (t >> 8)) >> 8);
      into[at + 1] = sum > 255 ? 255 : sum;
      t = (into[at + 2] as number) * through + 128;
      sum = red + ((t + (t >> 8)) >> 8);
      into[at + 2] = sum > 255 ? 255 : sum;
    }
  }
}
