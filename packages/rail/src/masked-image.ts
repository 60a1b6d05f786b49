import { DecodeError, type DecodeIssue } from "@railvail/wire";
import { pixelReader } from "./pixel-reader.js";

/** A bitmap with a mask, as icons and pointers have it. Byte runs may be views; nothing is changed in them. */
export interface MaskedImage {
  /** In pixels, from 1. */
  readonly width: number;
  readonly height: number;
  /**
   * 1, 2, 4 and 8 are indices into the palette (the leftmost pixel in the highest bits), 15 is RGB
   * 555, 16 is RGB 565, 24 is B, G, R and 32 is B, G, R, A. (An icon's 16 is RGB 555: give 15.)
   */
  readonly bitsPerPixel: number;
  /** The color (XOR) bitmap. */
  readonly colors: Uint8Array;
  /** The AND mask, one bit a pixel, 1 where the color bitmap is not simply shown. None, or empty: all is shown. */
  readonly mask?: Uint8Array | undefined;
  /**
   * Four bytes a color: B, G, R and one that is not used. Without one, indices are shades of grey
   * from black to white; an index past the end of a shorter one is black.
   */
  readonly palette?: Uint8Array | undefined;
  /** Whether the first row is the lowest one: so in icons, and in pointers of more than 1 bit. */
  readonly bottomUp: boolean;
  /** Rows of both bitmaps take a multiple of this many bytes: 2 (the default) in pointers, 4 in icons. */
  readonly rowAlignment?: 1 | 2 | 4;
  /**
   * What a pixel under the mask is unless its color is black. `inverted` (the default) is what a
   * pointer's white means: the pixel below is inverted. RGBA cannot say that, so such pixels become
   * opaque, black and white in turns like a chessboard; other colors are shown. `transparent` takes
   * away all that is under the mask, as icons have it.
   */
  readonly maskedPixels?: "inverted" | "transparent";
}

/** Four bytes a pixel (R, G, B, A; alpha is not multiplied into the colors), rows from the top. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

const opaque = 0xff;

/**
 * The pixels of a bitmap with a mask. Of 32-bit pixels, alpha decides and the mask is ignored,
 * unless alpha is 0 everywhere: then it is not there, and the mask decides as for other depths.
 * Throws {@link DecodeError} for a depth it does not know, for a width or height of 0, and where a
 * bitmap has fewer bytes than its size takes; more bytes are ignored. The result takes at most 32
 * times the bytes of `colors`. [MS-RDPERP] 2.2.1.2.3, [MS-RDPBCGR] 2.2.9.1.1.4.4 and 2.2.9.1.1.4.5.
 */
export function maskedImageToRgba(image: MaskedImage): RgbaImage {
  const { width, height, bitsPerPixel, colors, mask, bottomUp, maskedPixels = "inverted" } = image;
  checkSize("width", width);
  checkSize("height", height);
  const read = pixelReader(bitsPerPixel, colors, image.palette);
  if (read === undefined) {
    refuse("bitsPerPixel", { code: "out-of-range", value: bitsPerPixel, allowed: "1, 2, 4, 8, 15, 16, 24, 32" });
  }
  const stride = rowBytes(image, bitsPerPixel === 15 ? 16 : bitsPerPixel);
  checkBytes("colors", colors, stride * height);
  const maskStride = rowBytes(image, 1);
  const masked = mask !== undefined && mask.length > 0;
  if (masked) checkBytes("mask", mask, maskStride * height);
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const row = bottomUp ? height - 1 - y : y;
    for (let x = 0; x < width; x++) read(row * stride, x, rgba, (y * width + x) * 4);
  }
  if (bitsPerPixel === 32 && dropEmptyAlpha(rgba)) return { width, height, rgba };
  if (masked) {
    for (let y = 0; y < height; y++) {
      const row = (bottomUp ? height - 1 - y : y) * maskStride;
      for (let x = 0; x < width; x++) {
        if ((((mask[row + (x >> 3)] as number) >> (7 - (x & 7))) & 1) === 0) continue;
        underMask(rgba, (y * width + x) * 4, maskedPixels, (x + y) % 2 === 0);
      }
    }
  }
  return { width, height, rgba };
}

function underMask(rgba: Uint8Array, at: number, how: "inverted" | "transparent", dark: boolean): void {
  const color = ((rgba[at] as number) << 16) | ((rgba[at + 1] as number) << 8) | (rgba[at + 2] as number);
  if (how === "transparent" || color === 0) rgba.fill(0, at, at + 4);
  else if (color === 0xff_ff_ff && dark) rgba.fill(0, at, at + 3);
}

/** Whether there is an alpha channel; if not, all pixels become opaque. */
function dropEmptyAlpha(rgba: Uint8Array): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 0) return true;
  for (let at = 3; at < rgba.length; at += 4) rgba[at] = opaque;
  return false;
}

const rowBytes = ({ width, rowAlignment = 2 }: MaskedImage, bits: number): number =>
  Math.ceil((width * bits) / (8 * rowAlignment)) * rowAlignment;

function checkSize(field: "width" | "height", value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  refuse(field, { code: "out-of-range", value, allowed: "1 or more" });
}

function checkBytes(field: "colors" | "mask", bytes: Uint8Array, needed: number): void {
  if (bytes.length < needed) refuse(field, { code: "not-enough-bytes", needed, available: bytes.length });
}

function refuse(field: string, issue: DecodeIssue): never {
  throw new DecodeError("masked image", field, 0, issue);
}
