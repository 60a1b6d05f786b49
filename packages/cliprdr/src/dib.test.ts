import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DibCompression, pixelOffset, readDibHeader, type DibHeader } from "./dib-header.js";
import { bmpToDib, dibToBmp } from "./dib.js";

interface Shape {
  size: number;
  width?: number;
  height?: number;
  bitCount: number;
  compression?: number;
  imageSize?: number;
  colorsUsed?: number;
}

function dib(shape: Shape, extra = 0): Uint8Array {
  const { size, width = 3, height = -2, bitCount, compression = 0, imageSize = 0, colorsUsed = 0 } = shape;
  const header = { size, width, height, bitCount, compression, imageSize, colorsUsed };
  const rows = Math.ceil((width * bitCount) / 32) * 4 * Math.abs(height);
  const bytes = new Uint8Array(pixelOffset(header) + rows + extra).fill(0xee);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, size, true);
  if (size === 12) {
    view.setUint16(4, width, true);
    view.setUint16(6, height, true);
    view.setUint16(8, 1, true);
    view.setUint16(10, bitCount, true);
    return bytes;
  }
  view.setInt32(4, width, true);
  view.setInt32(8, height, true);
  view.setUint16(12, 1, true);
  view.setUint16(14, bitCount, true);
  view.setUint32(16, compression, true);
  view.setUint32(20, imageSize, true);
  view.setUint32(32, colorsUsed, true);
  return bytes;
}

const bmpOf = (bytes: Uint8Array, compat?: "wslg"): Uint8Array => {
  const bmp = dibToBmp(bytes, compat === undefined ? {} : { compat });
  if (typeof bmp === "string") throw new Error(bmp);
  return bmp;
};
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const offBits = (bmp: Uint8Array): number => view(bmp).getUint32(10, true);

const { bitfields, alphaBitfields, rle8 } = DibCompression;
const cases: readonly [string, Shape, correct: number, wslg: number | string][] = [
  ["40, 32 bpp bit fields", { size: 40, bitCount: 32, compression: bitfields }, 66, 66],
  ["40, 24 bpp", { size: 40, bitCount: 24 }, 54, 54],
  ["108, bit fields", { size: 108, bitCount: 32, compression: bitfields }, 122, 134],
  ["124, bit fields", { size: 124, bitCount: 32, compression: bitfields }, 138, 150],
  ["40, 8 bpp, no colours stated", { size: 40, bitCount: 8 }, 1078, 54],
  ["40, 8 bpp, 3 colours", { size: 40, bitCount: 8, colorsUsed: 3 }, 66, 66],
  ["40, 4 bpp", { size: 40, bitCount: 4 }, 118, 54],
  ["40, 1 bpp", { size: 40, bitCount: 1 }, 62, 54],
  ["40, alpha bit fields", { size: 40, bitCount: 32, compression: alphaBitfields }, 70, "unknown-size"],
  ["52, bit fields", { size: 52, bitCount: 16, compression: bitfields }, 66, 78],
  ["56, bit fields", { size: 56, bitCount: 16, compression: bitfields }, 70, 82],
  ["64, 8 bpp", { size: 64, bitCount: 8 }, 1102, 78],
  ["12, 4 bpp", { size: 12, height: 2, bitCount: 4 }, 74, 26],
  ["12, 24 bpp", { size: 12, height: 2, bitCount: 24 }, 26, 26],
];

describe("where the pixels start", () => {
  test.each(cases)("%s", (_, shape, correct, wslg) => {
    // Some bytes more, for the wrong offsets of the compatible mode to find enough.
    const bytes = dib(shape, 64);
    expect(offBits(bmpOf(bytes))).toBe(correct);
    const like = dibToBmp(bytes, { compat: "wslg" });
    expect(typeof like === "string" ? like : offBits(like)).toBe(wslg);
  });
});

test("there and back gives the same bytes, for every kind of header", () => {
  const shapes = fc.constantFrom(...cases.map(([, shape]) => shape));
  fc.assert(
    fc.property(shapes, fc.nat(40), fc.integer({ min: 1, max: 50 }), (shape, extra, width) => {
      const bytes = dib({ ...shape, width }, extra);
      const bmp = bmpOf(bytes);
      expect(view(bmp).getUint32(2, true)).toBe(bmp.length);
      expect(bmpToDib(bmp)).toEqual(bytes);
    }),
  );
});

test("any bytes give a bitmap or a fault, never an error", () => {
  const faults = ["too-short", "not-a-bitmap", "unknown-header", "unknown-size"];
  const sizes = fc.constantFrom(12, 40, 52, 56, 64, 108, 124, 13);
  fc.assert(
    fc.property(sizes, fc.uint8Array({ maxLength: 160 }), fc.boolean(), (size, bytes, asFile) => {
      const data = new Uint8Array([...(asFile ? [0x42, 0x4d, ...bytes.subarray(0, 12)] : []), size, 0, 0, 0, ...bytes]);
      for (const options of [{}, { compat: "wslg" as const }]) {
        for (const result of [dibToBmp(data, options), bmpToDib(data, options)]) {
          expect(typeof result !== "string" || faults.includes(result)).toBe(true);
        }
      }
    }),
  );
});

test("a gap between colours and pixels goes; WSLg keeps it", () => {
  const bytes = dib({ size: 40, bitCount: 24 });
  const bmp = new Uint8Array([...bmpOf(bytes).subarray(0, 54), 1, 2, 3, 4, ...bytes.subarray(40)]);
  view(bmp).setUint32(10, 58, true);
  expect(bmpToDib(bmp)).toEqual(bytes);
  expect(bmpToDib(bmp, { compat: "wslg" })).toEqual(bmp.subarray(14));
});

test("with the gap, the place of a colour profile moves", () => {
  const bytes = dib({ size: 124, bitCount: 24 }, 5);
  const profile = bytes.length - 5;
  view(bytes).setUint32(112, profile, true);
  view(bytes).setUint32(116, 5, true);
  const bmp = new Uint8Array([...bmpOf(bytes).subarray(0, 138), 0, 0, ...bytes.subarray(124)]);
  view(bmp).setUint32(10, 140, true);
  view(bmp).setUint32(14 + 112, profile + 2, true);
  expect(bmpToDib(bmp)).toEqual(bytes);
});

test("a profile after the pixels stays; WSLg drops it", () => {
  const bytes = dib({ size: 40, bitCount: 32 }, 7);
  expect(bmpOf(bytes).length).toBe(14 + bytes.length);
  expect(bmpOf(bytes, "wslg").length).toBe(14 + bytes.length - 7);
});

test("missing pixels are a fault, and compressed ones need a size for WSLg", () => {
  const bytes = dib({ size: 40, bitCount: 32 });
  expect(dibToBmp(bytes.subarray(0, bytes.length - 1))).toBe("too-short");
  const huge = dib({ size: 40, bitCount: 32 });
  view(huge).setInt32(8, -0x8000_0000, true);
  expect(dibToBmp(huge)).toBe("too-short");
  const packed = dib({ size: 40, bitCount: 8, compression: rle8 });
  expect(dibToBmp(packed, { compat: "wslg" })).toBe("unknown-size");
  expect(typeof dibToBmp(packed)).toBe("object");
});

const file = "../shared/vectors/open/cliprdr.json";
// Skipped only where the bytes of other projects are not beside the repository.
test.skipIf(!existsSync(file))("the vector of another project (skipped without ../shared/vectors)", () => {
  const vectors = JSON.parse(readFileSync(file, "utf8")) as { name: string; hex: string }[];
  const bytes = new Uint8Array(Buffer.from(vectors.find(({ name }) => name === "cliprdr.cf-dib")?.hex ?? "", "hex"));
  const header = readDibHeader(bytes) as DibHeader;
  expect(header).toMatchObject({ size: 40, width: 15, height: 5, bitCount: 32, compression: 0 });
  expect(offBits(bmpOf(bytes))).toBe(54);
  expect(bmpOf(bytes).length).toBe(14 + 40 + 300);
  expect(bmpToDib(bmpOf(bytes))).toEqual(bytes);
});
