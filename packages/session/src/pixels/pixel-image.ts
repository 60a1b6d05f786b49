import type { Rectangle } from "./region.js";

/** Bytes of a pixel: B, G, R, A in memory. */
export const pixelBytes = 4;

/** Pixels of four bytes (B, G, R, A), rows from the top. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  /** Bytes from a row to the next: `width * 4` or more. */
  readonly stride: number;
  readonly pixels: Uint8Array;
}

/** Something that lies on the desktop. Colours are multiplied by alpha, as Wayland has them. */
export interface Layer extends PixelImage {
  /** Where its left upper pixel is, in whole pixels of the desktop; both may be negative. */
  readonly left: number;
  readonly top: number;
  /** Every pixel is opaque, whatever the fourth byte says. */
  readonly opaque: boolean;
}

/** The part of the desktop under a layer. It is smaller than stated if there are fewer pixels. */
export function placeOf({ left, top, width, height, stride, pixels }: Layer): Rectangle {
  const columns = Math.max(0, Math.min(width, Math.floor(stride / pixelBytes)));
  // The last row need not be filled up.
  const rows = stride > 0 ? Math.floor((pixels.length - columns * pixelBytes) / stride) + 1 : 0;
  return { left, top, right: left + columns, bottom: top + Math.max(0, Math.min(height, rows)) };
}
