import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueBitmaps } from "../../testing/bitmap-arbitraries.js";
import { BitmapFlags, BitmapUpdate } from "../pdu/bitmap-update.js";
import { bitmapData } from "./bitmap-data.js";
import { bitmapPixels, type BitmapData } from "./bitmap-pixels.js";
import { compressInterleaved } from "./interleaved-compressor.js";
import { paletteOf } from "./palette.js";
import { bgraToValues, valuesToBgra } from "./pixel-colors.js";
import { compressPlanar } from "./planar-compressor.js";

const depths = [15, 16, 24, 32] as const;
const noPalette = new Uint8Array(0);

/** A rectangle of uncompressed pixels that is as large as its bitmap. */
function raw(width: number, height: number, bitsPerPixel: number, bytes: readonly number[]): BitmapData {
  return {
    destLeft: 10,
    destTop: 20,
    destRight: 10 + width - 1,
    destBottom: 20 + height - 1,
    width,
    height,
    bitsPerPixel,
    flags: 0,
    bitmapData: {
      bitmapComprHdr: undefined,
      bitmapDataStream: Uint8Array.from(bytes),
    },
  };
}
const bgraOf = (rectangle: BitmapData): number[] => [...bitmapPixels(rectangle).bgra];

describe("rectangles of bitmap updates", () => {
  test("come back in every depth, compressed or not, over the wire, less the bits that do not fit", () => {
    fc.assert(
      fc.property(
        valueBitmaps(24),
        fc.constantFrom(...depths),
        fc.boolean(),
        fc.boolean(),
        ({ values, width, height }, bitsPerPixel, compress, noHeader) => {
          const bgra = valuesToBgra(values, width, { width, height }, 24, noPalette);
          const pixels = { bgra, stride: width * 4, width, height };
          const made = bitmapData(7, 9, pixels, { bitsPerPixel, compress, noHeader });
          const update = BitmapUpdate.decode(BitmapUpdate.encode({ rectangles: [made] }));
          const shown = bitmapPixels(update.rectangles[0] as BitmapData);
          expect(shown).toMatchObject({ left: 7, top: 9, width, height });
          const expected =
            bitsPerPixel === 15 || bitsPerPixel === 16
              ? valuesToBgra(bgraToValues(pixels, bitsPerPixel), width, { width, height }, bitsPerPixel, noPalette)
              : bgra;
          expect(Buffer.compare(shown.bgra, expected)).toBe(0);
          // Green loses two or three bits, red and blue three.
          const lost = bgra.reduce((most, byte, at) => Math.max(most, Math.abs(byte - (shown.bgra[at] as number))), 0);
          expect(lost).toBeLessThan(8);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("rows lie from the bottom and are padded to four bytes", () => {
    expect(bgraOf(raw(1, 2, 24, [1, 2, 3, 0, 4, 5, 6, 0]))).toEqual([4, 5, 6, 255, 1, 2, 3, 255]);
    expect(bgraOf(raw(1, 2, 16, [0x1f, 0, 9, 9, 0xe0, 0x07, 9, 9]))).toEqual([0, 255, 0, 255, 255, 0, 0, 255]);
  });

  test("the colors of each depth", () => {
    expect(bgraOf(raw(2, 1, 15, [0x00, 0x7c, 0x10, 0x82]))).toEqual([0, 0, 255, 255, 132, 132, 0, 255]);
    expect(bgraOf(raw(2, 1, 16, [0x00, 0xf8, 0x00, 0x04]))).toEqual([0, 0, 255, 255, 0, 130, 0, 255]);
    expect(bgraOf(raw(1, 1, 32, [1, 2, 3, 4]))).toEqual([1, 2, 3, 255]);
    expect([...bitmapPixels(raw(1, 1, 32, [1, 2, 3, 4]), { keepAlpha: true }).bgra]).toEqual([1, 2, 3, 4]);
  });

  test("pixels of 8 bits take their colors from the palette", () => {
    const palette = paletteOf([
      { red: 1, green: 2, blue: 3 },
      { red: 4, green: 5, blue: 6 },
    ]);
    const { bgra } = bitmapPixels(raw(3, 1, 8, [1, 0, 2, 0]), { palette });
    expect([...bgra]).toEqual([6, 5, 4, 255, 3, 2, 1, 255, 0, 0, 0, 255]);
    expect(() => bitmapPixels(raw(1, 1, 8, [0, 0, 0, 0]))).toThrow(
      "pixels at byte 0: pixels of 8 bits without a palette",
    );
    const compressed = compressInterleaved(new Uint32Array(64).fill(1), 8, 8) as Uint8Array;
    const rectangle = { ...raw(8, 8, 8, [...compressed]), flags: BitmapFlags.BITMAP_COMPRESSION };
    expect([...bitmapPixels(rectangle, { palette }).bgra.subarray(252)]).toEqual([6, 5, 4, 255]);
  });

  test("what is right of and below the rectangle is left out, in all forms", () => {
    const bgra = Uint8Array.from({ length: 8 * 8 * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at >> 5) * 16 + (at & 12)));
    const pixels = { bgra, stride: 32, width: 8, height: 8 };
    const expected = [0, 1, 2].flatMap((row) => [...bgra.subarray(row * 32, row * 32 + 20)]);
    for (const bitsPerPixel of [24, 32] as const) {
      for (const compress of [false, true]) {
        const made = bitmapData(1, 1, pixels, { bitsPerPixel, compress, noHeader: false });
        expect(made.flags !== 0).toBe(compress);
        const shown = bitmapPixels({ ...made, destRight: 5, destBottom: 3 });
        expect(shown).toMatchObject({ width: 5, height: 3 });
        expect([...shown.bgra]).toEqual(expected);
        expect(bitmapPixels({ ...made, destRight: 0, destBottom: 0 }).bgra.length).toBe(0);
      }
    }
  });

  test("too few bytes, unknown depths and too many pixels are refused", () => {
    expect(() => bitmapPixels(raw(2, 2, 32, [1, 2, 3]))).toThrow(
      "pixels at byte 0: not enough bytes: needed 16, have 3",
    );
    expect(() => bitmapPixels(raw(1, 2, 24, [1, 2, 3, 0]))).toThrow("needed 8, have 4");
    expect(() => bitmapPixels(raw(1, 1, 4, [1, 2, 3, 0]))).toThrow("unknown color depth of 4 bits per pixel");
    expect(() => bitmapPixels(raw(8, 8, 32, []), { pixelLimit: 63 })).toThrow("64 pixels where at most 63 are allowed");
    expect(() => bitmapPixels(raw(65_535, 65_535, 16, []))).toThrow(
      "4294836225 pixels where at most 8388608 are allowed",
    );
  });

  test("widths that are no multiple of four are not compressed", () => {
    const pixels = { bgra: new Uint8Array(5 * 4 * 4), stride: 20, width: 5, height: 4 };
    for (const bitsPerPixel of depths) {
      expect(bitmapData(0, 0, pixels, { bitsPerPixel, compress: true, noHeader: false }).flags).toBe(0);
    }
  });

  test("the header of compressed bitmaps tells their sizes", () => {
    const pixels = { bgra: new Uint8Array(8 * 4 * 4), stride: 32, width: 8, height: 4 };
    const { bitmapData: data } = bitmapData(0, 0, pixels, { bitsPerPixel: 16, compress: true, noHeader: false });
    const size = data.bitmapDataStream.length;
    expect(data.bitmapComprHdr).toEqual({
      cbCompFirstRowSize: 0,
      cbCompMainBodySize: size,
      cbScanWidth: 8,
      cbUncompressedSize: 64,
    });
    expect(compressPlanar(pixels).length).toBeLessThan(20);
  });

  test("the alpha plane is sent where it is wanted", () => {
    const pixels = { bgra: new Uint8Array(8 * 4 * 4).fill(9), stride: 32, width: 8, height: 4 };
    const options = { bitsPerPixel: 32, compress: true, noHeader: true } as const;
    const fourth = (alpha: boolean): number | undefined =>
      bitmapPixels(bitmapData(0, 0, pixels, { ...options, alpha }), { keepAlpha: true }).bgra[3];
    expect([fourth(true), fourth(false)]).toEqual([9, 255]);
  });
});
