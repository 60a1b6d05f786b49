import { DecodeError, EncodeError, type DecodeIssue } from "@railvail/wire";
import { IconFormat, type AppIcon } from "./pdu/update-app-list.js";

const name = "RDPAPPLIST_ICON_DATA";
const bytesPerPixel = 4;

/** Where the fields stand in the icon, for errors. */
const offsets = { width: 4, height: 8, stride: 12, bpp: 16, format: 20, bits: 28 } as const;

/** An image: R, G, B, A, 4 bytes a pixel, rows from the top without gaps. */
export interface IconPixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

function refuse(field: keyof typeof offsets, issue: DecodeIssue): never {
  throw new DecodeError(name, field, offsets[field], issue);
}

function check(icon: AppIcon): void {
  const { width, height, stride, bpp, format, bits } = icon;
  const row = width * bytesPerPixel;
  if (format !== IconFormat.bmp) {
    refuse("format", { code: "out-of-range", value: format, allowed: `${IconFormat.bmp}` });
  }
  if (bpp !== 32) refuse("bpp", { code: "out-of-range", value: bpp, allowed: "32" });
  if (width < 1) refuse("width", { code: "out-of-range", value: width, allowed: "1 and more" });
  if (height < 1) refuse("height", { code: "out-of-range", value: height, allowed: "1 and more" });
  if (stride < row) refuse("stride", { code: "length-mismatch", declared: stride, actual: row });
  const needed = (height - 1) * stride + row;
  if (needed > bits.length) {
    refuse("bits", { code: "not-enough-bytes", needed, available: bits.length });
  }
}

/** Exchanges red and blue of each pixel in place. Icons are small and rare: not a hot path. */
function swapRedAndBlue(pixels: Uint8Array): void {
  for (let at = 0; at + 2 < pixels.length; at += bytesPerPixel) {
    const blue = pixels[at] as number;
    pixels[at] = pixels[at + 2] as number;
    pixels[at + 2] = blue;
  }
}

/**
 * The pixels of an icon of bare 32-bit pixels. Throws {@link DecodeError} if it is of another
 * kind or states more pixels than it has; memory is in proportion to the bits that are there.
 */
export function iconPixels(icon: AppIcon): IconPixels {
  check(icon);
  const { width, height, stride, bits } = icon;
  const row = width * bytesPerPixel;
  const rgba = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const from = (height - 1 - y) * stride;
    rgba.set(bits.subarray(from, from + row), y * row);
  }
  swapRedAndBlue(rgba);
  return { width, height, rgba };
}

/** An icon as WSLg sends it. Throws {@link EncodeError} if the size is not that of the pixels. */
export function iconOf(pixels: IconPixels): AppIcon {
  const { width, height, rgba } = pixels;
  const row = width * bytesPerPixel;
  if (rgba.length !== row * height) {
    const allowed = `${row * height} bytes`;
    throw new EncodeError(name, "bits", { code: "out-of-range", value: rgba.length, allowed });
  }
  const bits = new Uint8Array(rgba.length);
  for (let y = 0; y < height; y++) {
    bits.set(rgba.subarray(y * row, (y + 1) * row), (height - 1 - y) * row);
  }
  swapRedAndBlue(bits);
  return { flags: 0, width, height, stride: row, bpp: 32, format: IconFormat.bmp, bits };
}
