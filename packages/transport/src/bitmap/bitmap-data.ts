import { BitmapFlags } from "../pdu/bitmap-update.js";
import type { BitmapData } from "./bitmap-pixels.js";
import { compressInterleaved } from "./interleaved-compressor.js";
import { bgraToValues, type BgraPixels } from "./pixel-colors.js";
import { paddedRow, writePixelValues } from "./pixel-values.js";
import { compressPlanar } from "./planar-compressor.js";

export interface BitmapDataOptions {
  readonly bitsPerPixel: 15 | 16 | 24 | 32;
  /** Whether the client opens compressed bitmaps (`bitmapCompressionFlag` of its bitmap capability set). */
  readonly compress: boolean;
  /**
   * Leaves out the header of compressed bitmaps: the client has NO_BITMAP_COMPRESSION_HDR in
   * `extraFlags` of its general capability set.
   */
  readonly noHeader: boolean;
  /**
   * Sends the alpha plane of compressed pixels of 32 bits: the client lacks DRAW_ALLOW_SKIP_ALPHA in
   * `drawingFlags` of its bitmap capability set. The fourth bytes of the pixels should be 255 then.
   */
  readonly alpha?: boolean;
}

/**
 * A rectangle of a bitmap update with these pixels, at a place of the desktop. Compressed where
 * that is allowed and shorter. Clients want widths of 4, 8, ... pixels: others are sent as they are,
 * without compression. The caller keeps `bitmapLength` below 65,536 by tiles of at most 64 by 64.
 */
export function bitmapData(left: number, top: number, pixels: BgraPixels, options: BitmapDataOptions): BitmapData {
  const { width, height } = pixels;
  const { bitsPerPixel, compress, noHeader, alpha = false } = options;
  const size = (bitsPerPixel + 7) >> 3;
  const mayCompress = compress && (width & 3) === 0;
  let raw: Uint8Array | undefined;
  let short: Uint8Array | undefined;
  if (bitsPerPixel === 32) {
    short = mayCompress ? compressPlanar(pixels, { alpha, bottomUp: true }) : undefined;
    if (short === undefined || short.length >= width * height * 4) raw = rowsFromBottom(pixels);
  } else {
    const values = bgraToValues(pixels, bitsPerPixel);
    short = mayCompress ? compressInterleaved(values, width, bitsPerPixel) : undefined;
    if (short === undefined) raw = writePixelValues(values, width, height, size);
  }
  const place = { destLeft: left, destTop: top, destRight: left + width - 1, destBottom: top + height - 1 };
  const rectangle = { ...place, width, height, bitsPerPixel };
  if (short === undefined || raw !== undefined) {
    return {
      ...rectangle,
      flags: 0,
      bitmapData: { bitmapComprHdr: undefined, bitmapDataStream: raw ?? new Uint8Array(0) },
    };
  }
  // [MS-RDPBCGR] 2.2.9.1.1.3.1.2.3: the width in pixels, whatever its name says.
  const header = {
    cbCompFirstRowSize: 0,
    cbCompMainBodySize: short.length,
    cbScanWidth: width,
    cbUncompressedSize: paddedRow(width, size) * height,
  };
  return {
    ...rectangle,
    flags: BitmapFlags.BITMAP_COMPRESSION | (noHeader ? BitmapFlags.NO_BITMAP_COMPRESSION_HDR : 0),
    bitmapData: { bitmapComprHdr: noHeader ? undefined : header, bitmapDataStream: short },
  };
}

function rowsFromBottom({ bgra, offset = 0, stride, width, height }: BgraPixels): Uint8Array {
  const rows = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    const from = offset + (height - 1 - row) * stride;
    rows.set(bgra.subarray(from, from + width * 4), row * width * 4);
  }
  return rows;
}
