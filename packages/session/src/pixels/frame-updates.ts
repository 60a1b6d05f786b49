import { bitmapUpdates, type EncodeTile } from "./bitmap-update.js";
import type { PixelImage } from "./pixel-image.js";
import type { Region } from "./region.js";
import { frameMarker, surfaceBits } from "./surface-bits.js";
import type { UpdateBody } from "./update-body.js";
import type { UpdateChoice } from "./update-choice.js";
import { furthestPixel } from "./write-tile.js";

export interface FrameOptions {
  /** Marks the frame, if the client knows marks; see `FramePacing`. */
  readonly frameId?: number | undefined;
  /** Compresses bitmap updates. */
  readonly encodeTile?: EncodeTile | undefined;
}

/**
 * What to send so that a client shows the pixels of a region as they are in the image: nothing for
 * nothing. Updates are made when they are asked for; the image must not change, and all of them
 * must be sent.
 */
export function* frameUpdates(
  choice: UpdateChoice,
  image: PixelImage,
  region: Region,
  { frameId, encodeTile }: FrameOptions = {},
): Generator<UpdateBody> {
  const [right, bottom] = [Math.min(image.width, furthestPixel), Math.min(image.height, furthestPixel)];
  const visible = region.intersect({ left: 0, top: 0, right, bottom });
  if (visible.isEmpty) return;
  const marked = choice.frameMarkers && frameId !== undefined;
  if (marked) yield frameMarker("begin", frameId);
  yield* choice.kind === "bitmap"
    ? bitmapUpdates(choice, image, visible, encodeTile)
    : surfaceBits(choice, image, visible);
  if (marked) yield frameMarker("end", frameId);
}
