import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { damaged, damages, valueBitmaps } from "../../testing/bitmap-arbitraries.js";
import { BitmapError } from "./bitmap-error.js";
import { compressInterleaved } from "./interleaved-compressor.js";
import { decompressInterleaved } from "./interleaved-decompressor.js";

const depths = [8, 15, 16, 24] as const;

const decompress = (width: number, height: number, ...bytes: number[]): number[] => [
  ...decompressInterleaved(Uint8Array.from(bytes), width, height, 8),
];

describe.each(depths)("%i bits per pixel", (bitsPerPixel) => {
  const size = (bitsPerPixel + 7) >> 3;

  test("what is compressed comes back, and is shorter than the pixels", () => {
    fc.assert(
      fc.property(valueBitmaps(bitsPerPixel), ({ values, width, height }) => {
        const made = compressInterleaved(values, width, bitsPerPixel);
        if (made === undefined) return;
        expect(made.length).toBeLessThan(values.length * size);
        const back = decompressInterleaved(made, width, height, bitsPerPixel);
        expect(Buffer.compare(Buffer.from(back.buffer), Buffer.from(values.buffer))).toBe(0);
      }),
      { numRuns: 250 },
    );
  });

  test("a white pixel where the second row begins comes back, after a first row of black", () => {
    const values = new Uint32Array(64);
    values[8] = 2 ** bitsPerPixel - 1;
    const made = compressInterleaved(values, 8, bitsPerPixel) ?? expect.fail();
    expect(decompressInterleaved(made, 8, 8, bitsPerPixel)).toEqual(values);
  });

  test("a damaged stream gives BitmapError or all pixels", () => {
    fc.assert(
      fc.property(valueBitmaps(bitsPerPixel), damages, ({ values, width, height }, damage) => {
        const made = compressInterleaved(values, width, bitsPerPixel) ?? Uint8Array.of(0x9f);
        expectPixelsOrError(damaged(made, damage), width, height, bitsPerPixel);
      }),
      { numRuns: 150 },
    );
  });

  test("any bytes give BitmapError or all pixels", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(40), fc.nat(40), (bytes, width, height) =>
        expectPixelsOrError(bytes, width, height, bitsPerPixel),
      ),
      { numRuns: 300 },
    );
  });

  test("one color, two colors in turn and a text of two colors take a fraction", () => {
    const width = 64;
    const pixels = (color: (at: number) => number): Uint32Array =>
      Uint32Array.from({ length: 64 * 64 }, (_, i) => color(i));
    const letters = (at: number): number => ((Math.imul(at, 0x9e37_79b1) >> 9) & 7 & (at >> 5) ? 0x77 : 0x22);
    expect(
      compressInterleaved(
        pixels(() => 0x33),
        width,
        bitsPerPixel,
      )?.length,
    ).toBeLessThan(10);
    expect(
      compressInterleaved(
        pixels((at) => (at & 1) + 1),
        width,
        bitsPerPixel,
      )?.length,
    ).toBeLessThan(14);
    expect(compressInterleaved(pixels(letters), width, bitsPerPixel)?.length).toBeLessThan(64 * 64 * 0.3);
  });
});

function expectPixelsOrError(bytes: Uint8Array, width: number, height: number, bitsPerPixel: number): void {
  try {
    expect(decompressInterleaved(bytes, width, height, bitsPerPixel).length).toBe(width * height);
  } catch (error) {
    if (!(error instanceof BitmapError)) throw error;
    expect(error.offset).toBeLessThanOrEqual(bytes.length);
  }
}

describe("orders of interleaved run-length encoding", () => {
  test("a background run is black in the first row, and below what is above", () => {
    expect(decompress(4, 2, 0x04, 0x84, 1, 2, 3, 4)).toEqual([0, 0, 0, 0, 1, 2, 3, 4]);
    expect(decompress(4, 2, 0x84, 1, 2, 3, 4, 0x04)).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
  });

  test("a second background run begins with a pixel of the foreground", () => {
    expect(decompress(4, 2, 0x84, 1, 2, 3, 4, 0x02, 0x02)).toEqual([1, 2, 3, 4, 1, 2, 3 ^ 0xff, 4]);
  });

  test("but not where the second row begins", () => {
    expect(decompress(4, 2, 0x04, 0x04)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(decompress(4, 2, 0x02, 0x02, 0x04)).toEqual([0, 0, 0xff, 0, 0, 0, 0xff, 0]);
  });

  test("foreground runs are white until another color is set", () => {
    expect(decompress(4, 2, 0x24, 0xc2, 5, 0x22)).toEqual([255, 255, 255, 255, 250, 250, 250, 250]);
  });

  test("a mask has its bits from the lowest", () => {
    expect(decompress(8, 2, 0xd1, 7, 0b0000_0101, 0x41, 0b1000_0000)).toEqual([
      7, 0, 7, 0, 0, 0, 0, 0, 7, 0, 7, 0, 0, 0, 0, 7,
    ]);
    expect(decompress(4, 1, 0x40, 2, 0b101, 0xfd)).toEqual([255, 0, 255, 255]);
  });

  test("the fixed masks, white and black", () => {
    expect(decompress(9, 2, 0xf9, 0xfd, 0xfa, 0xfe)).toEqual([
      255, 255, 0, 0, 0, 0, 0, 0, 255, 0, 255, 255, 0, 0, 0, 0, 0, 0,
    ]);
  });

  test("runs of one color, of two, and pixels as they are", () => {
    expect(decompress(10, 1, 0x63, 9, 0xe2, 1, 2, 0x83, 4, 5, 6)).toEqual([9, 9, 9, 1, 2, 1, 2, 4, 5, 6]);
  });

  test("long runs follow in a byte, longer ones in two", () => {
    expect(decompress(40, 1, 0x60, 8, 3)).toEqual(new Array(40).fill(3));
    expect(decompress(300, 1, 0xf3, 300 & 255, 1, 3)).toEqual(new Array(300).fill(3));
    expect(decompress(20, 1, 0xc0, 4, 6)).toEqual(new Array(20).fill(6));
  });

  test("what is not reached stays black, what is too much is ignored", () => {
    expect(decompress(4, 2, 0x61, 9)).toEqual([9, 0, 0, 0, 0, 0, 0, 0]);
    expect(decompress(2, 1, 0x62, 9, 0xff, 0xff)).toEqual([9, 9]);
  });

  const refusals: [string, number[], unknown][] = [
    ["a code without a meaning", [0xa1], { code: "unknown-code", value: 0xa1 }],
    ["one more without a meaning", [0xfb], { code: "unknown-code", value: 0xfb }],
    ["a run past the end", [0x1f], { code: "run-too-long", length: 31, limit: 8 }],
    ["a run whose length is missing", [0xf0, 1], { code: "not-enough-input", needed: 2, available: 1 }],
    ["a color that is missing", [0x61], { code: "not-enough-input", needed: 1, available: 0 }],
    ["a mask that is missing", [0x41], { code: "not-enough-input", needed: 1, available: 0 }],
    ["no input at all", [], { code: "too-large", pixels: 8, limit: 0 }],
  ];
  test.each(refusals)("%s is refused", (_, bytes, issue) => {
    expect(() => decompress(4, 2, ...bytes)).toThrow(expect.objectContaining({ name: "BitmapError", issue }));
  });

  test("a size that the input cannot describe is refused before memory is taken", () => {
    const bytes = Uint8Array.of(0xf0, 0xff, 0xff);
    expect(() => decompressInterleaved(bytes, 65_535, 65_535, 24)).toThrow(/4294836225 pixels where at most 65535/);
    expect(decompressInterleaved(bytes, 257, 255, 16).length).toBe(65_535);
    expect(() => decompressInterleaved(bytes, 1, 1, 32)).toThrow(
      "interleaved-rle at byte 0: unknown color depth of 32",
    );
  });
});
