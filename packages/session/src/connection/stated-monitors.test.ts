import { MonitorFlags } from "@railvail/display";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { monitorBox, monitorsFault } from "./stated-monitors.js";

const monitorAt = (left: number, top: number, width: number, height: number, flags: number = 0) => ({
  left,
  top,
  right: left + width - 1,
  bottom: top + height - 1,
  flags,
});
const primary = monitorAt(0, 0, 1920, 1080, MonitorFlags.primary);
const fault = (...monitors: Parameters<typeof monitorsFault>[0]): string | undefined => monitorsFault(monitors)?.detail;

describe("what a client may have", () => {
  test("monitors side by side, left of the primary one and above it too", () => {
    const side = fc.integer({ min: 200, max: 2000 });
    fc.assert(
      fc.property(fc.array(side, { minLength: 1, maxLength: 16 }), fc.nat(), side, (widths, at, height) => {
        const first = at % widths.length;
        let left = -widths.slice(0, first).reduce((sum, width) => sum + width, 0);
        const row = widths.map((width, index) => {
          const monitor = monitorAt(left, 0, width, height, index === first ? MonitorFlags.primary : 0);
          left += width;
          return monitor;
        });
        expect(fault(...row)).toBeUndefined();
        expect(row.map((monitor) => monitorBox(monitor).width)).toEqual(widths);
      }),
    );
  });

  test("no block of monitors at all", () => expect(monitorsFault([])).toBeUndefined());
});

test.each([
  ["more than 16", Array.from({ length: 17 }, () => primary), "there are 17 monitors, more than 16"],
  ["one without pixels", [primary, monitorAt(1920, 0, 0, 1080)], "monitor 1 has no pixels"],
  ["one that ends before it begins", [primary, monitorAt(1920, 0, 10, -5)], "monitor 1 has no pixels"],
  ["none that is primary", [monitorAt(0, 0, 1920, 1080)], "0 monitors are primary"],
  ["two that are primary", [primary, { ...primary, left: 1920, right: 3839 }], "2 monitors are primary"],
  ["a primary one elsewhere", [{ ...primary, top: 1 }], "the primary monitor is not at 0, 0"],
  [
    "a desktop that is too small",
    [monitorAt(0, 0, 640, 199, 1)],
    "a desktop of 640 times 199 pixels is not within 200 and 32766",
  ],
  [
    "a desktop that is too large",
    [primary, monitorAt(31_000, 0, 1767, 200)],
    "a desktop of 32767 times 1080 pixels is not within 200 and 32766",
  ],
  [
    "places at the ends of the range",
    [primary, { left: -0x8000_0000, top: 0, right: 0x7fff_ffff, bottom: 9, flags: 0 }],
    "a desktop of 4294967296 times 1080 pixels is not within 200 and 32766",
  ],
  ["some over each other", [primary, monitorAt(1919, 1079, 500, 500)], "monitors 0 and 1 overlap"],
])("%s is a fault", (_, monitors, detail) => expect(monitorsFault(monitors)).toMatchObject({ detail }));
