import type { Box, Canvas } from "@railvail/session";
import type { DemoWindow, WindowHost, WindowInput } from "../demo-window.js";
import { letterIcons } from "../drawing/icons.js";
import { boxAround, color, disc, paint } from "../drawing/shapes.js";

const radius = 24;
const ball = color(250, 210, 60);
/** Milliseconds from one side to the other and back; their ratio is no simple one, so the path is long. */
const periods = { x: 5300, y: 3700 } as const;

/** A ball that flies about; the window can be dragged by any part of it. The ball moves by the clock: a slow client sees fewer pictures, not a slower ball. */
export class AnimationWindow implements DemoWindow {
  readonly settings = {
    left: 40,
    top: 60,
    width: 320,
    height: 240,
    title: "Animation",
    appId: "railvail.demo.animation",
    icons: letterIcons("A", color(200, 80, 40)),
  };
  private readonly host: WindowHost;
  private x = radius;
  private y = radius;

  constructor(host: WindowHost) {
    this.host = host;
  }

  input(event: WindowInput): void {
    if (event.type === "pressed" && event.button === "left") this.host.drag(event.x, event.y);
  }

  tick(now: number): void {
    const { width, height } = this.host.size;
    const x = radius + along(now, periods.x, width - 2 * radius - 1);
    const y = radius + along(now, periods.y, height - 2 * radius - 1);
    if (x === this.x && y === this.y) return;
    const before = boxAround(this.x, this.y, radius);
    this.x = x;
    this.y = y;
    this.host.changed(before, boxAround(x, y, radius));
  }

  draw(canvas: Canvas, damage: readonly Box[]): void {
    for (const box of damage) {
      paint(canvas, box, (x, y) => color(30 + ((x >> 1) & 63), 40, 60 + ((y >> 1) & 127)));
      disc(canvas, box, this.x, this.y, radius, ball);
    }
  }
}

/** A way there and back. */
function along(now: number, period: number, length: number): number {
  const part = (now % period) / period;
  return Math.max(0, Math.round(length * (part < 0.5 ? 2 * part : 2 - 2 * part)));
}
