import fc from "fast-check";
import { decode } from "fast-png";
import { describe, expect, test } from "vitest";
import { pngOf, withStraightAlpha } from "./png.js";

const byte = fc.nat(255);
const pixel = fc.tuple(byte, byte, byte, byte);
const image = (pixels: readonly (readonly number[])[]) => ({
  width: pixels.length,
  height: 1,
  rgba: Uint8Array.from(pixels.flat()),
});
/** What a compositor sends for a pixel. */
const multiplied = ([red = 0, green = 0, blue = 0, alpha = 0]: readonly number[]): number[] => [
  ...[red, green, blue].map((part) => Math.round((part * alpha) / 255)),
  alpha,
];

describe("alpha", () => {
  test("that was multiplied into the colours is taken out again, as exactly as it can be", () => {
    fc.assert(
      fc.property(fc.array(pixel, { minLength: 1 }), (pixels) => {
        const sent = image(pixels.map(multiplied));
        const kept = sent.rgba.slice();
        const { rgba } = withStraightAlpha(sent);
        expect(sent.rgba).toEqual(kept);
        for (let at = 0; at < rgba.length; at += 4) {
          expect(multiplied([...rgba.subarray(at, at + 4)])).toEqual([...kept.subarray(at, at + 4)]);
        }
      }),
    );
  });

  test("that was not multiplied is left alone: then a colour is greater than its alpha", () => {
    const straight = fc.tuple(fc.array(pixel), fc.tuple(fc.constant(200), byte, byte, fc.nat(199)), fc.array(pixel));
    fc.assert(
      fc.property(straight, ([before, one, after]) => {
        const sent = image([...before, one, ...after]);
        expect(withStraightAlpha(sent)).toBe(sent);
      }),
    );
  });

  test("of opaque and of clear images there is nothing to take out", () => {
    for (const pixels of [[[1, 2, 3, 255]], [[0, 0, 0, 0]]]) {
      const sent = image(pixels);
      expect(withStraightAlpha(sent)).toBe(sent);
    }
  });
});

test("a PNG has the pixels that were given", () => {
  fc.assert(
    fc.property(fc.array(pixel, { minLength: 1, maxLength: 50 }), (pixels) => {
      const straight = image([...pixels, [255, 0, 0, 1]]);
      const { width, height, channels, depth, data } = decode(pngOf(straight));
      expect({ width, height, channels, depth }).toEqual({ width: straight.width, height: 1, channels: 4, depth: 8 });
      expect([...data]).toEqual([...straight.rgba]);
    }),
  );
});
