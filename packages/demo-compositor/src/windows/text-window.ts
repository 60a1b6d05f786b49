import type { Canvas } from "@railvail/session";
import type { DemoWindow, WindowHost, WindowInput } from "../demo-window.js";
import { letterIcons } from "../drawing/icons.js";
import { color, fill, whole } from "../drawing/shapes.js";
import { advance, drawText } from "../drawing/text.js";

const scale = 2;
const margin = 8;
const cell = { width: advance.x * scale, height: advance.y * scale } as const;
const paper = color(252, 250, 240);
const ink = color(20, 20, 60);
const caret = color(200, 40, 40);
/** Characters that are kept: what is pasted may be long. */
const limit = 5000;

/** Echoes what is typed and pasted; Ctrl-C puts all of it on the clipboard. */
export class TextWindow implements DemoWindow {
  readonly settings = {
    left: 400,
    top: 60,
    width: 380,
    height: 220,
    title: "Text",
    appId: "railvail.demo.text",
    icons: letterIcons("T", color(40, 90, 190)),
  };
  private readonly host: WindowHost;
  /** Characters, not units: one that needs two must not be cut in half. */
  private characters: string[] = [];

  constructor(host: WindowHost) {
    this.host = host;
  }

  get text(): string {
    return this.characters.join("");
  }

  input(event: WindowInput): void {
    if (event.type === "typed") return this.add(event.text);
    if (event.type !== "command") return undefined;
    switch (event.command) {
      case "enter":
        return this.add("\n");
      case "backspace":
        this.characters.pop();
        return this.host.changed();
      case "copy":
        return this.host.copy(this.text);
      case "paste":
        return this.host.paste((text) => this.add(text));
    }
  }

  draw(canvas: Canvas): void {
    fill(canvas, whole(canvas), paper);
    const columns = Math.max(1, Math.floor((canvas.width - 2 * margin) / cell.width));
    const rows = Math.max(1, Math.floor((canvas.height - 2 * margin) / cell.height));
    const lines = this.lines(columns);
    const shown = lines.slice(-rows);
    for (const [row, line] of shown.entries()) {
      drawText(canvas, margin, margin + row * cell.height, line.join(""), ink, scale);
    }
    const left = margin + (shown.at(-1)?.length ?? 0) * cell.width;
    const top = margin + (shown.length - 1) * cell.height;
    fill(canvas, { left, top, width: scale, height: cell.height - scale }, caret);
  }

  private add(text: string): void {
    this.characters = [...this.characters, ...Array.from(text.replaceAll("\t", "  "))].slice(-limit);
    this.host.changed();
  }

  private lines(columns: number): string[][] {
    const lines: string[][] = [[]];
    for (const character of this.characters) {
      const last = lines.at(-1) as string[];
      if (character === "\n") lines.push([]);
      else if (last.length < columns) last.push(character);
      else lines.push([character]);
    }
    return lines;
  }
}
