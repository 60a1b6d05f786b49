import { clientMonitor, type ClientMonitor } from "./client-monitor.js";
import { isDesktopScale } from "./monitor-scale.js";
import type { DisplayCaps } from "./pdu/display-caps.js";
import { MonitorOrientation, type MonitorDefinition } from "./pdu/monitor-layout.js";

/** The rules of a layout, and what breaking one means: the layout, or only the fields, are void. */
export const layoutRules = {
  "no-monitors": { voids: "layout", means: "there is no monitor" },
  "too-many-monitors": {
    voids: "layout",
    means: "there are more monitors than the server takes, or more than 1024; of no other rule is told",
  },
  "too-much-area": {
    voids: "layout",
    means: "all monitors together have more pixels than the server takes",
  },
  "width-range": { voids: "layout", means: "a width is not 200 to 8192" },
  "width-odd": { voids: "layout", means: "a width is odd" },
  "height-range": { voids: "layout", means: "a height is not 200 to 8192" },
  "primary-count": { voids: "layout", means: "there is not exactly one primary monitor" },
  "primary-position": { voids: "layout", means: "the primary monitor is not at (0, 0)" },
  overlap: { voids: "layout", means: "two monitors overlap" },
  "not-adjacent": {
    voids: "layout",
    means: "a monitor touches no other one, not even at a corner",
  },
  "physical-size": { voids: "fields", means: "a physical size is not 10 to 10,000 mm" },
  orientation: { voids: "fields", means: "an orientation is not 0, 90, 180 or 270" },
  "desktop-scale": { voids: "fields", means: "a desktop scale is not 100 to 500 percent" },
  "device-scale": { voids: "fields", means: "a device scale is not 100, 140 or 180 percent" },
} as const;
export type LayoutRule = keyof typeof layoutRules;

/** A rule that a layout breaks: by which monitors (indices), and the value that breaks it. */
export interface LayoutViolation {
  readonly rule: LayoutRule;
  readonly monitors: readonly number[];
  readonly value?: number;
}

/** More monitors are not a layout, but an attack, whatever a server takes. */
const maxMonitors = 1024;

const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;

/**
 * All rules of [MS-RDPEDISP] 2.2.2.2 and 2.2.2.2.1 that the monitors break, in the order of the
 * monitors; none for a layout a server must take. Limits of number and area are those of `caps`. Whoever sent the
 * layout, the list is short: nothing is told of single monitors if there are too many, and otherwise a few rules of each.
 */
export function layoutViolations(monitors: readonly MonitorDefinition[], caps?: DisplayCaps): LayoutViolation[] {
  const { length } = monitors;
  if (length === 0) return [{ rule: "no-monitors", monitors: [] }];
  if (length > Math.min(maxMonitors, caps?.maxNumMonitors ?? maxMonitors))
    return [{ rule: "too-many-monitors", monitors: [], value: length }];
  const found: LayoutViolation[] = [];
  for (const [index, monitor] of monitors.entries()) {
    for (const [rule, value] of ownViolations(monitor)) found.push({ rule, monitors: [index], value });
  }
  const places = monitors.map(clientMonitor);
  found.push(...primaryViolations(places));
  if (caps !== undefined) found.push(...areaViolations(monitors, caps));
  found.push(...pairViolations(places));
  return found;
}

function ownViolations(monitor: MonitorDefinition): [LayoutRule, number][] {
  const { width, height, physicalWidth, physicalHeight, orientation, desktopScaleFactor, deviceScaleFactor } = monitor;
  const checks: [LayoutRule, number, boolean][] = [
    ["width-range", width, within(width, 200, 8192)],
    ["width-odd", width, width % 2 === 0],
    ["height-range", height, within(height, 200, 8192)],
    ["physical-size", physicalWidth, within(physicalWidth, 10, 10_000)],
    ["physical-size", physicalHeight, within(physicalHeight, 10, 10_000)],
    ["orientation", orientation, Object.values(MonitorOrientation).includes(orientation as 0)],
    ["desktop-scale", desktopScaleFactor, isDesktopScale(desktopScaleFactor)],
    ["device-scale", deviceScaleFactor, [100, 140, 180].includes(deviceScaleFactor)],
  ];
  return checks.filter(([, , holds]) => !holds).map(([rule, value]) => [rule, value]);
}

function primaryViolations(monitors: readonly ClientMonitor[]): LayoutViolation[] {
  const primaries = [...monitors.keys()].filter((index) => monitors[index]?.primary);
  const found: LayoutViolation[] = [];
  if (primaries.length !== 1) found.push({ rule: "primary-count", monitors: primaries, value: primaries.length });
  const astray = primaries.filter((index) => monitors[index]?.x !== 0 || monitors[index]?.y !== 0);
  if (astray.length > 0) found.push({ rule: "primary-position", monitors: astray });
  return found;
}

function areaViolations(monitors: readonly MonitorDefinition[], caps: DisplayCaps): LayoutViolation[] {
  const limit = caps.maxNumMonitors * caps.maxMonitorAreaFactorA * caps.maxMonitorAreaFactorB;
  const area = monitors.reduce((sum, { width, height }) => sum + width * height, 0);
  return area > limit ? [{ rule: "too-much-area", monitors: [], value: area }] : [];
}

/** Of each monitor only the first that it overlaps is told: all pairs would be a list as long as the square. */
function pairViolations(monitors: readonly ClientMonitor[]): LayoutViolation[] {
  const found: LayoutViolation[] = [];
  const touching = new Set<number>();
  for (const [i, a] of monitors.entries()) {
    let isTold = false;
    for (let j = i + 1; j < monitors.length; j++) {
      const b = monitors[j] as ClientMonitor;
      // Pixels that the ranges share on each axis; 0 if they only touch.
      const x = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
      const y = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
      if (x > 0 && y > 0 && !isTold) {
        found.push({ rule: "overlap", monitors: [i, j] });
        isTold = true;
      }
      if (x >= 0 && y >= 0) touching.add(i).add(j);
    }
  }
  if (monitors.length < 2) return found;
  for (const index of monitors.keys())
    if (!touching.has(index)) found.push({ rule: "not-adjacent", monitors: [index] });
  return found;
}
