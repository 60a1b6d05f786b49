import type { PixelImage } from "../pixels/pixel-image.js";
import type { PixelPathName } from "../pixels/pixel-path-name.js";

/** What a window or the desktop shows: pixels as bytes B, G, R, A, rows from the top. */
export interface Picture extends PixelImage {
  /** Where its left upper pixel is in the window: what of a window is off the desktop may be missing. */
  readonly left: number;
  readonly top: number;
  /** All pixels are opaque, whatever the fourth byte says. Otherwise colours are multiplied by alpha. */
  readonly opaque: boolean;
  /** How far it is to be turned clockwise to be shown, in degrees. */
  readonly rotation: 0 | 90 | 180 | 270;
  readonly path: PixelPathName;
}
