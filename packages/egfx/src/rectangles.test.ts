import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areaOf, bounded, including, intersection, isEmpty, moved, rectangleLimit, without } from "./rectangles.js";
import type { Rectangle } from "./rectangles.js";

const edge = fc.integer({ min: 0, max: 9 });
const rectangle: fc.Arbitrary<Rectangle> = fc.record({ left: edge, top: edge, right: edge, bottom: edge });
const full = rectangle.filter((each) => !isEmpty(each));

/** The pixels of rectangles, each as often as it is covered. */
function pixels(rectangles: readonly Rectangle[]): string[] {
  const all: string[] = [];
  for (const { left, top, right, bottom } of rectangles)
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) all.push(`${x},${y}`);
  return all.toSorted();
}
/** Rectangles that do not overlap. */
const region = fc
  .array(full, { maxLength: 6 })
  .map((all) => all.reduce<readonly Rectangle[]>((some, each) => including(some, each), []));

describe("rectangles are sets of pixels", () => {
  test("of the size of their area", () => {
    fc.assert(
      fc.property(rectangle, (each) => {
        expect(pixels([each])).toHaveLength(areaOf(each));
      }),
    );
  });

  test("both of two have their intersection", () => {
    fc.assert(
      fc.property(rectangle, rectangle, (a, b) => {
        const inB = new Set(pixels([b]));
        expect(pixels([intersection(a, b)])).toEqual(pixels([a]).filter((pixel) => inB.has(pixel)));
      }),
    );
  });

  test("none of a hole is left", () => {
    fc.assert(
      fc.property(region, rectangle, (some, hole) => {
        const gone = new Set(pixels([hole]));
        const left = without(some, hole);
        expect(pixels(left)).toEqual(pixels(some).filter((pixel) => !gone.has(pixel)));
        expect(left.some(isEmpty)).toBe(false);
      }),
    );
  });

  test("one more adds its pixels and covers none twice", () => {
    fc.assert(
      fc.property(region, rectangle, (some, added) => {
        const expected = [...new Set([...pixels(some), ...pixels([added])])].toSorted();
        expect(pixels(including(some, added))).toEqual(expected);
      }),
    );
  });

  test("moving there and back changes nothing", () => {
    fc.assert(
      fc.property(rectangle, edge, edge, (each, x, y) => {
        expect(moved(moved(each, { x: 0, y: 0 }, { x, y }), { x, y }, { x: 0, y: 0 })).toEqual(each);
      }),
    );
  });

  test("too many become the one around them", () => {
    const many = Array.from({ length: rectangleLimit + 1 }, (_, i) => ({
      left: i,
      top: 2 * i,
      right: i + 1,
      bottom: 2 * i + 1,
    }));
    expect(bounded(many.slice(1))).toHaveLength(rectangleLimit);
    expect(bounded(many)).toEqual([{ left: 0, top: 0, right: 33, bottom: 65 }]);
    expect(many.reduce<readonly Rectangle[]>((some, each) => including(some, each), [])).toEqual(bounded(many));
  });
});
