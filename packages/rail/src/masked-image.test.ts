import { DecodeError } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { iconToRgba, maskedImageToRgba, type MaskedImage } from "./index.js";

/** A picture as a painter thinks of it: rows from the top, a number a pixel, and what the mask hides. */
interface Picture {
  readonly depth: number;
  readonly rows: readonly (readonly number[])[];
  readonly hidden: readonly (readonly boolean[])[];
  readonly bottomUp: boolean;
  readonly alignment: 1 | 2 | 4;
  readonly palette: readonly (readonly [number, number, number])[] | undefined;
}

type Rgba = readonly [number, number, number, number];

/** Rows of bits as bytes: leftmost bit highest, each row filled up. */
function packed(rows: readonly string[], alignment: number, bottomUp: boolean): Uint8Array {
  const bits = alignment * 8;
  const filled = rows.map((row) => row.padEnd(Math.ceil(row.length / bits) * bits, "1"));
  const text = (bottomUp ? filled.toReversed() : filled).join("");
  return Uint8Array.from(text.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** The bits of a pixel in the order of the wire: deeper ones are little-endian. */
function bitsOf(pixel: number, depth: number): string {
  const bits = depth === 15 ? 16 : depth;
  const text = pixel.toString(2).padStart(bits, "0");
  return depth < 15 ? text : (text.match(/.{8}/g) as string[]).toReversed().join("");
}

function imageOf(picture: Picture): MaskedImage {
  const { depth, rows, hidden, alignment, bottomUp, palette } = picture;
  const lines = rows.map((row) => row.map((pixel) => bitsOf(pixel, depth)).join(""));
  const marks = hidden.map((row) => row.map(Number).join(""));
  return {
    width: rows[0]?.length ?? 0,
    height: rows.length,
    bitsPerPixel: depth,
    colors: packed(lines, alignment, bottomUp),
    mask: packed(marks, alignment, bottomUp),
    palette: palette && Uint8Array.from(palette.flatMap(([r, g, b]) => [b, g, r, 77])),
    bottomUp,
    rowAlignment: alignment,
  };
}

const scaled = (value: number, bits: number): number => {
  const text = value.toString(2).padStart(bits, "0");
  return Number.parseInt((text + text).slice(0, 8), 2);
};

/** The color of a pixel by the words of the specifications. */
function colorOf(pixel: number, { depth, palette }: Picture): Rgba {
  if (depth <= 8) {
    const grey = Math.round((pixel * 255) / (2 ** depth - 1));
    const [r, g, b] = palette === undefined ? [grey, grey, grey] : (palette[pixel] ?? [0, 0, 0]);
    return [r, g, b, 255];
  }
  if (depth === 15) return [scaled((pixel >> 10) & 31, 5), scaled((pixel >> 5) & 31, 5), scaled(pixel & 31, 5), 255];
  if (depth === 16) return [scaled(pixel >> 11, 5), scaled((pixel >> 5) & 63, 6), scaled(pixel & 31, 5), 255];
  return [(pixel >> 16) & 255, (pixel >> 8) & 255, pixel & 255, depth === 24 ? 255 : pixel >>> 24];
}

/** Paints pixel by pixel. `rule` says what the mask does. */
function painted(picture: Picture, rule: "icon" | "pointer"): number[] {
  const colors = picture.rows.map((row) => row.map((pixel) => colorOf(pixel, picture)));
  const hasAlpha = picture.depth === 32 && colors.flat().some(([, , , alpha]) => alpha > 0);
  return colors.flatMap((row, y) =>
    row.flatMap((color, x): readonly number[] => {
      const [r, g, b] = color;
      if (hasAlpha) return color;
      if (picture.hidden[y]?.[x] !== true) return [r, g, b, 255];
      if (rule === "icon" || r + g + b === 0) return [0, 0, 0, 0];
      if (r + g + b < 3 * 255) return [r, g, b, 255];
      return (x + y) % 2 === 0 ? [0, 0, 0, 255] : [255, 255, 255, 255];
    }),
  );
}

const depths = [1, 2, 4, 8, 15, 16, 24, 32] as const;

const pictures = (depth: number, alignment: readonly (1 | 2 | 4)[]): fc.Arbitrary<Picture> =>
  fc.tuple(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 7 })).chain(([width, height]) => {
    const highest = depth === 15 ? 0x7fff : 2 ** depth - 1;
    const opaque = fc.nat(0xff_ffff);
    const pixel =
      depth === 32 ? fc.oneof(opaque, fc.nat(0xffff_ffff)) : fc.oneof(fc.nat(highest), fc.constant(highest));
    const grid = <T>(cell: fc.Arbitrary<T>): fc.Arbitrary<T[][]> =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: height, maxLength: height });
    const byte = fc.nat(255);
    const colors = fc.array(fc.tuple(byte, byte, byte), { minLength: 1, maxLength: Math.min(256, highest + 1) });
    return fc.record({
      depth: fc.constant(depth),
      rows: fc.oneof(grid(pixel), grid(opaque.map((value) => value & Math.min(highest, 0xff_ffff)))),
      hidden: grid(fc.boolean()),
      bottomUp: fc.boolean(),
      alignment: fc.constantFrom(...alignment),
      palette: depth <= 8 ? fc.option(colors, { nil: undefined }) : fc.constant(undefined),
    });
  });

describe.each(depths)("%i bits a pixel", (depth) => {
  test("are painted as a painter would", () => {
    fc.assert(
      fc.property(pictures(depth, [1, 2, 4]), (picture) => {
        const image = imageOf(picture);
        const { rgba, width, height } = maskedImageToRgba(image);
        expect([width, height]).toEqual([image.width, image.height]);
        expect([...rgba]).toEqual(painted(picture, "pointer"));
      }),
      { numRuns: 60 },
    );
  });

  test("too few bytes are refused, more are ignored", () => {
    fc.assert(
      fc.property(pictures(depth, [2, 4]), (picture) => {
        const image = imageOf(picture);
        const { colors, mask } = image as { colors: Uint8Array; mask: Uint8Array };
        const longer = { ...image, colors: Uint8Array.of(...colors, 1), mask: Uint8Array.of(...mask, 1) };
        expect(maskedImageToRgba(longer)).toEqual(maskedImageToRgba(image));
        expect(() => maskedImageToRgba({ ...image, colors: colors.subarray(1) })).toThrow(
          "colors at byte 0: not enough",
        );
        if (mask.length > 1) {
          expect(() => maskedImageToRgba({ ...image, mask: mask.subarray(1) })).toThrow("mask at byte 0: not enough");
        }
      }),
      { numRuns: 20 },
    );
  });
});

test.each([1, 2, 4, 8, 15, 24, 32])(
  "an icon of %i bits is hidden where its mask is 1 (15 stands for its 16)",
  (depth) => {
    fc.assert(
      fc.property(pictures(depth, [4]), (drawn) => {
        const picture = { ...drawn, bottomUp: true };
        const { width, height, colors, mask, palette } = imageOf(picture);
        const bpp = depth === 15 ? 16 : depth;
        const icon = { bpp, width, height, bitsMask: mask as Uint8Array, colorTable: palette, bitsColor: colors };
        expect([...iconToRgba(icon).rgba]).toEqual(painted(picture, "icon"));
      }),
      { numRuns: 60 },
    );
  },
);

const dot: MaskedImage = { width: 1, height: 1, bitsPerPixel: 24, colors: Uint8Array.of(1, 2, 3, 0), bottomUp: true };

describe("a masked image", () => {
  test("without a mask is all there", () => {
    const shown = Uint8Array.of(3, 2, 1, 255);
    expect(maskedImageToRgba(dot).rgba).toEqual(shown);
    expect(maskedImageToRgba({ ...dot, mask: new Uint8Array(0) }).rgba).toEqual(shown);
  });

  test("of 32 bits without alpha anywhere follows its mask", () => {
    const image = { ...dot, width: 2, bitsPerPixel: 32, colors: Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 0) };
    const mask = Uint8Array.of(0x40, 0);
    expect([...maskedImageToRgba({ ...image, mask, maskedPixels: "transparent" }).rgba]).toEqual([
      3, 2, 1, 255, 0, 0, 0, 0,
    ]);
  });

  test("an index past the end of the palette is black", () => {
    const image = { ...dot, bitsPerPixel: 8, colors: Uint8Array.of(1, 0), palette: Uint8Array.of(9, 9, 9, 0) };
    expect([...maskedImageToRgba(image).rgba]).toEqual([0, 0, 0, 255]);
  });

  test.each([0, -1, 1.5, Number.NaN, 2 ** 32])("of size %d is refused", (size) => {
    expect(() => maskedImageToRgba({ ...dot, width: size })).toThrow(DecodeError);
    expect(() => maskedImageToRgba({ ...dot, height: size })).toThrow(DecodeError);
  });

  test.each([0, 3, 33, 64, Number.NaN])("of %d bits a pixel is refused", (bitsPerPixel) => {
    expect(() => maskedImageToRgba({ ...dot, bitsPerPixel })).toThrow("masked image.bitsPerPixel at byte 0");
  });

  test("memory is not taken before the bytes are known to be there", () => {
    const huge = { ...dot, width: 0xffff, height: 0xffff };
    expect(() => maskedImageToRgba(huge)).toThrow("not enough bytes: needed 12884574210, have 4");
  });
});

describe("an icon", () => {
  const pixel = {
    bpp: 32,
    width: 1,
    height: 1,
    bitsMask: Uint8Array.of(0x80, 0, 0, 0),
    bitsColor: Uint8Array.of(1, 2, 3, 9),
  };

  test("of WSLg, whose mask is set where it shows, has its alpha", () => {
    expect([...iconToRgba(pixel).rgba]).toEqual([3, 2, 1, 9]);
  });

  test("of 16 bits is RGB 555", () => {
    const icon = { ...pixel, bpp: 16, bitsMask: new Uint8Array(4), bitsColor: Uint8Array.of(0x1f, 0x00, 0, 0) };
    expect([...iconToRgba(icon).rgba]).toEqual([0, 0, 255, 255]);
    expect([...iconToRgba({ ...icon, bitsColor: Uint8Array.of(0x00, 0x7c, 0, 0) }).rgba]).toEqual([255, 0, 0, 255]);
  });

  test("of 8 bits with an empty color table is grey", () => {
    const icon = { ...pixel, bpp: 8, bitsMask: new Uint8Array(4), colorTable: new Uint8Array(0) };
    expect([...iconToRgba(icon).rgba]).toEqual([1, 1, 1, 255]);
  });

  test.each([
    [{ width: 0 }, "TS_ICON_INFO.width at byte 0: value out of range: 0"],
    [{ height: 2 }, "TS_ICON_INFO.bitsColor at byte 0: not enough bytes: needed 8, have 4"],
    [{ bpp: 15 }, "TS_ICON_INFO.bpp at byte 0: value out of range: 15"],
    [{ bitsMask: new Uint8Array(3) }, "TS_ICON_INFO.bitsMask at byte 0: not enough bytes: needed 4, have 3"],
  ])("that cannot be is refused: %o", (change, message) => {
    expect(() => iconToRgba({ ...pixel, bpp: 24, ...change })).toThrow(message);
  });
});
