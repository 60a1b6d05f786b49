import type { Canvas, NewWindow } from "@railvail/session";
import type { DemoWindow, WindowHost, WindowInput } from "../demo-window.js";
import { color, fill, frame, whole } from "../drawing/shapes.js";
import { advance, drawText } from "../drawing/text.js";

/** A line of a menu. */
export interface MenuChoice {
  readonly name: string;
  readonly chosen: () => void;
}

const scale = 2;
const margin = 6;
const lineHeight = advance.y * scale + 4;
const paper = color(235, 235, 235);
const ink = color(0, 0, 0);
const bar = color(150, 190, 240);
const edge = color(90, 90, 90);

/** A menu that pops up. It has no title and no button on a taskbar, and stays above its owner. */
export class MenuWindow implements DemoWindow {
  readonly settings: NewWindow;
  private readonly host: WindowHost;
  private readonly choices: readonly MenuChoice[];
  private under = -1;

  constructor(host: WindowHost, choices: readonly MenuChoice[]) {
    this.host = host;
    this.choices = choices;
    const letters = Math.max(...choices.map(({ name }) => name.length));
    const width = letters * advance.x * scale + 2 * margin;
    const height = choices.length * lineHeight + 2 * margin;
    // Where it opens is for the one to say who opens it.
    this.settings = { left: 0, top: 0, width, height, role: "popup", title: "Menu" };
  }

  input(event: WindowInput): void {
    if (event.type === "moved") this.point(this.lineAt(event.y));
    // The right button, which opened the menu, is let go over it: that chooses nothing.
    if (event.type !== "released" || event.button !== "left") return;
    this.choices[this.lineAt(event.y)]?.chosen();
    this.host.close();
  }

  draw(canvas: Canvas): void {
    fill(canvas, whole(canvas), paper);
    for (const [line, { name }] of this.choices.entries()) {
      const top = margin + line * lineHeight;
      if (line === this.under) fill(canvas, { left: 0, top, width: canvas.width, height: lineHeight }, bar);
      drawText(canvas, margin, top + 3, name, ink, scale);
    }
    frame(canvas, whole(canvas), 1, edge);
  }

  private point(line: number): void {
    if (line === this.under) return;
    this.under = line;
    this.host.changed();
  }

  private lineAt(y: number): number {
    const line = Math.floor((y - margin) / lineHeight);
    return line >= 0 && line < this.choices.length ? line : -1;
  }
}
