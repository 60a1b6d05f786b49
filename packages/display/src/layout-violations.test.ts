import fc from "fast-check";
import { expect, test } from "vitest";
import { layoutRules, layoutViolations, type LayoutRule } from "./layout-violations.js";
import type { MonitorDefinition } from "./pdu/monitor-layout.js";

const sound: MonitorDefinition = {
  flags: 1,
  left: 0,
  top: 0,
  width: 1920,
  height: 1080,
  physicalWidth: 500,
  physicalHeight: 300,
  orientation: 0,
  desktopScaleFactor: 100,
  deviceScaleFactor: 100,
};
const second: MonitorDefinition = { ...sound, flags: 0, left: 1920 };
const caps = { maxNumMonitors: 2, maxMonitorAreaFactorA: 1920, maxMonitorAreaFactorB: 1080 };
const rules = (...monitors: MonitorDefinition[]): LayoutRule[] => layoutViolations(monitors).map(({ rule }) => rule);

test("sound layouts break no rule, wherever the second monitor touches", () => {
  expect(layoutViolations([sound], caps)).toEqual([]);
  const side = fc.constantFrom("left", "right", "above", "below");
  // Both ends of the range touch at a corner only.
  fc.assert(
    fc.property(
      side,
      fc.integer({ min: -1080, max: 1080 }),
      fc.integer({ min: -1920, max: 1920 }),
      (where, down, along) => {
        const place = {
          left: { left: -1920, top: down },
          right: { left: 1920, top: down },
          above: { left: along, top: -1080 },
          below: { left: along, top: 1080 },
        }[where];
        expect(layoutViolations([sound, { ...second, ...place }], caps)).toEqual([]);
      },
    ),
  );
});

const broken: readonly [string, MonitorDefinition[], LayoutRule[]][] = [
  ["nothing", [], ["no-monitors"]],
  ["too narrow", [{ ...sound, width: 198 }], ["width-range"]],
  ["too wide and odd", [{ ...sound, width: 8193 }], ["width-range", "width-odd"]],
  ["too low", [{ ...sound, height: 199 }], ["height-range"]],
  ["an odd height is allowed", [{ ...sound, height: 1081 }], []],
  ["scale below", [{ ...sound, desktopScaleFactor: 99 }], ["desktop-scale"]],
  ["scale above", [{ ...sound, desktopScaleFactor: 501 }], ["desktop-scale"]],
  ["device scale", [{ ...sound, deviceScaleFactor: 125 }], ["device-scale"]],
  ["orientation", [{ ...sound, orientation: 45 }], ["orientation"]],
  ["physical size", [{ ...sound, physicalWidth: 9, physicalHeight: 10_001 }], ["physical-size", "physical-size"]],
  ["no primary", [{ ...sound, flags: 0 }], ["primary-count"]],
  ["two primaries", [sound, { ...second, flags: 1 }], ["primary-count", "primary-position"]],
  ["a primary elsewhere", [{ ...sound, left: 2 }], ["primary-position"]],
  ["overlap by a pixel", [sound, { ...second, left: 1919 }], ["overlap"]],
  ["a gap of a pixel", [sound, { ...second, left: 1921 }], ["not-adjacent", "not-adjacent"]],
];
test.each(broken)("%s", (_, monitors, expected) => {
  expect(rules(...monitors)).toEqual(expected);
});

test("limits are those of the server", () => {
  const third = { ...second, left: 3840 };
  expect(layoutViolations([sound, second], caps)).toEqual([]);
  expect(layoutViolations([sound, second, third], caps)).toEqual([
    { rule: "too-many-monitors", monitors: [], value: 3 },
  ]);
  // The area is limited as a whole: one large monitor may take what two could.
  expect(layoutViolations([{ ...sound, width: 3840 }], caps)).toEqual([]);
  expect(layoutViolations([{ ...sound, width: 3842 }], caps)[0]?.rule).toBe("too-much-area");
});

test("of too many monitors nothing else is told, whatever is wrong with each", () => {
  const bad = Array.from({ length: 100_000 }, () => ({ ...sound, width: 1, height: 1, orientation: 1 }));
  const boundless = { ...caps, maxNumMonitors: 0xffff_ffff };
  for (const limits of [undefined, caps, boundless])
    expect(layoutViolations(bad, limits)).toEqual([{ rule: "too-many-monitors", monitors: [], value: 100_000 }]);
});

test("the list is short, even if all monitors break all rules and overlap", () => {
  const worst = { ...sound, left: 1, width: 9001, height: 9000, physicalWidth: 0, physicalHeight: 0, orientation: 1 };
  for (const count of [16, 1024]) {
    const monitors = Array.from({ length: count }, () => ({ ...worst, desktopScaleFactor: 0, deviceScaleFactor: 0 }));
    const found = layoutViolations(monitors, { ...caps, maxNumMonitors: count });
    // Eight of each alone, all but the last with one that it overlaps; then both rules of primaries, and the area.
    expect(found.length).toBe(9 * count - 1 + 3);
  }
});

test("any numbers give violations with known rules and existing monitors", () => {
  const u32 = fc.nat(0xffff_ffff);
  const i32 = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });
  const any = fc.record({
    flags: u32,
    left: i32,
    top: i32,
    width: u32,
    height: u32,
    physicalWidth: u32,
    physicalHeight: u32,
    orientation: u32,
    desktopScaleFactor: u32,
    deviceScaleFactor: u32,
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 6 }), (monitors) => {
      for (const { rule, monitors: who } of layoutViolations(monitors, caps)) {
        expect(layoutRules[rule]).toBeDefined();
        expect(who.every((index) => index < monitors.length)).toBe(true);
      }
    }),
  );
});
