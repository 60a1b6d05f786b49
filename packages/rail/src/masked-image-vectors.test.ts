import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { maskedImageToRgba } from "./index.js";

interface Bin {
  readonly file: string;
  readonly offset: number;
  readonly bytes: number;
}
interface Vector {
  readonly name: string;
  readonly hex?: string;
  readonly bin?: Bin;
  readonly rgba?: Bin | { readonly hex: string };
}

const folder = new URL("../../../../shared/vectors/open/", import.meta.url);
const present = existsSync(folder);
const vectors = present ? (JSON.parse(readFileSync(new URL("pointer.json", folder), "utf8")) as readonly Vector[]) : [];

function bytesOf(of: Bin | { readonly hex: string }): Buffer {
  if ("hex" in of) return Buffer.from(of.hex, "hex");
  return readFileSync(new URL(of.file, folder)).subarray(of.offset, of.offset + of.bytes);
}

/** The source's pictures have each color multiplied with itself; its alpha is as it is. */
const likeSource = (value: number, at: number): number => (at % 4 === 3 ? value : (value * value) >> 8);

/** A color pointer attribute, [MS-RDPBCGR] 2.2.9.1.1.4.4. */
function pointer(bytes: Buffer, bitsPerPixel: number): Parameters<typeof maskedImageToRgba>[0] {
  const [width, height, maskLength, colorsLength] = [6, 8, 10, 12].map((at) => bytes.readUInt16LE(at)) as [
    number,
    number,
    number,
    number,
  ];
  const colors = bytes.subarray(14, 14 + colorsLength);
  const mask = bytes.subarray(14 + colorsLength, 14 + colorsLength + maskLength);
  return { width, height, bitsPerPixel, colors, mask, bottomUp: bitsPerPixel > 1 };
}

describe.skipIf(!present)("pointers of another project (skipped if ../shared/vectors is missing)", () => {
  test.each([
    ["pointer.color-pointer-24bpp", true],
    ["pointer.new-pointer-32bpp", false],
    ["pointer.new-1bpp", false],
  ])("%s", (name, isColorPointer) => {
    const vector = vectors.find((each) => each.name === name) as Required<Vector>;
    const bytes = bytesOf(vector.bin ?? vector);
    const image = isColorPointer ? pointer(bytes, 24) : pointer(bytes.subarray(2), bytes.readUInt16LE(0));
    const { rgba } = maskedImageToRgba(image);
    const expected = bytesOf(vector.rgba);
    expect(rgba).toHaveLength(expected.length);
    expect([...rgba].map(likeSource)).toEqual([...expected]);
  });
});
