import { DecodeError, sourceOf } from "@railvail/wire";
import { readPayload } from "./read-payload.js";
import type { Rectangle } from "./rectangles.js";

/**
 * The rectangles of a surface, in pixels, that the payload of a wire-to-surface command of the
 * progressive codec changes; undefined if it is of another codec or cannot be read.
 */
export function progressiveRectangles(codecId: number, bitmapData: Uint8Array): readonly Rectangle[] | undefined {
  try {
    const payload = readPayload(codecId, sourceOf(bitmapData), 0, bitmapData.length);
    if (payload.codec !== "caProgressive") return undefined;
    if (payload.blocks.some(({ type }) => type === "unknown")) return undefined;
    const rects = payload.blocks.flatMap((each) => (each.type === "region" ? each.block.content.rects : []));
    return rects.map(({ x, y, width, height }) => ({ left: x, top: y, right: x + width, bottom: y + height }));
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
