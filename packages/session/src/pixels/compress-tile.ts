import { bgraToValues, compressInterleaved, compressPlanar, DrawingFlags } from "@railvail/transport";
import { capabilityOf, type ClientCapability } from "../connection/capability-list.js";
import type { EncodeTile } from "./bitmap-update.js";

/**
 * Compresses bitmap updates without loss as far as a client opens them, by what it stated in its
 * Confirm Active; undefined if it opens none.
 */
export function tileCompressor(capabilities: readonly ClientCapability[]): EncodeTile | undefined {
  const bitmap = capabilityOf(capabilities, "bitmap");
  if (bitmap === undefined || bitmap.bitmapCompressionFlag === 0) return undefined;
  // Clients may want to be told that all pixels are opaque.
  const alpha = (bitmap.drawingFlags & DrawingFlags.DRAW_ALLOW_SKIP_ALPHA) === 0;
  return (tile, bitsPerPixel) => {
    if (bitsPerPixel === 32) return compressPlanar(tile, { alpha, bottomUp: true });
    return compressInterleaved(bgraToValues(tile, bitsPerPixel), tile.width, bitsPerPixel);
  };
}
