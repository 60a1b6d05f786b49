import type { Box, Canvas } from "@railvail/session";
import type { DemoWindow, WindowHost, WindowInput } from "../demo-window.js";
import { letterIcons } from "../drawing/icons.js";
import { color, frame, paint, whole } from "../drawing/shapes.js";
import { drawText } from "../drawing/text.js";

const step = 120;

/** Lets through what lies below it; the wheel makes it thicker or thinner. */
export class GlassWindow implements DemoWindow {
  readonly settings = {
    left: 300,
    top: 220,
    width: 240,
    height: 200,
    title: "Glass",
    appId: "railvail.demo.glass",
    // Said of the window, not found out: a compositor knows it from its client's surface.
    opaque: false,
    icons: letterIcons("G", color(90, 60, 160)),
  };
  private readonly host: WindowHost;
  private thickness = 128;

  constructor(host: WindowHost) {
    this.host = host;
  }

  input(event: WindowInput): void {
    if (event.type !== "wheel") return;
    this.thickness = Math.min(255, Math.max(16, this.thickness + (event.rotation / step) * 16));
    this.host.changed();
  }

  draw(canvas: Canvas, damage: readonly Box[]): void {
    const { thickness } = this;
    for (const box of damage) {
      paint(canvas, box, (x, y) =>
        color(120, 80, 200, Math.round((thickness * (x + y)) / (canvas.width + canvas.height))),
      );
    }
    frame(canvas, whole(canvas), 2, color(60, 20, 120));
    drawText(canvas, 16, 16, "glass", color(255, 255, 255), 3);
  }
}
