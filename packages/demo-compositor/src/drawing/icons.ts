import type { ServerIcons } from "@railvail/rail";
import type { Canvas } from "@railvail/session";
import { color, fill, frame, whole, type Color } from "./shapes.js";
import { advance, drawText } from "./text.js";

type Icon = NonNullable<ServerIcons["small"]>;

/** A window's icons: a letter on a colour, 16 pixels for title bars and 32 for task bars. */
export const letterIcons = (letter: string, ground: Color): ServerIcons => ({
  small: letterIcon(16, letter, ground),
  big: letterIcon(32, letter, ground),
});

function letterIcon(size: number, letter: string, ground: Color): Icon {
  const canvas: Canvas = { width: size, height: size, stride: size * 4, pixels: new Uint8Array(size * size * 4) };
  const scale = size / 8;
  // The outermost pixels stay transparent, so that the mask has something to say.
  fill(canvas, { left: 1, top: 1, width: size - 2, height: size - 2 }, ground);
  frame(canvas, { left: 1, top: 1, width: size - 2, height: size - 2 }, 1, color(0, 0, 0));
  const left = Math.round((size - (advance.x - 1) * scale) / 2);
  drawText(canvas, left, Math.round((size - (advance.y - 2) * scale) / 2), letter, color(255, 255, 255), scale);
  return iconOf(canvas);
}

/** An icon as clients want it: the lowest row first, and a mask of a bit a pixel, 1 where nothing is. */
function iconOf(canvas: Canvas): Icon {
  const { width, height } = whole(canvas);
  // Rows of the mask end at a multiple of four bytes.
  const maskStride = Math.ceil(width / 32) * 4;
  const bitsMask = new Uint8Array(maskStride * height);
  const bitsColor = new Uint8Array(width * 4 * height);
  for (let y = 0; y < height; y++) {
    const row = canvas.pixels.subarray(y * canvas.stride, y * canvas.stride + width * 4);
    bitsColor.set(row, (height - 1 - y) * width * 4);
    for (let x = 0; x < width; x++) {
      const at = (height - 1 - y) * maskStride + (x >> 3);
      if (row[x * 4 + 3] === 0) bitsMask[at] = (bitsMask[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { bpp: 32, width, height, bitsMask, colorTable: undefined, bitsColor };
}
