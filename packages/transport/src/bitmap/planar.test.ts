import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { damaged, damages, valueBitmaps } from "../../testing/bitmap-arbitraries.js";
import { BitmapError } from "./bitmap-error.js";
import type { BgraPixels } from "./pixel-colors.js";
import { compressPlanar } from "./planar-compressor.js";
import { decompressPlanar } from "./planar-decompressor.js";

/** Pixels with any fourth byte, with room around them. */
const pictures: fc.Arbitrary<BgraPixels> = fc
  .tuple(valueBitmaps(24), fc.nat(255), fc.nat(9), fc.nat(5))
  .map(([{ values, width, height }, alpha, offset, room]) => {
    const stride = width * 4 + room;
    const bgra = new Uint8Array(offset + stride * height).fill(0xcc);
    values.forEach((value, index) => {
      const at = offset + Math.floor(index / width) * stride + (index % width) * 4;
      bgra.set([value & 255, (value >> 8) & 255, value >> 16, alpha ^ (index % 7 === 0 ? value & 255 : 0)], at);
    });
    return { bgra, offset, stride, width, height };
  });

/** The pixels alone, rows from the top. */
function packed({ bgra, offset = 0, stride, width, height }: BgraPixels, opaque: boolean): Uint8Array {
  const rows = Array.from({ length: height }, (_, row) =>
    bgra.subarray(offset + row * stride, offset + row * stride + width * 4),
  );
  return Uint8Array.from(Buffer.concat(rows), (byte, at) => (opaque && at % 4 === 3 ? 0xff : byte));
}

/** The largest stream: its header, the planes and one byte of padding. */
const most = ({ width, height }: BgraPixels, alpha: boolean): number => 2 + width * height * (alpha ? 4 : 3);

describe("planar bitmaps", () => {
  test("what is compressed comes back, with alpha and without, in both orders of rows", () => {
    fc.assert(
      fc.property(pictures, fc.boolean(), fc.boolean(), (picture, alpha, bottomUp) => {
        const made = compressPlanar(picture, { alpha, bottomUp });
        expect(made.length).toBeLessThanOrEqual(most(picture, alpha));
        const back = decompressPlanar(made, picture.width, picture.height, { bottomUp });
        expect(Buffer.compare(back, packed(picture, !alpha))).toBe(0);
        const opaque = decompressPlanar(made, picture.width, picture.height, { bottomUp, opaque: true });
        expect(Buffer.compare(opaque, packed(picture, true))).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test("runs of every length come back", () => {
    for (let run = 1; run < 200; run++) {
      for (const before of [0, 1, 15, 16, 31]) {
        const width = before + run + 1;
        const bgra = new Uint8Array(width * 4).fill(0xff);
        for (let x = 0; x < width; x++) bgra[x * 4] = x < before ? x + 1 : x < before + run ? before : 200;
        const made = compressPlanar({ bgra, width, height: 1, stride: width * 4 });
        expect(Buffer.compare(decompressPlanar(made, width, 1), bgra)).toBe(0);
      }
    }
  });

  test("damaged and arbitrary streams give BitmapError or all pixels", () => {
    fc.assert(
      fc.property(pictures, damages, fc.nat(255), fc.boolean(), (picture, damage, header, other) => {
        const bytes = damaged(compressPlanar(picture, { alpha: true }), damage);
        if (other && bytes.length > 0) bytes[0] = header;
        expectPixelsOrError(bytes, picture.width, picture.height);
      }),
      { numRuns: 300 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(20), fc.nat(20), expectPixelsOrError), {
      numRuns: 300,
    });
  });
});

function expectPixelsOrError(bytes: Uint8Array, width: number, height: number): void {
  try {
    expect(decompressPlanar(bytes, width, height).length).toBe(width * height * 4);
  } catch (error) {
    if (!(error instanceof BitmapError)) throw error;
    expect(error.offset).toBeLessThanOrEqual(bytes.length);
  }
}

describe("planes of run-length segments", () => {
  /** The plane of [MS-RDPEGDI] 3.1.9.2.3: 6 by 3 values. */
  const example = [
    0x13, 0xff, 0x20, 0xfe, 0xfd, 0x60, 0x01, 0x7d, 0xf5, 0xc2, 0x9a, 0x38, 0x60, 0x01, 0x67, 0x8b, 0xa3,
  ];
  const plane = [...example, 0x78, 0xaf];
  const rows = ["ff ff ff ff fe fd", "fe c0 84 60 4b 19", "fd 8c 3e 0e 87 c1"];
  const values = [...Buffer.from(rows.join("").replaceAll(" ", ""), "hex")];
  const gray = Uint8Array.from(values.flatMap((value) => [value, value, value, 255]));

  test("the example of the specification is read and written", () => {
    const stream = Uint8Array.of(0x30, ...plane, ...plane, ...plane);
    expect(decompressPlanar(stream, 6, 3)).toEqual(gray);
    expect(compressPlanar({ bgra: gray, width: 6, height: 3, stride: 24 })).toEqual(
      // Runs do not pay here: the planes are sent as they are.
      Uint8Array.of(0x20, ...values, ...values, ...values, 0),
    );
  });

  test("a hundred times the same value takes four bytes, as in 3.1.9.2.2", () => {
    const bgra = new Uint8Array(400).fill(0x41);
    const made = compressPlanar({ bgra, width: 100, height: 1, stride: 400 });
    const run = [0x1f, 0x41, 0xf2, 0x52];
    expect(made).toEqual(Uint8Array.of(0x30, ...run, ...run, ...run));
  });

  test("chroma that is halved belongs to two by two pixels, fewer at the edges", () => {
    // Luma 100; Co 10 and Cg 4 at the left, none at the right; a level of 1 has them halved.
    const stream = Uint8Array.of(0x29, ...new Uint8Array(9).fill(100), 10, 0, 10, 0, 4, 0, 4, 0, 0);
    const left = [100 + 10 - 4, 104, 100 - 10 - 4, 255];
    const row = [...left, ...left, 100, 100, 100, 255];
    expect(decompressPlanar(stream, 3, 3)).toEqual(Uint8Array.of(...row, ...row, ...row));
  });

  test("lost bits of chroma are put back, colors are kept between 0 and 255", () => {
    const pixel = (level: number, luma: number, orange: number, green: number): number[] => [
      ...decompressPlanar(Uint8Array.of(0x20 | level, luma, orange & 255, green & 255), 1, 1),
    ];
    expect(pixel(3, 100, 5, -2)).toEqual([100 + 20 + 8, 100 - 8, 100 - 20 + 8, 255]);
    expect(pixel(3, 250, 30, 0)).toEqual([255, 250, 130, 255]);
    expect(pixel(1, 10, 0, -20)).toEqual([30, 0, 30, 255]);
  });

  const refusals: [string, number[], unknown][] = [
    ["no input", [], { code: "not-enough-input", needed: 1, available: 0 }],
    ["chroma subsampling without chroma", [0x28, 1, 1, 1, 1], { code: "unknown-code", value: 0x28 }],
    ["a segment of nothing", [0x30, 0x20, 1, 1, 0x00], { code: "unknown-code", value: 0 }],
    ["a segment past the row", [0x30, 0x13, 1], { code: "run-too-long", length: 4, limit: 2 }],
    ["values that are missing", [0x30, 0x20, 1], { code: "not-enough-input", needed: 2, available: 1 }],
    ["planes that are missing", [0x20, 1, 2, 3, 4], { code: "not-enough-input", needed: 4, available: 0 }],
    ["a size that it cannot have", [0x30], { code: "too-large", pixels: 4, limit: 0 }],
  ];
  test.each(refusals)("%s is refused", (_, bytes, issue) => {
    const read = (): unknown => decompressPlanar(Uint8Array.from(bytes), 2, 2);
    expect(read).toThrow(expect.objectContaining({ name: "BitmapError", issue }));
  });
});
