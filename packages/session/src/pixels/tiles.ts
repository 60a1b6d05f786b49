import type { Rectangle } from "./region.js";

/** A part of an image that is sent at once: pixels. */
export interface Tile {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface TileLimits {
  /** Pixels: 4 or more. */
  readonly width: number;
  readonly height: number;
  /** Bytes of all its pixels: those of 4 or more. */
  readonly bytes: number;
  readonly bytesPerPixel: number;
  /** The width as it is sent is a multiple of this many pixels, 1 or 4. */
  readonly alignment: 1 | 4;
}

/** The width as it is sent. */
export const alignedWidth = (width: number, alignment: number): number => Math.ceil(width / alignment) * alignment;

/** Cuts a rectangle into tiles: from the top down, each as wide as it may be. */
export function* tilesOf(rectangle: Rectangle, limits: TileLimits): Generator<Tile> {
  const { bytes, bytesPerPixel, alignment } = limits;
  const widest = Math.floor(Math.min(limits.width, bytes / bytesPerPixel) / alignment) * alignment;
  const fullWidth = Math.min(rectangle.right - rectangle.left, widest);
  const rows = Math.floor(bytes / (alignedWidth(fullWidth, alignment) * bytesPerPixel));
  const fullHeight = Math.min(limits.height, rows);
  for (let { top } = rectangle; top < rectangle.bottom; top += fullHeight) {
    const height = Math.min(fullHeight, rectangle.bottom - top);
    for (let { left } = rectangle; left < rectangle.right; left += fullWidth) {
      yield { left, top, width: Math.min(fullWidth, rectangle.right - left), height };
    }
  }
}
