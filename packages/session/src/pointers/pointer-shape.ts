import type { PixelImage } from "../pixels/pixel-image.js";

/** What a pointer looks like: B, G, R, A; colours are multiplied by alpha, as Wayland has them. */
export interface PointerShape extends PixelImage {
  /** The pixel that points, from the left upper one. */
  readonly hotX: number;
  readonly hotY: number;
}

/** A pointer: a shape, none, or the one that the client's system has. */
export type Pointer = PointerShape | "hidden" | "default";

/** The pixels of a shape without space between rows, and without rows that are not there. */
export interface PackedShape extends PointerShape {
  /** A number that shapes with other pixels are not likely to have. */
  readonly hash: number;
}

/** A copy of the part of a shape from `left`, `top` on; `width` and `height` in pixels, not beyond the shape. */
export function packShape(shape: PointerShape, left: number, top: number, width: number, height: number): PackedShape {
  const stride = width * 4;
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * shape.stride + left * 4;
    pixels.set(shape.pixels.subarray(from, from + stride), y * stride);
  }
  const [hotX, hotY] = [within(shape.hotX - left, width), within(shape.hotY - top, height)];
  return { width, height, stride, pixels, hotX, hotY, hash: hashOf(pixels) };
}

const within = (at: number, size: number): number => Math.max(0, Math.min(Math.trunc(at) || 0, size - 1));

/** FNV-1a over words. */
function hashOf(pixels: Uint8Array): number {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
  let hash = 0x811c_9dc5;
  for (const word of words) hash = Math.imul(hash ^ word, 0x0100_0193) ^ (hash >>> 15);
  return hash;
}

export const sameShape = (a: PackedShape, b: PackedShape): boolean =>
  a === b ||
  (a.hash === b.hash &&
    a.width === b.width &&
    a.height === b.height &&
    a.hotX === b.hotX &&
    a.hotY === b.hotY &&
    a.pixels.every((byte, at) => byte === b.pixels[at]));
