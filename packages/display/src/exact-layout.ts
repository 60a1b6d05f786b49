import { holdsPoint, type ClientMonitor, type Point } from "./client-monitor.js";
import { isDesktopScale, scaleOf, type Scaling } from "./monitor-scale.js";
import { isLess, least, minus, over, plus, ratio, times, type Ratio } from "./ratio.js";

/** With more monitors, each is no longer compared with each: none is scaled then. */
const maxCompared = 1024;

/** An exact point in the compositor's logical units. */
export interface LogicalPoint {
  readonly x: Ratio;
  readonly y: Ratio;
}

/** Where a monitor is in the compositor's space, in logical units from its upper left corner. */
export interface Output extends LogicalPoint {
  readonly monitor: ClientMonitor;
  readonly width: Ratio;
  readonly height: Ratio;
  /** Client pixels for one logical unit. */
  readonly scale: Ratio;
}

/**
 * Places the monitors in a compositor's space that has no negative coordinates, each divided by
 * its scale, so that monitors that share an edge still share one. Starts at the primary monitor
 * and goes from neighbour to neighbour. Where that makes two outputs overlap, or a monitor cannot
 * be reached, no monitor is scaled, and all keep the places they have to each other.
 *
 * `scaling` is `fractional` by default. Percentages outside 100 to 500 count as 100.
 */
export function placeOutputs(monitors: readonly ClientMonitor[], scaling: Scaling = "fractional"): Output[] {
  const scaled = spread(monitors, (percent) => scaleOf(isDesktopScale(percent) ? percent : 0, scaling));
  const placed = scaled ?? monitors.map((monitor) => output(monitor, ratio(monitor.x), ratio(monitor.y), ratio(1)));
  const origin = placed.reduce(
    (low: LogicalPoint | undefined, { x, y }) =>
      low === undefined ? { x, y } : { x: least(low.x, x), y: least(low.y, y) },
    undefined,
  );
  return placed.map((each) => ({
    ...each,
    x: minus(each.x, origin?.x ?? each.x),
    y: minus(each.y, origin?.y ?? each.y),
  }));
}

const output = (monitor: ClientMonitor, x: Ratio, y: Ratio, scale: Ratio): Output => ({
  monitor,
  x,
  y,
  scale,
  width: over(ratio(monitor.width), scale),
  height: over(ratio(monitor.height), scale),
});

function spread(monitors: readonly ClientMonitor[], scale: (percent: number) => Ratio): Output[] | undefined {
  const placed = new Map<ClientMonitor, Output>();
  const [start] = [...monitors.filter(({ primary }) => primary), ...monitors];
  if (start === undefined) return [];
  if (monitors.length > maxCompared) return undefined;
  const queue = [output(start, ratio(0), ratio(0), scale(start.desktopScaleFactor))];
  placed.set(start, queue[0] as Output);
  for (const from of queue) {
    for (const monitor of monitors) {
      if (placed.has(monitor)) continue;
      const next = beside(from, monitor, scale(monitor.desktopScaleFactor));
      if (next === undefined) continue;
      if (queue.some((each) => overlap(each, next))) return undefined;
      queue.push(next);
      placed.set(monitor, next);
    }
  }
  return queue.length === monitors.length ? monitors.map((monitor) => placed.get(monitor) as Output) : undefined;
}

/** The output of a monitor that shares an edge with a placed one; undefined if it does not. */
function beside(from: Output, monitor: ClientMonitor, scale: Ratio): Output | undefined {
  const a = from.monitor;
  const sharesY = monitor.y < a.y + a.height && a.y < monitor.y + monitor.height;
  const sharesX = monitor.x < a.x + a.width && a.x < monitor.x + monitor.width;
  const bare = output(monitor, from.x, from.y, scale);
  // Along the shared edge, what stands out is measured on the monitor that it belongs to.
  const along = (offset: number): Ratio => over(ratio(offset), offset >= 0 ? from.scale : scale);
  if (sharesY && (monitor.x === a.x + a.width || monitor.x + monitor.width === a.x)) {
    const x = monitor.x > a.x ? plus(from.x, from.width) : minus(from.x, bare.width);
    return { ...bare, x, y: plus(from.y, along(monitor.y - a.y)) };
  }
  if (sharesX && (monitor.y === a.y + a.height || monitor.y + monitor.height === a.y)) {
    const y = monitor.y > a.y ? plus(from.y, from.height) : minus(from.y, bare.height);
    return { ...bare, x: plus(from.x, along(monitor.x - a.x)), y };
  }
  return undefined;
}

const overlap = (a: Output, b: Output): boolean =>
  isLess(a.x, plus(b.x, b.width)) &&
  isLess(b.x, plus(a.x, a.width)) &&
  isLess(a.y, plus(b.y, b.height)) &&
  isLess(b.y, plus(a.y, a.height));

/** The output under a point of the client's desktop, and the exact point on it; undefined if none. */
export function toLogical(
  outputs: readonly Output[],
  point: Point,
): (LogicalPoint & { readonly output: Output }) | undefined {
  const found = outputs.find(({ monitor }) => holdsPoint(monitor, point));
  if (found === undefined) return undefined;
  const { monitor, scale } = found;
  return {
    output: found,
    x: plus(found.x, over(ratio(point.x - monitor.x), scale)),
    y: plus(found.y, over(ratio(point.y - monitor.y), scale)),
  };
}

/** The exact point of the client's desktop, in pixels, of a point that belongs to an output. */
export function toClient(of: Output, point: LogicalPoint): LogicalPoint {
  return {
    x: plus(ratio(of.monitor.x), times(minus(point.x, of.x), of.scale)),
    y: plus(ratio(of.monitor.y), times(minus(point.y, of.y), of.scale)),
  };
}
