import { DecodeError } from "@railvail/wire";
import { PixelFormat } from "./pdu/pixel-format.js";

/**
 * Pixels of the codec `uncompressed` as RGBA: 4 bytes a pixel (B, G, R, and alpha or nothing), row by
 * row from the top left, rows not padded. Alpha is taken as it is from `PixelFormat.argb8888`; in
 * other formats all pixels are opaque. Throws {@link DecodeError} unless `data` has exactly
 * `width * height` pixels. [MS-RDPEGFX] 2.2.2.1.
 */
export function uncompressedToRgba(data: Uint8Array, width: number, height: number, pixelFormat: number): Uint8Array {
  const declared = width * height * 4;
  if (data.length !== declared) {
    const issue = { code: "length-mismatch", declared, actual: data.length } as const;
    throw new DecodeError("RDPGFX_CODECID_UNCOMPRESSED", "bitmapData", 0, issue);
  }
  const rgba = new Uint8Array(declared);
  const hasAlpha = pixelFormat === PixelFormat.argb8888;
  for (let at = 0; at < declared; at += 4) {
    rgba[at] = data[at + 2] as number;
    rgba[at + 1] = data[at + 1] as number;
    rgba[at + 2] = data[at] as number;
    rgba[at + 3] = hasAlpha ? (data[at + 3] as number) : 0xff;
  }
  return rgba;
}
