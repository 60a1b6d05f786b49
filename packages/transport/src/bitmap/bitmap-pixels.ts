import type { BitmapUpdate } from "../pdu/bitmap-update.js";
import { BitmapFlags } from "../pdu/bitmap-update.js";
import { BitmapError, checkInput } from "./bitmap-error.js";
import { decompressInterleaved } from "./interleaved-decompressor.js";
import type { Palette } from "./palette.js";
import { valuesToBgra, type VisiblePart } from "./pixel-colors.js";
import { bytesPerPixel } from "./pixel-depth.js";
import { paddedRow, readPixelValues } from "./pixel-values.js";
import { decompressPlanar } from "./planar-decompressor.js";

/** TS_BITMAP_DATA, a rectangle of a bitmap update. */
export type BitmapData = BitmapUpdate["rectangles"][number];

export interface BitmapPixelsOptions {
  /** The colors of pixels of 8 bits: see `paletteOf`. */
  readonly palette?: Palette | undefined;
  /** A bitmap has at most this many pixels, padding included; 2^23 by default. */
  readonly pixelLimit?: number;
  /**
   * Keeps the fourth byte of pixels of 32 bits. On the desktop it means nothing, and servers put
   * there what they like; all pixels are opaque by default.
   */
  readonly keepAlpha?: boolean;
}

/** What a rectangle of a bitmap update puts on the desktop. */
export interface BitmapPixels {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** B, G, R, A; rows from the top, without padding. Memory of its own. */
  readonly bgra: Uint8Array;
}

const defaultPixelLimit = 2 ** 23;

/**
 * The pixels of a rectangle of a bitmap update, [MS-RDPBCGR] 2.2.9.1.1.3.1.2.2, compressed or not.
 * Bitmaps may be larger than their rectangle, to the right and at the bottom: what goes past it is
 * left out; a smaller one gives a smaller rectangle. Throws {@link BitmapError}.
 */
export function bitmapPixels(rectangle: BitmapData, options: BitmapPixelsOptions = {}): BitmapPixels {
  const { destLeft: left, destTop: top, destRight, destBottom, width, height, bitsPerPixel, flags } = rectangle;
  const { pixelLimit = defaultPixelLimit } = options;
  const size = bytesPerPixel(bitsPerPixel);
  if (size === undefined) throw new BitmapError("pixels", 0, { code: "unknown-depth", bitsPerPixel });
  if (width * height > pixelLimit) {
    throw new BitmapError("pixels", 0, { code: "too-large", pixels: width * height, limit: pixelLimit });
  }
  const visible = {
    width: Math.max(0, Math.min(width, destRight - left + 1)),
    height: Math.max(0, Math.min(height, destBottom - top + 1)),
  };
  const data = rectangle.bitmapData.bitmapDataStream;
  const compressed = (flags & BitmapFlags.BITMAP_COMPRESSION) !== 0;
  const opaque = options.keepAlpha !== true;
  let bgra: Uint8Array;
  if (size === 4) {
    bgra = compressed
      ? topLeftOf(decompressPlanar(data, width, height, { bottomUp: true, opaque }), width, visible)
      : rawBgra(data, width, height, visible, opaque);
  } else {
    const { palette } = options;
    if (size === 1 && palette === undefined) throw new BitmapError("pixels", 0, { code: "no-palette" });
    if (!compressed) checkInput("pixels", 0, data.length, paddedRow(width, size) * height);
    const values = compressed
      ? decompressInterleaved(data, width, height, bitsPerPixel)
      : readPixelValues(data, width, height, size);
    bgra = valuesToBgra(values, width, visible, bitsPerPixel, palette ?? data);
  }
  return { left, top, ...visible, bgra };
}

/** The visible part of rows from the top. */
function topLeftOf(bgra: Uint8Array, width: number, visible: VisiblePart): Uint8Array {
  if (width === visible.width) return bgra.subarray(0, width * visible.height * 4);
  const part = new Uint8Array(visible.width * visible.height * 4);
  for (let row = 0; row < visible.height; row++) {
    const from = row * width * 4;
    part.set(bgra.subarray(from, from + visible.width * 4), row * visible.width * 4);
  }
  return part;
}

/** Pixels of 32 bits, rows from the bottom. */
function rawBgra(data: Uint8Array, width: number, height: number, visible: VisiblePart, opaque: boolean): Uint8Array {
  checkInput("pixels", 0, data.length, width * height * 4);
  const bgra = new Uint8Array(visible.width * visible.height * 4);
  for (let row = 0; row < visible.height; row++) {
    const from = (height - 1 - row) * width * 4;
    bgra.set(data.subarray(from, from + visible.width * 4), row * visible.width * 4);
  }
  if (opaque) for (let at = 3; at < bgra.length; at += 4) bgra[at] = 0xff;
  return bgra;
}
