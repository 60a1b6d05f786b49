import { clip, type Box } from "../pixels/box.js";
import { pixelBytes, type PixelImage } from "../pixels/pixel-image.js";

/** Puts an image's left upper pixel at a place of another one; gives back the part that was drawn, if any. */
export function copyPixels(from: PixelImage, into: PixelImage, left: number, top: number): Box | undefined {
  return copyPart(from, { left: 0, top: 0, width: from.width, height: from.height }, into, left, top);
}

/** Puts a part of an image at a place of another one; gives back the part of that which was drawn, if any. */
export function copyPart(from: PixelImage, part: Box, into: PixelImage, left: number, top: number): Box | undefined {
  const source = clip(part, from.width, from.height);
  if (source === undefined) return undefined;
  const [moveX, moveY] = [left - part.left, top - part.top];
  const target = clip({ ...source, left: source.left + moveX, top: source.top + moveY }, into.width, into.height);
  if (target === undefined) return undefined;
  const size = target.width * pixelBytes;
  const column = (target.left - moveX) * pixelBytes;
  for (let y = target.top; y < target.top + target.height; y++) {
    const start = (y - moveY) * from.stride + column;
    into.pixels.set(from.pixels.subarray(start, start + size), y * into.stride + target.left * pixelBytes);
  }
  return target;
}

/** The first byte of a word is its lowest. */
const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Swaps the first and the third byte of each pixel: R, G, B, A to B, G, R, A, and back. `size` in bytes. */
export function swapRedBlue(from: Uint8Array, start: number, into: Uint8Array, to: number, size: number): void {
  const [first, target] = [from.byteOffset + start, into.byteOffset + to];
  if (isLittleEndian && (first | target) % pixelBytes === 0) {
    const pixels = new Int32Array(from.buffer, first, size / pixelBytes);
    const swapped = new Int32Array(into.buffer, target, size / pixelBytes);
    for (let at = 0; at < pixels.length; at++) {
      const pixel = pixels[at] as number;
      swapped[at] = (pixel & ~0x00ff00ff) | ((pixel & 0xff) << 16) | ((pixel >>> 16) & 0xff);
    }
    return;
  }
  for (let at = 0; at < size; at += pixelBytes) {
    into[to + at] = from[start + at + 2] as number;
    into[to + at + 1] = from[start + at + 1] as number;
    into[to + at + 2] = from[start + at] as number;
    into[to + at + 3] = from[start + at + 3] as number;
  }
}
