import type { EgfxDrawing, Rectangle } from "@railvail/egfx";
import type { Box, Size } from "../pixels/box.js";

/** Where a drawing can have changed a surface: which one, and the smallest box that is told by the command alone. */
export interface Drawn {
  readonly surfaceId: number;
  /** Undefined: it may be everywhere. */
  readonly boxes: readonly Box[] | undefined;
}

const boxOf = ({ left, top, right, bottom }: Rectangle): Box => ({
  left,
  top,
  width: right - left,
  height: bottom - top,
});

const at = (points: readonly { readonly x: number; readonly y: number }[], { width, height }: Size): Box[] =>
  points.map(({ x, y }) => ({ left: x, top: y, width, height }));

/** Undefined for drawings that change the cache alone. */
export function drawnBoxes({ message, value }: EgfxDrawing): Drawn | undefined {
  switch (message) {
    case "wireToSurface1":
      return { surfaceId: value.surfaceId, boxes: [boxOf(value.destRect)] };
    case "wireToSurface2":
      return { surfaceId: value.surfaceId, boxes: undefined };
    case "solidFill":
      return { surfaceId: value.surfaceId, boxes: value.fillRects.map(boxOf) };
    case "surfaceToSurface":
      return { surfaceId: value.surfaceIdDest, boxes: at(value.destPts, boxOf(value.rectSrc)) };
    case "cacheToSurface":
      // How large the bitmap is, the command does not say.
      return { surfaceId: value.surfaceId, boxes: undefined };
    default:
      return undefined;
  }
}
