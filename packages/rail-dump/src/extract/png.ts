import { encode } from "fast-png";

/** An image of 4 bytes a pixel: R, G, B, A. */
export interface RgbaPixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/**
 * The image with colours that alpha was not multiplied into, as PNG has them. WSLg's server sends
 * them multiplied, and so do compositors in general: the image is taken to be so unless one of its
 * colours is greater than its alpha. The result may be the image itself.
 */
export function withStraightAlpha(image: RgbaPixels): RgbaPixels {
  const { rgba } = image;
  let clear = true;
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] as number;
    if (alpha === 0xff) continue;
    if ((rgba[at] as number) > alpha || (rgba[at + 1] as number) > alpha || (rgba[at + 2] as number) > alpha) {
      return image;
    }
    clear &&= alpha === 0;
  }
  if (clear) return image;
  const straight = rgba.slice();
  for (let at = 0; at < straight.length; at += 4) {
    const alpha = straight[at + 3] as number;
    if (alpha === 0 || alpha === 0xff) continue;
    for (let part = at; part < at + 3; part++) {
      straight[part] = Math.round(((straight[part] as number) * 0xff) / alpha);
    }
  }
  return { ...image, rgba: straight };
}

/** The image as a PNG file. */
export function pngOf(image: RgbaPixels): Uint8Array {
  const { width, height, rgba } = withStraightAlpha(image);
  return encode({ width, height, data: rgba, depth: 8, channels: 4 });
}
