import type { Picture } from "@railvail/session";
import { decode } from "fast-png";
import { describe, expect, test } from "vitest";
import { picturePng, straightRgba } from "./picture-png.js";

const picture = (pixels: readonly number[], width: number, changes: Partial<Picture> = {}): Picture => ({
  width,
  height: pixels.length / 4 / width,
  stride: width * 4,
  pixels: Uint8Array.from(pixels),
  left: 0,
  top: 0,
  opaque: true,
  rotation: 0,
  path: "vail",
  ...changes,
});

describe("pictures as PNG", () => {
  test("have red first, and are opaque where alpha means nothing", () => {
    expect([...straightRgba(picture([1, 2, 3, 0, 4, 5, 6, 9], 2))]).toEqual([3, 2, 1, 255, 6, 5, 4, 255]);
  });

  test("have colours that are not multiplied by alpha", () => {
    const half = picture([64, 128, 0, 128, 9, 9, 9, 0, 200, 0, 0, 100], 3, { opaque: false });
    expect([...straightRgba(half)]).toEqual([0, 255, 128, 128, 0, 0, 0, 0, 0, 0, 255, 100]);
  });

  test("leave out what lies between rows", () => {
    const padded = { ...picture([1, 1, 1, 1, 7, 7, 7, 7, 2, 2, 2, 2, 7, 7, 7, 7], 2), width: 1, height: 2, stride: 8 };
    expect([...straightRgba(padded)]).toEqual([1, 1, 1, 255, 2, 2, 2, 255]);
  });

  test.each([
    [0, 3, [1, 2, 3, 4, 5, 6]],
    [90, 2, [4, 1, 5, 2, 6, 3]],
    [180, 3, [6, 5, 4, 3, 2, 1]],
    [270, 2, [3, 6, 2, 5, 1, 4]],
  ] as const)("are turned by %i degrees", (rotation, width, expected) => {
    const gray = [1, 2, 3, 4, 5, 6].flatMap((value) => [value, value, value, 255]);
    const { data, width: wide } = decode(picturePng(picture(gray, 3, { rotation })));
    expect(wide).toBe(width);
    expect([...data].filter((_, at) => at % 4 === 0)).toEqual(expected);
  });
});
