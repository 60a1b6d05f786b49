import { holdsPoint, type ClientMonitor, type Point } from "./client-monitor.js";
import { scaleOf, type Scaling } from "./monitor-scale.js";
import { floorOf, numberOf } from "./ratio.js";

/** An output as WSLg's compositor places it: whole logical units. */
export interface WslgOutput {
  readonly monitor: ClientMonitor;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The whole scale that applications are told. */
  readonly scale: number;
  /** Client pixels for one logical unit, for coordinates. */
  readonly clientScale: number;
}

/** What ends WSLg's compositor: a scale of 0, or no monitor at or left of the origin. */
export type WslgLayoutFault = "division-by-zero" | "assertion-failed";

export interface WslgLayoutOptions {
  /** `floor` unless set. */
  readonly scaling?: Scaling;
  /** 100 to 500 percent for all monitors that state a scale, in place of theirs. */
  readonly debugFactor?: number;
}

interface Scaled {
  readonly monitor: ClientMonitor;
  readonly clientScale: number;
  readonly scale: number;
}

/**
 * Places the monitors as WSLg's compositor does, oddities included: a layout counts as a row (or,
 * failing that, a column) also if only its last monitor does not fit in; positions across the row
 * are divided by each monitor's own scale; if it is neither, scaling is off for all. In the order
 * of the monitors handed in.
 */
export function placeOutputsLikeWslg(
  monitors: readonly ClientMonitor[],
  options: WslgLayoutOptions = {},
): WslgOutput[] | WslgLayoutFault {
  const upper = monitors.reduce(({ x, y }, each) => ({ x: Math.min(x, each.x), y: Math.min(y, each.y) }), {
    x: 0,
    y: 0,
  });
  const scaled = monitors.map((monitor) => withScale(monitor, options));
  const byX = scaled.toSorted((a, b) => a.monitor.x - b.monitor.x);
  if (monitors.length > 1 && byX[0]?.monitor.x !== upper.x) return "assertion-failed";
  let placed: WslgOutput[];
  if (scaled.every(({ clientScale }) => clientScale === 1)) placed = unscaled(scaled, upper, options);
  else {
    const byY = scaled.toSorted((a, b) => a.monitor.y - b.monitor.y);
    const row = isConnected(byX, "x");
    if (!row && !isConnected(byY, "y")) placed = unscaled(scaled, upper, options);
    else if (scaled.some(({ scale }) => scale === 0)) return "division-by-zero";
    else placed = stacked(row ? byX : byY, row, upper);
  }
  const byMonitor = new Map(placed.map((each) => [each.monitor, each]));
  return monitors.map((monitor) => byMonitor.get(monitor) as WslgOutput);
}

function withScale(monitor: ClientMonitor, { scaling = "floor", debugFactor }: WslgLayoutOptions): Scaled {
  const percent = monitor.desktopScaleFactor;
  const debugged = debugFactor !== undefined && percent !== 0 && scaling !== "off";
  const scale = debugged ? scaleOf(debugFactor, "fractional") : scaleOf(percent, scaling);
  return { monitor, clientScale: numberOf(scale), scale: floorOf(scale) };
}

/** Each monitor begins where those before it end, and shares a pixel's height with the last one. */
function isConnected(sorted: readonly Scaled[], axis: "x" | "y"): boolean {
  const [size, across, acrossSize] =
    axis === "x" ? (["width", "y", "height"] as const) : (["height", "x", "width"] as const);
  let checked = 0;
  let edge = sorted[0]?.monitor[axis] ?? 0;
  let previous: ClientMonitor | undefined;
  while (checked < sorted.length) {
    const { monitor } = sorted[checked++] as Scaled;
    if (monitor[axis] !== edge) break;
    const apart =
      previous !== undefined &&
      (monitor[across] >= previous[across] + previous[acrossSize] ||
        previous[across] >= monitor[across] + monitor[acrossSize]);
    if (apart) break;
    edge += monitor[size];
    previous = monitor;
  }
  // The last monitor was counted before it was checked, so whether it fits does not matter.
  return checked === sorted.length;
}

function stacked(sorted: readonly Scaled[], row: boolean, upper: Point): WslgOutput[] {
  let along = 0;
  return sorted.map(({ monitor, scale, clientScale }) => {
    const width = Math.trunc(monitor.width / scale);
    const height = Math.trunc(monitor.height / scale);
    const across = Math.abs(Math.trunc((row ? upper.y - monitor.y : upper.x - monitor.x) / scale));
    const place = row ? { x: along, y: across } : { x: across, y: along };
    along += row ? width : height;
    return { monitor, ...place, width, height, scale, clientScale };
  });
}

function unscaled(all: readonly Scaled[], upper: Point, { debugFactor = 100 }: WslgLayoutOptions): WslgOutput[] {
  const part = (length: number): number => Math.trunc((length * 100) / debugFactor);
  return all.map(({ monitor }) => ({
    monitor,
    x: part(monitor.x + Math.abs(upper.x)),
    y: part(monitor.y + Math.abs(upper.y)),
    width: part(monitor.width),
    height: part(monitor.height),
    scale: 1,
    clientScale: 1,
  }));
}

/** What the server's C does: 32-bit floats, cut towards zero. */
const scaledBy = (length: number, factor: number): number =>
  Math.trunc(Math.fround(Math.fround(length) * Math.fround(factor)));

/** A point of the client's desktop in logical units; unchanged, without an output, if off all monitors. */
export function toLogicalLikeWslg(
  outputs: readonly WslgOutput[],
  point: Point,
): Point & { readonly output: WslgOutput | undefined } {
  const output = outputs.find(({ monitor }) => holdsPoint(monitor, point));
  if (output === undefined) return { ...point, output };
  const factor = 1 / output.clientScale;
  return {
    output,
    x: scaledBy(point.x - output.monitor.x, factor) + output.x,
    y: scaledBy(point.y - output.monitor.y, factor) + output.y,
  };
}

/** A point in logical units of a window on this output, in pixels of the client's desktop. */
export function toClientLikeWslg(output: WslgOutput, point: Point): Point {
  return {
    x: scaledBy(point.x - output.x, output.clientScale) + output.monitor.x,
    y: scaledBy(point.y - output.y, output.clientScale) + output.monitor.y,
  };
}
