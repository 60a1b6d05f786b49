import { MonitorFlags, type MonitorDefinition } from "./pdu/monitor-layout.js";

/**
 * A monitor of the client, in the client's desktop: pixels from the upper left corner of the
 * primary monitor, negative to the left of it and above.
 */
export interface ClientMonitor {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Percent; 0 if unknown. */
  readonly desktopScaleFactor: number;
  readonly primary: boolean;
}

/** A point in pixels, or in logical units of the compositor. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The place and scale of a monitor as the client sent it. */
export function clientMonitor(definition: MonitorDefinition): ClientMonitor {
  const { left: x, top: y, width, height, desktopScaleFactor, flags } = definition;
  return { x, y, width, height, desktopScaleFactor, primary: (flags & MonitorFlags.primary) !== 0 };
}

/** Whether the point is on the monitor; its right and lower edges are not. */
export const holdsPoint = (monitor: ClientMonitor, { x, y }: Point): boolean =>
  x >= monitor.x && x < monitor.x + monitor.width && y >= monitor.y && y < monitor.y + monitor.height;

/** The smallest rectangle around all monitors; undefined if there is none. */
export function desktopBox(
  monitors: readonly ClientMonitor[],
): Omit<ClientMonitor, "desktopScaleFactor" | "primary"> | undefined {
  const [first] = monitors;
  if (first === undefined) return undefined;
  let [left, top, right, bottom] = [first.x, first.y, first.x, first.y];
  for (const each of monitors) {
    left = Math.min(left, each.x);
    top = Math.min(top, each.y);
    right = Math.max(right, each.x + each.width);
    bottom = Math.max(bottom, each.y + each.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The client's desktop point of a mouse message, which counts from the corner of the whole desktop. */
export function mouseToClient(monitors: readonly ClientMonitor[], mouse: Point): Point {
  const box = desktopBox(monitors);
  return { x: mouse.x + (box?.x ?? 0), y: mouse.y + (box?.y ?? 0) };
}
