import { DecodeError } from "@railvail/wire";
import { maskedImageToRgba, type RgbaImage } from "./masked-image.js";
import { IconDepth } from "./pdu/icon-info.js";

const name = "TS_ICON_INFO";

/** Depths of icons: those of the specification, and 2, which some servers know. */
const depths: ReadonlySet<number> = new Set([...Object.values(IconDepth), 2]);

/** What the bitmaps are called in the icon. */
const fields: Readonly<Record<string, string>> = { colors: "bitsColor", mask: "bitsMask" };

/** The parts of an icon that its pixels follow from: of a decoded TS_ICON_INFO, or of the window model. */
export interface IconBitmaps {
  readonly bpp: number;
  readonly width: number;
  readonly height: number;
  readonly bitsMask: Uint8Array;
  readonly colorTable?: Uint8Array | undefined;
  readonly bitsColor: Uint8Array;
}

/**
 * The pixels of an icon, [MS-RDPERP] 2.2.1.2.3: lowest row first, rows padded to 4 bytes, 16 bits
 * are RGB 555, transparent where the mask is 1. Where 32-bit pixels have alpha, it decides alone:
 * WSLg sets the mask's bits the other way round. An icon of up to 8 bits without a color table, as
 * xrdp sends it, becomes shades of grey. Throws `DecodeError` for a depth that icons do not have,
 * a width or height of 0, and bitmaps with fewer bytes than the size takes.
 */
export function iconToRgba(icon: IconBitmaps): RgbaImage {
  const { bpp, width, height, bitsMask, colorTable, bitsColor } = icon;
  if (!depths.has(bpp)) {
    throw new DecodeError(name, "bpp", 0, { code: "out-of-range", value: bpp, allowed: "1, 2, 4, 8, 16, 24, 32" });
  }
  try {
    return maskedImageToRgba({
      width,
      height,
      bitsPerPixel: bpp === 16 ? 15 : bpp,
      colors: bitsColor,
      mask: bitsMask,
      palette: colorTable !== undefined && colorTable.length > 0 ? colorTable : undefined,
      bottomUp: true,
      rowAlignment: 4,
      maskedPixels: "transparent",
    });
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new DecodeError(name, fields[error.field] ?? error.field, error.offset, error.issue);
  }
}
