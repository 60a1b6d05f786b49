import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Region, rectangleLimit, type Rectangle } from "./region.js";

/** Regions of the tests lie within so many pixels of the origin, to the left and above too. */
const reach = 10;
const edge = fc.integer({ min: -reach, max: reach });
const rectangle: fc.Arbitrary<Rectangle> = fc.record({ left: edge, top: edge, right: edge, bottom: edge });
const region = fc.array(rectangle, { maxLength: 6 }).map((each) => Region.of(...each));

/** The same as a set of places: the model. */
function placesOf(rectangles: readonly Rectangle[]): Set<string> {
  const places = new Set<string>();
  for (const { left, top, right, bottom } of rectangles) {
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) places.add(`${x} ${y}`);
  }
  return places;
}
const places = (of: Region): Set<string> => placesOf(of.rectangles);
const sorted = (set: Iterable<string>): string[] => [...set].sort();

describe("a region is a set of pixels", () => {
  test("of its rectangles, which do not overlap", () => {
    fc.assert(
      fc.property(fc.array(rectangle, { maxLength: 8 }), (rectangles) => {
        const made = Region.of(...rectangles);
        const expected = placesOf(rectangles);
        expect(sorted(places(made))).toEqual(sorted(expected));
        expect(made.area).toBe(expected.size);
        expect(made.count).toBe(made.rectangles.length);
        expect(made.isEmpty).toBe(expected.size === 0);
      }),
    );
  });

  test("add, subtract and intersect are those of sets", () => {
    fc.assert(
      fc.property(region, region, (a, b) => {
        const [inA, inB] = [places(a), places(b)];
        expect(sorted(places(a.add(b)))).toEqual(sorted(new Set([...inA, ...inB])));
        expect(sorted(places(a.subtract(b)))).toEqual(sorted([...inA].filter((each) => !inB.has(each))));
        expect(sorted(places(a.intersect(b)))).toEqual(sorted([...inA].filter((each) => inB.has(each))));
      }),
    );
  });

  test("the same pixels are the same rectangles", () => {
    fc.assert(
      fc.property(region, region, (a, b) => {
        expect(a.subtract(b).add(a.intersect(b)).rectangles).toEqual(a.rectangles);
        expect(a.add(b).rectangles).toEqual(b.add(a).rectangles);
      }),
    );
  });

  test("bounds are the rectangle around all", () => {
    fc.assert(
      fc.property(region, (of) => {
        const { left, top, right, bottom } = of.bounds;
        const all = of.rectangles;
        if (all.length === 0) expect(of.bounds).toEqual({ left: 0, top: 0, right: 0, bottom: 0 });
        else {
          expect(left).toBe(Math.min(...all.map((each) => each.left)));
          expect(top).toBe(Math.min(...all.map((each) => each.top)));
          expect(right).toBe(Math.max(...all.map((each) => each.right)));
          expect(bottom).toBe(Math.max(...all.map((each) => each.bottom)));
        }
      }),
    );
  });

  test("moving there and back changes nothing", () => {
    fc.assert(
      fc.property(region, edge, edge, (of, x, y) => {
        expect(of.moved(x, y).moved(-x, -y)).toEqual(of);
        expect(of.moved(x, y).area).toBe(of.area);
      }),
    );
  });
});

describe("a region has a bounded number of rectangles", () => {
  test("which cover all it had, and do not overlap", () => {
    fc.assert(
      fc.property(region, fc.integer({ min: 1, max: 8 }), (of, limit) => {
        const fewer = of.atMost(limit);
        expect(fewer.count).toBeLessThanOrEqual(limit);
        expect(of.subtract(fewer).isEmpty).toBe(true);
        expect(fewer.area).toBe(placesOf(fewer.rectangles).size);
        expect(fewer.subtract(of.bounds).isEmpty).toBe(true);
        if (of.count <= limit) expect(fewer).toBe(of);
      }),
    );
  });

  test("however often something is added", () => {
    let grown = Region.empty;
    let most = 0;
    for (let at = 0; at < 300; at++) {
      const [left, top] = [(at * 37) % 101, (at * 59) % 103];
      grown = grown.add({ left, top, right: left + 1, bottom: top + 1 });
      most = Math.max(most, grown.count);
    }
    expect(most).toBeLessThanOrEqual(rectangleLimit);
    expect(most).toBeGreaterThan(rectangleLimit / 2);
    expect(grown.bounds).toEqual({ left: 0, top: 0, right: 101, bottom: 103 });
  });
});

test("a pixel that is cut belongs to it, and what is no rectangle has none", () => {
  expect(Region.of({ left: 0.5, top: -0.5, right: 1.5, bottom: 0.5 }).bounds).toEqual({
    left: 0,
    top: -1,
    right: 2,
    bottom: 1,
  });
  expect(Region.of({ left: Number.NaN, top: 0, right: 4, bottom: 4 }).isEmpty).toBe(true);
  expect(Region.of({ left: 4, top: 0, right: 1, bottom: 4 }).isEmpty).toBe(true);
});
