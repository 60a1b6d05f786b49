import { DecodeError } from "@railvail/wire";
import { PixelFormat } from "./pdu/pixel-format.js";
import type { Rectangle } from "./rectangles.js";

/** Where pixels are put: four bytes a pixel (R, G, B, A), `width` pixels a row. */
interface RgbaImage {
  readonly width: number;
  readonly rgba: Uint8Array;
}

/** What becomes of the opacity that is there: the data's takes its place, or full opacity, or it stays. */
export type AlphaUse = "given" | "opaque" | "kept";

/**
 * Pixels of the codec `uncompressed` as RGBA: 4 bytes a pixel (B, G, R, and alpha or nothing), row by
 * row from the top left, rows not padded. Alpha is taken as it is from `PixelFormat.argb8888`; in
 * other formats all pixels are opaque. Throws {@link DecodeError} unless `data` has exactly
 * `width * height` pixels. [MS-RDPEGFX] 2.2.2.1.
 */
export function uncompressedToRgba(data: Uint8Array, width: number, height: number, pixelFormat: number): Uint8Array {
  checkSize(data, width, height);
  const image = { width, rgba: new Uint8Array(width * height * 4) };
  const all = { left: 0, top: 0, right: width, bottom: height };
  uncompressedInto(image, data, all, all, pixelFormat === PixelFormat.argb8888 ? "given" : "opaque");
  return image.rgba;
}

/**
 * Puts pixels of the codec `uncompressed` on the rectangle `at` of an image, as far as they land in `into`, which
 * is a part of `at` and of the image. Throws {@link DecodeError} unless `data` has exactly the pixels of `at`.
 */
export function uncompressedInto(
  { width, rgba }: RgbaImage,
  data: Uint8Array,
  at: Rectangle,
  into: Rectangle,
  alpha: AlphaUse,
): void {
  const rowLength = at.right - at.left;
  checkSize(data, rowLength, at.bottom - at.top);
  if (isLittleEndian && rgba.byteOffset % 4 === 0) {
    wordsInto(width, new Int32Array(rgba.buffer, rgba.byteOffset, rgba.length >> 2), data, at, into, alpha);
    return;
  }
  for (let y = into.top; y < into.bottom; y++) {
    let from = ((y - at.top) * rowLength + into.left - at.left) * 4;
    let to = (y * width + into.left) * 4;
    const end = (y * width + into.right) * 4;
    for (; to < end; from += 4, to += 4) {
      rgba[to] = data[from + 2] as number;
      rgba[to + 1] = data[from + 1] as number;
      rgba[to + 2] = data[from] as number;
      if (alpha !== "kept") rgba[to + 3] = alpha === "given" ? (data[from + 3] as number) : 0xff;
    }
  }
}

/** The first byte of a word is its lowest. */
const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** The highest byte of a word. */
const alphaBits = 0xff << 24;

/** The same, a pixel at a time. `data` may begin at any byte, so each row is copied to where words can be read. */
function wordsInto(
  width: number,
  words: Int32Array,
  data: Uint8Array,
  at: Rectangle,
  into: Rectangle,
  alpha: AlphaUse,
): void {
  const length = into.right - into.left;
  const row = new Int32Array(Math.max(0, length));
  const bytes = new Uint8Array(row.buffer);
  const taken = 0xff00 | (alpha === "given" ? alphaBits : 0);
  const added = alpha === "opaque" ? alphaBits : 0;
  const kept = alpha === "kept" ? alphaBits : 0;
  for (let y = into.top; y < into.bottom; y++) {
    const from = ((y - at.top) * (at.right - at.left) + into.left - at.left) * 4;
    bytes.set(data.subarray(from, from + bytes.length));
    swapRow(row, words, y * width + into.left, taken, added, kept);
  }
}

/** Red and blue change places; the bits of `taken` are the row's, those of `kept` stay. */
function swapRow(row: Int32Array, words: Int32Array, start: number, taken: number, added: number, kept: number): void {
  for (let x = 0; x < row.length; x++) {
    const pixel = row[x] as number;
    const swapped = ((pixel & 0xff) << 16) | ((pixel >>> 16) & 0xff);
    words[start + x] = (pixel & taken) | swapped | added | ((words[start + x] as number) & kept);
  }
}

function checkSize(data: Uint8Array, width: number, height: number): void {
  const declared = width * height * 4;
  if (data.length === declared) return;
  const issue = { code: "length-mismatch", declared, actual: data.length } as const;
  throw new DecodeError("RDPGFX_CODECID_UNCOMPRESSED", "bitmapData", 0, issue);
}
