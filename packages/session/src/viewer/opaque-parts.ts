import type { Box, Size } from "../pixels/box.js";
import { pixelBytes } from "../pixels/pixel-image.js";
import { corners, rectangleLimit, Region } from "../pixels/region.js";

/** Whether the second box has nothing outside the first one. */
const contains = (a: Box, b: Box): boolean =>
  a.left <= b.left && a.top <= b.top && a.left + a.width >= b.left + b.width && a.top + a.height >= b.top + b.height;

/** Whether these parts are all of an image; none of them is outside it. */
export const areAll = (parts: Region, { width, height }: Size): boolean => parts.area === width * height;

/**
 * The opaque parts of a picture after a present: those that were opaque and did not change, and those that the server
 * says. If they become too many, what lies between some of them counts as opaque too.
 */
export function opaqueParts(before: Region, size: Size, changed: Box, opaque: readonly Box[]): Region {
  // Nearly all windows are opaque everywhere or nowhere, and stay so.
  if (opaque.length === 0 && before.isEmpty) return before;
  if (opaque.some((box) => contains(box, changed)) && areAll(before, size)) return before;
  const unchanged = before.subtract(corners(changed)).atMost(rectangleLimit);
  return opaque.reduce((parts, box) => parts.add(corners(box)), unchanged);
}

/** Writes the alpha of opaque parts as far as they lie in any of the boxes. */
export function writeAlpha(pixels: Uint8Array, stride: number, parts: Region, boxes: readonly Box[]): void {
  for (const { left, top, right, bottom } of parts.intersect(Region.of(...boxes.map(corners))).rectangles) {
    for (let y = top; y < bottom; y++) {
      const end = y * stride + right * pixelBytes;
      for (let at = y * stride + left * pixelBytes + 3; at < end; at += pixelBytes) pixels[at] = 0xff;
    }
  }
}
