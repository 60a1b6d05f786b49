import type { Picture } from "@railvail/session";
import { encode } from "fast-png";

/** A picture as a PNG file: colours are no longer multiplied by alpha, and it is turned as it is to be shown. */
export function picturePng(picture: Picture): Uint8Array {
  const straight = straightRgba(picture);
  const { width, height, data } = turned(straight, picture.width, picture.height, picture.rotation);
  return encode({ width, height, data, channels: 4, depth: 8 });
}

/** R, G, B, A without padding; not multiplied by alpha. */
export function straightRgba({ width, height, stride, pixels, opaque }: Picture): Uint8Array {
  const rgba = new Uint8Array(width * height * 4);
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let at = y * stride; at < y * stride + width * 4; at += 4, to += 4) {
      const alpha = opaque ? 255 : (pixels[at + 3] ?? 0);
      rgba[to] = divided(pixels[at + 2] ?? 0, alpha);
      rgba[to + 1] = divided(pixels[at + 1] ?? 0, alpha);
      rgba[to + 2] = divided(pixels[at] ?? 0, alpha);
      rgba[to + 3] = alpha;
    }
  }
  return rgba;
}

/** A colour brighter than its alpha, which cannot be, becomes the brightest. */
function divided(color: number, alpha: number): number {
  if (alpha === 255 || alpha === 0) return alpha === 0 ? 0 : color;
  return Math.min(255, Math.round((color * 255) / alpha));
}

/** Pixels turned clockwise by a number of degrees. */
function turned(data: Uint8Array, width: number, height: number, rotation: Picture["rotation"]) {
  if (rotation === 0) return { width, height, data };
  const words = new Uint32Array(data.buffer);
  const out = new Uint32Array(words.length);
  const [wide, high] = rotation === 180 ? [width, height] : [height, width];
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const [column, row] =
        rotation === 90 ? [y, height - 1 - x] : rotation === 180 ? [width - 1 - x, height - 1 - y] : [width - 1 - y, x];
      out[y * wide + x] = words[row * width + column] ?? 0;
    }
  }
  return { width: wide, height: high, data: new Uint8Array(out.buffer) };
}
