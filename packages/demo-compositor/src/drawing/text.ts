import type { Canvas } from "@railvail/session";
import { glyphRows, glyphSize } from "./font.js";
import { fill, type Color } from "./shapes.js";

/** Pixels from a character to the next, and from a line to the next, at the scale 1. */
export const advance = { x: glyphSize.width + 1, y: glyphSize.height + 2 } as const;

/** Draws characters in one line from the left upper pixel on; each pixel of the font is `scale` pixels. */
export function drawText(canvas: Canvas, left: number, top: number, text: string, ink: Color, scale = 1): void {
  let x = left;
  for (const character of text) {
    if (x >= canvas.width) return;
    for (const [row, bits] of glyphRows(character).entries()) {
      for (let column = 0; column < glyphSize.width; column++) {
        if (((bits >> (glyphSize.width - 1 - column)) & 1) === 0) continue;
        const place = { left: x + column * scale, top: top + row * scale, width: scale, height: scale };
        fill(canvas, place, ink);
      }
    }
    x += advance.x * scale;
  }
}
