import type { Box, Canvas, Pointer } from "@railvail/session";
import type { DemoWindow, WindowHost, WindowInput } from "../demo-window.js";
import { crosshair } from "../drawing/crosshair.js";
import { letterIcons } from "../drawing/icons.js";
import { boxAround, color, disc, fill, whole, type Color } from "../drawing/shapes.js";
import { MenuWindow } from "./menu-window.js";

const radius = 3;
const paper = color(255, 255, 255);
const inks: readonly (readonly [name: string, ink: Color])[] = [
  ["Black", color(0, 0, 0)],
  ["Red", color(210, 30, 30)],
  ["Green", color(30, 150, 50)],
  ["Blue", color(30, 60, 210)],
];

/** Can be painted in with the left button; the right one opens a menu of colours. */
export class PaintWindow implements DemoWindow {
  readonly settings = {
    left: 60,
    top: 340,
    width: 320,
    height: 240,
    title: "Paint",
    appId: "railvail.demo.paint",
    icons: letterIcons("P", color(40, 150, 60)),
  };
  readonly pointer: Pointer = crosshair;
  private readonly host: WindowHost;
  private ink: Color = color(0, 0, 0);
  /** What was painted. A canvas goes with its client, and when the window is sized: this stays. */
  private sheet: Canvas = blank(320, 240);
  private last: { readonly x: number; readonly y: number } | undefined;

  constructor(host: WindowHost) {
    this.host = host;
  }

  input(event: WindowInput): void {
    if (event.type === "pressed" && event.button === "left") this.line(event.x, event.y);
    else if (event.type === "moved" && this.last !== undefined) this.line(event.x, event.y);
    else if (event.type === "released" && event.button === "left") this.last = undefined;
    else if (event.type === "pressed" && event.button === "right") this.menu(event.x, event.y);
  }

  draw(canvas: Canvas, damage: readonly Box[]): void {
    this.grow(canvas.width, canvas.height);
    for (const { left, top, width, height } of damage) {
      const [from, to] = [Math.max(0, left) * 4, Math.min(canvas.width, left + width) * 4];
      if (from >= to) continue;
      for (let y = Math.max(0, top); y < Math.min(canvas.height, top + height); y++) {
        const row = y * this.sheet.stride;
        canvas.pixels.set(this.sheet.pixels.subarray(row + from, row + to), y * canvas.stride + from);
      }
    }
  }

  /** The pointer jumps from event to event: what lies between is painted too. */
  private line(x: number, y: number): void {
    const from = this.last ?? { x, y };
    const steps = Math.max(1, Math.abs(x - from.x), Math.abs(y - from.y));
    for (let step = 0; step <= steps; step++) {
      const px = Math.round(from.x + ((x - from.x) * step) / steps);
      const py = Math.round(from.y + ((y - from.y) * step) / steps);
      disc(this.sheet, boxAround(px, py, radius), px, py, radius, this.ink);
    }
    this.last = { x, y };
    const [left, top] = [Math.min(x, from.x) - radius, Math.min(y, from.y) - radius];
    const width = Math.abs(x - from.x) + 2 * radius + 1;
    const height = Math.abs(y - from.y) + 2 * radius + 1;
    this.host.changed({ left, top, width, height });
  }

  private menu(x: number, y: number): void {
    const choices = inks.map(([name, ink]) => ({ name, chosen: () => void (this.ink = ink) }));
    const clear = { name: "Clear", chosen: () => this.clear() };
    this.host.popUp((host) => new MenuWindow(host, [...choices, clear]), x, y);
  }

  private clear(): void {
    this.sheet = blank(this.sheet.width, this.sheet.height);
    this.host.changed();
  }

  private grow(width: number, height: number): void {
    const { sheet } = this;
    if (width <= sheet.width && height <= sheet.height) return;
    this.sheet = blank(Math.max(width, sheet.width), Math.max(height, sheet.height));
    for (let y = 0; y < sheet.height; y++) {
      this.sheet.pixels.set(sheet.pixels.subarray(y * sheet.stride, (y + 1) * sheet.stride), y * this.sheet.stride);
    }
  }
}

function blank(width: number, height: number): Canvas {
  const sheet: Canvas = { width, height, stride: width * 4, pixels: new Uint8Array(width * height * 4) };
  fill(sheet, whole(sheet), paper);
  return sheet;
}
