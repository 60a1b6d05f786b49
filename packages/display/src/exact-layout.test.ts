import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { desktopBox, mouseToClient, type ClientMonitor } from "./client-monitor.js";
import { placeOutputs, toClient, toLogical, type Output } from "./exact-layout.js";
import { floorOf, isLess, minus, numberOf, plus, ratio, type Ratio } from "./ratio.js";

const monitor = (
  x: number,
  y: number,
  width: number,
  height: number,
  desktopScaleFactor: number,
  primary = false,
): ClientMonitor => ({ x, y, width, height, desktopScaleFactor, primary });
const places = (outputs: readonly Output[]): number[][] =>
  outputs.map(({ x, y, width, height }) => [x, y, width, height].map(numberOf));
const equal = (a: Ratio, b: Ratio): boolean => a.num === b.num && a.den === b.den;

/** A primary monitor, and others that each share an edge with the one before, going right or down. */
const layout = fc
  .array(
    fc.record({
      width: fc.integer({ min: 200, max: 4000 }),
      height: fc.integer({ min: 200, max: 4000 }),
      percent: fc.integer({ min: 100, max: 500 }),
      below: fc.boolean(),
      shift: fc.double({ min: 0, max: 0.99, noNaN: true }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((shapes) => {
    const monitors: ClientMonitor[] = [];
    for (const { width, height, percent, below, shift } of shapes) {
      const last = monitors.at(-1);
      if (last === undefined) monitors.push(monitor(0, 0, width, height, percent, true));
      else {
        // Never up or to the left, so that none overlaps one before.
        const x = below ? last.x + Math.floor(last.width * shift) : last.x + last.width;
        const y = below ? last.y + last.height : last.y + Math.floor(last.height * shift);
        monitors.push(monitor(x, y, width, height, percent));
      }
    }
    return monitors;
  });

test("there and back is exact for each pixel of each monitor", () => {
  fc.assert(
    fc.property(layout, fc.nat(), fc.nat(), fc.nat(), (monitors, which, dx, dy) => {
      const of = monitors[which % monitors.length] as ClientMonitor;
      const point = { x: of.x + (dx % of.width), y: of.y + (dy % of.height) };
      const found = toLogical(placeOutputs(monitors), point);
      expect(found?.output.monitor).toBe(of);
      const back = toClient(found?.output as Output, found as NonNullable<typeof found>);
      expect(equal(back.x, ratio(point.x)) && equal(back.y, ratio(point.y))).toBe(true);
    }),
  );
});

test("no output overlaps another or has a negative place, and one is at each edge", () => {
  fc.assert(
    fc.property(layout, (monitors) => {
      const outputs = placeOutputs(monitors);
      expect(Math.min(...outputs.map(({ x }) => floorOf(x)))).toBe(0);
      expect(Math.min(...outputs.map(({ y }) => floorOf(y)))).toBe(0);
      for (const [i, a] of outputs.entries()) {
        for (const b of outputs.slice(i + 1)) {
          const apart =
            !isLess(a.x, plus(b.x, b.width)) ||
            !isLess(b.x, plus(a.x, a.width)) ||
            !isLess(a.y, plus(b.y, b.height)) ||
            !isLess(b.y, plus(a.y, a.height));
          expect(apart).toBe(true);
        }
      }
    }),
  );
});

test("two monitors that share an edge still share one", () => {
  fc.assert(
    fc.property(
      layout.filter((monitors) => monitors.length > 1),
      (monitors) => {
        const [a, b] = placeOutputs(monitors.slice(0, 2)) as [Output, Output];
        const inX = isLess(a.x, plus(b.x, b.width)) && isLess(b.x, plus(a.x, a.width));
        const inY = isLess(a.y, plus(b.y, b.height)) && isLess(b.y, plus(a.y, a.height));
        expect(inX !== inY).toBe(true);
        expect(equal(plus(a.x, a.width), b.x) || equal(plus(a.y, a.height), b.y)).toBe(true);
      },
    ),
  );
});

describe("the layouts that WSLg gets wrong (cases of the reference)", () => {
  test("B: an edge of 1080 pixels stays one", () => {
    const outputs = placeOutputs([monitor(0, 0, 1920, 1080, 100, true), monitor(-3840, -1080, 3840, 2160, 200)]);
    expect(places(outputs)).toEqual([
      [1920, 540, 1920, 1080],
      [0, 0, 1920, 1080],
    ]);
  });

  test("D: right of the primary stays right of it", () => {
    const outputs = placeOutputs([
      monitor(0, 0, 3840, 2160, 200, true),
      monitor(3840, 0, 1920, 1080, 100),
      monitor(0, -1080, 1920, 1080, 100),
    ]);
    expect(places(outputs)).toEqual([
      [0, 1080, 1920, 1080],
      [1920, 1080, 1920, 1080],
      [0, 0, 1920, 1080],
    ]);
  });

  test("I: one above the other stays so", () => {
    const outputs = placeOutputs([monitor(0, 0, 3840, 2160, 200, true), monitor(0, -1080, 1920, 1080, 100)]);
    expect(places(outputs)).toEqual([
      [0, 1080, 1920, 1080],
      [0, 0, 1920, 1080],
    ]);
  });

  test("C: 125 percent counts", () => {
    const outputs = placeOutputs([monitor(0, 0, 1920, 1080, 100, true), monitor(200, -1440, 2560, 1440, 125)]);
    expect(places(outputs)).toEqual([
      [0, 1152, 1920, 1080],
      [200, 0, 2048, 1152],
    ]);
    expect(
      places(
        placeOutputs(
          outputs.map(({ monitor: each }) => each),
          "floor",
        ),
      ),
    ).toEqual([
      [0, 1440, 1920, 1080],
      [200, 0, 2560, 1440],
    ]);
  });

  test("K: four monitors in two rows keep their scales", () => {
    const four = [
      monitor(0, 0, 3840, 2160, 200, true),
      monitor(0, -1080, 3840, 1080, 100),
      monitor(3840, 0, 1920, 1080, 100),
      monitor(3840, -1080, 1920, 1080, 100),
    ];
    expect(places(placeOutputs(four))).toEqual([
      [0, 1080, 1920, 1080],
      [0, 0, 3840, 1080],
      [1920, 1080, 1920, 1080],
      [3840, 0, 1920, 1080],
    ]);
    const even = four.map((each) => ({ ...each, desktopScaleFactor: 200 }));
    expect(places(placeOutputs(even))).toEqual([
      [0, 540, 1920, 1080],
      [0, 0, 1920, 540],
      [1920, 540, 960, 540],
      [1920, 0, 960, 540],
    ]);
  });
});

test("where scaling would make outputs overlap, nothing is scaled", () => {
  const three = [
    monitor(0, 0, 4000, 1000, 400, true),
    monitor(0, -1000, 4000, 1000, 100),
    monitor(4000, -1000, 1000, 3000, 100),
  ];
  expect(places(placeOutputs(three))).toEqual([
    [0, 1000, 4000, 1000],
    [0, 0, 4000, 1000],
    [4000, 0, 1000, 3000],
  ]);
});

test("what cannot be reached, or has a percentage that does not count, is not scaled", () => {
  const gap = [monitor(0, 0, 1000, 1000, 200, true), monitor(1001, 0, 1000, 1000, 100)];
  expect(places(placeOutputs(gap))).toEqual([
    [0, 0, 1000, 1000],
    [1001, 0, 1000, 1000],
  ]);
  expect(places(placeOutputs([monitor(0, 0, 1000, 1000, 50, true)]))).toEqual([[0, 0, 1000, 1000]]);
  expect(places(placeOutputs([monitor(0, 0, 1000, 1000, 700, true)], "floor"))).toEqual([[0, 0, 1000, 1000]]);
  expect(placeOutputs([])).toEqual([]);
  expect(toLogical(placeOutputs(gap), { x: 1000, y: 5 })).toBeUndefined();
});

test("A: mouse messages count from the corner of the desktop", () => {
  const monitors = [monitor(0, 0, 3840, 2160, 200, true), monitor(-1920, 0, 1920, 1080, 100)];
  expect(desktopBox(monitors)).toEqual({ x: -1920, y: 0, width: 5760, height: 2160 });
  expect(mouseToClient(monitors, { x: 4920, y: 1000 })).toEqual({ x: 3000, y: 1000 });
  expect(desktopBox([])).toBeUndefined();
});

test("the floor of a negative fraction is below it", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (num, den) => {
      expect(floorOf(ratio(num, den))).toBe(Math.floor(num / den));
      expect(minus(ratio(num, den), ratio(num, den))).toEqual(ratio(0));
    }),
  );
  expect(() => ratio(1, 0)).toThrow(RangeError);
});
