import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClientMonitor } from "./client-monitor.js";
import {
  placeOutputsLikeWslg,
  toClientLikeWslg,
  toLogicalLikeWslg,
  type WslgLayoutOptions,
  type WslgOutput,
} from "./wslg-layout.js";

const monitor = (
  x: number,
  y: number,
  width: number,
  height: number,
  desktopScaleFactor = 100,
  primary = x === 0 && y === 0,
): ClientMonitor => ({ x, y, width, height, desktopScaleFactor, primary });

function place(monitors: ClientMonitor[], options?: WslgLayoutOptions): WslgOutput[] {
  const outputs = placeOutputsLikeWslg(monitors, options);
  if (typeof outputs === "string") throw new Error(outputs);
  return outputs;
}
const places = (monitors: ClientMonitor[], options?: WslgLayoutOptions): number[][] =>
  place(monitors, options).map(({ x, y, width, height, scale }) => [x, y, width, height, scale]);
const mapped = (outputs: WslgOutput[], x: number, y: number): number[] => {
  const { x: lx, y: ly } = toLogicalLikeWslg(outputs, { x, y });
  return [lx, ly];
};

const p200 = monitor(0, 0, 3840, 2160, 200);

describe("worked numbers of the reference, by case", () => {
  test("A", () => {
    const outputs = place([p200, monitor(-1920, 0, 1920, 1080)]);
    expect(places([p200, monitor(-1920, 0, 1920, 1080)])).toEqual([
      [1920, 0, 1920, 1080, 2],
      [0, 0, 1920, 1080, 1],
    ]);
    expect(mapped(outputs, 3000, 1000)).toEqual([3420, 500]);
    expect(mapped(outputs, -960, 540)).toEqual([960, 540]);
    expect(mapped(outputs, 3001, 1001)).toEqual([3420, 500]);
    expect(toClientLikeWslg(outputs[0] as WslgOutput, { x: 3420, y: 500 })).toEqual({
      x: 3000,
      y: 1000,
    });
  });

  test("B", () => {
    expect(places([monitor(0, 0, 1920, 1080), monitor(-3840, -1080, 3840, 2160, 200)])).toEqual([
      [1920, 1080, 1920, 1080, 1],
      [0, 0, 1920, 1080, 2],
    ]);
  });

  test("C", () => {
    expect(places([monitor(0, 0, 1920, 1080), monitor(200, -1440, 2560, 1440, 125)])).toEqual([
      [0, 1440, 1920, 1080, 1],
      [200, 0, 2560, 1440, 1],
    ]);
  });

  test("D", () => {
    expect(places([p200, monitor(3840, 0, 1920, 1080), monitor(0, -1080, 1920, 1080)])).toEqual([
      [0, 1080, 1920, 1080, 2],
      [3840, 2160, 1920, 1080, 1],
      [0, 0, 1920, 1080, 1],
    ]);
  });

  test("E", () => {
    const p150 = [monitor(0, 0, 3840, 2160, 150)];
    expect(places(p150)).toEqual([[0, 0, 3840, 2160, 1]]);
    expect(places(p150, { scaling: "round" })).toEqual([[0, 0, 1920, 1080, 2]]);
    const fractional = place(p150, { scaling: "fractional" });
    expect(fractional[0]).toMatchObject({
      x: 0,
      y: 0,
      width: 3840,
      height: 2160,
      scale: 1,
      clientScale: 1.5,
    });
    expect(mapped(fractional, 3000, 1500)).toEqual([2000, 1000]);
    // Applications see 3840 units, of which those from 2560 on are off the screen.
    expect(toClientLikeWslg(fractional[0] as WslgOutput, { x: 2560, y: 0 })).toEqual({
      x: 3840,
      y: 0,
    });
  });

  test("F", () => {
    const p175 = [monitor(0, 0, 3840, 2160, 175)];
    expect(place(p175)[0]).toMatchObject({ scale: 1, clientScale: 1 });
    expect(place(p175, { scaling: "round" })[0]).toMatchObject({ scale: 2, clientScale: 2 });
    expect(place(p175, { scaling: "fractional" })[0]).toMatchObject({
      scale: 1,
      clientScale: 1.75,
    });
  });

  test("G", () => {
    const p250 = [monitor(0, 0, 2736, 1824, 250)];
    expect(places(p250)).toEqual([[0, 0, 1368, 912, 2]]);
    expect(places(p250, { scaling: "round" })).toEqual([[0, 0, 912, 608, 3]]);
    expect(place(p250, { scaling: "fractional" })[0]).toMatchObject({
      width: 1368,
      height: 912,
      scale: 2,
      clientScale: 2.5,
    });
  });

  test("H", () => {
    expect(places([p200, monitor(3840, 720, 2560, 1440)])).toEqual([
      [0, 0, 1920, 1080, 2],
      [1920, 720, 2560, 1440, 1],
    ]);
  });

  test("I", () => {
    expect(places([p200, monitor(0, -1080, 1920, 1080)])).toEqual([
      [0, 540, 1920, 1080, 2],
      [1920, 0, 1920, 1080, 1],
    ]);
  });

  test("J", () => {
    const outputs = places([
      monitor(0, 0, 1920, 1080),
      monitor(1920, 0, 3840, 2160, 200),
      monitor(6000, 0, 1920, 1080),
    ]);
    expect(outputs[2]).toEqual([3840, 0, 1920, 1080, 1]);
  });

  test("K", () => {
    const outputs = places([
      p200,
      monitor(0, -1080, 1920, 1080),
      monitor(3840, 0, 1920, 1080),
      monitor(3840, -1080, 1920, 1080),
    ]);
    expect(outputs).toEqual([
      [0, 1080, 3840, 2160, 1],
      [0, 0, 1920, 1080, 1],
      [3840, 1080, 1920, 1080, 1],
      [3840, 0, 1920, 1080, 1],
    ]);
  });
});

test("layouts that end the compositor are named", () => {
  expect(placeOutputsLikeWslg([monitor(0, 0, 1920, 1080, 50)])).toBe("division-by-zero");
  expect(placeOutputsLikeWslg([monitor(0, 0, 1920, 1080, 49)], { scaling: "round" })).toBe("division-by-zero");
  expect(placeOutputsLikeWslg([monitor(10, 0, 1920, 1080), monitor(1930, 0, 1920, 1080)])).toBe("assertion-failed");
});

test("a point on no monitor stays as it is", () => {
  fc.assert(
    fc.property(fc.integer({ min: -9999, max: -1 }), fc.integer(), (x, y) => {
      expect(toLogicalLikeWslg(place([p200]), { x, y })).toEqual({ x, y, output: undefined });
    }),
  );
});

test("there and back loses less than a logical unit, towards the corner", () => {
  fc.assert(
    fc.property(fc.constantFrom(100, 200, 300, 400, 500), fc.nat(3839), fc.nat(2159), (percent, x, y) => {
      const outputs = place([monitor(0, 0, 3840, 2160, percent)]);
      const back = toClientLikeWslg(outputs[0] as WslgOutput, toLogicalLikeWslg(outputs, { x, y }));
      // 32-bit floats may take another unit where the division is exact.
      expect(back.x <= x && x - back.x <= (2 * percent) / 100).toBe(true);
      expect(back.y <= y && y - back.y <= (2 * percent) / 100).toBe(true);
    }),
  );
});

test("any monitors are placed, or named as fatal", () => {
  const i32 = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });
  const any = fc.record({
    x: i32,
    y: i32,
    width: fc.nat(),
    height: fc.nat(),
    desktopScaleFactor: fc.nat(600),
    primary: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(any, { maxLength: 5 }),
      fc.constantFrom("off", "floor", "round", "fractional"),
      (monitors, scaling) => {
        const outputs = placeOutputsLikeWslg(monitors, { scaling });
        if (typeof outputs === "string") expect(["division-by-zero", "assertion-failed"]).toContain(outputs);
        else expect(outputs.map((each) => each.monitor)).toEqual(monitors);
      },
    ),
  );
});

test("a debug factor scales all monitors that state a scale", () => {
  expect(place([p200], { debugFactor: 150 })[0]).toMatchObject({
    width: 3840,
    scale: 1,
    clientScale: 1.5,
  });
  expect(place([monitor(0, 0, 3840, 2160, 0)], { debugFactor: 200 })[0]).toMatchObject({
    width: 1920,
    scale: 1,
    clientScale: 1,
  });
});
