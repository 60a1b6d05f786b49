import { MonitorFlags } from "@railvail/display";
import { around, type Box } from "../pixels/box.js";
import { violation, type ConnectionViolation } from "./rules.js";
import type { MonitorDef } from "./server-state.js";

const maximumMonitors = 16;
/** Least and most pixels of the desktop that all monitors make, on each side. */
const [least, most] = [200, 32_766];

/** The box of a monitor; on the wire right and bottom are inside. */
export const monitorBox = ({ left, top, right, bottom }: MonitorDef): Box => ({
  left,
  top,
  width: Math.max(0, right - left + 1),
  height: Math.max(0, bottom - top + 1),
});

/** A monitor as it is stated: undoes {@link monitorBox}. Of the flags, only the one of the primary monitor counts. */
export const monitorDef = ({ left, top, width, height }: Box, flags: number): MonitorDef => ({
  left,
  top,
  right: left + width - 1,
  bottom: top + height - 1,
  flags: flags & MonitorFlags.primary,
});

/** Why monitors cannot be as they were stated, [MS-RDPBCGR] 2.2.1.3.6; undefined if they can. */
export function monitorsFault(monitors: readonly MonitorDef[]): ConnectionViolation | undefined {
  if (monitors.length === 0) return undefined;
  const detail = faultOf(monitors);
  return detail === undefined ? undefined : violation("peer", "monitors-void", detail);
}

function faultOf(monitors: readonly MonitorDef[]): string | undefined {
  if (monitors.length > maximumMonitors) return `there are ${monitors.length} monitors, more than ${maximumMonitors}`;
  const boxes = monitors.map(monitorBox);
  const empty = boxes.findIndex(({ width, height }) => width === 0 || height === 0);
  if (empty >= 0) return `monitor ${empty} has no pixels`;
  const primaries = monitors.filter(({ flags }) => (flags & MonitorFlags.primary) !== 0);
  if (primaries.length !== 1) return `${primaries.length} monitors are primary`;
  if (primaries[0]?.left !== 0 || primaries[0].top !== 0) return "the primary monitor is not at 0, 0";
  const { width = 0, height = 0 } = boxes.reduce<Box | undefined>(around, undefined) ?? {};
  if (Math.min(width, height) < least || Math.max(width, height) > most) {
    return `a desktop of ${width} times ${height} pixels is not within ${least} and ${most}`;
  }
  return overlapOf(boxes);
}

function overlapOf(boxes: readonly Box[]): string | undefined {
  for (const [index, a] of boxes.entries()) {
    const other = boxes.findIndex((b, at) => at > index && overlaps(a, b));
    if (other >= 0) return `monitors ${index} and ${other} overlap`;
  }
  return undefined;
}

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
