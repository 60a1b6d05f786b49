import type { Box, Canvas } from "@railvail/session";

/** B, G, R, A, as they stand in memory: the first three are multiplied by the last. */
export type Color = readonly [blue: number, green: number, red: number, alpha: number];

/** A colour of red, green, blue and alpha, 0 to 255 each. */
export function color(red: number, green: number, blue: number, alpha = 255): Color {
  // Compositors and clients want premultiplied colours: none of the three is ever above alpha.
  const times = (value: number): number => Math.round((value * alpha) / 255);
  return [times(blue), times(green), times(red), alpha];
}

/** Sets one pixel; outside of the canvas nothing happens. */
export function dot(canvas: Canvas, x: number, y: number, [blue, green, red, alpha]: Color): void {
  if (x < 0 || y < 0 || x >= canvas.width || y >= canvas.height) return;
  const at = y * canvas.stride + x * 4;
  const { pixels } = canvas;
  pixels[at] = blue;
  pixels[at + 1] = green;
  pixels[at + 2] = red;
  pixels[at + 3] = alpha;
}

/** Colours each pixel of a box by its place. */
export function paint(canvas: Canvas, box: Box, colorAt: (x: number, y: number) => Color | undefined): void {
  const { left, top, right, bottom } = within(canvas, box);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const chosen = colorAt(x, y);
      if (chosen !== undefined) dot(canvas, x, y, chosen);
    }
  }
}

export function fill(canvas: Canvas, box: Box, filling: Color): void {
  const { left, top, right, bottom } = within(canvas, box);
  if (left >= right || top >= bottom) return;
  for (let x = left; x < right; x++) dot(canvas, x, top, filling);
  const { pixels, stride } = canvas;
  const [from, to] = [top * stride + left * 4, top * stride + right * 4];
  for (let y = 1; y < bottom - top; y++) pixels.copyWithin(from + y * stride, from, to);
}

/** The pixels of a box that are on a disc around a point. */
export function disc(canvas: Canvas, box: Box, x: number, y: number, radius: number, filling: Color): void {
  paint(canvas, box, (px, py) => ((px - x) ** 2 + (py - y) ** 2 <= radius * radius ? filling : undefined));
}

/** A line of so many pixels along the inside of a box. */
export function frame(canvas: Canvas, { left, top, width, height }: Box, thickness: number, filling: Color): void {
  fill(canvas, { left, top, width, height: thickness }, filling);
  fill(canvas, { left, top: top + height - thickness, width, height: thickness }, filling);
  fill(canvas, { left, top, width: thickness, height }, filling);
  fill(canvas, { left: left + width - thickness, top, width: thickness, height }, filling);
}

/** All of a canvas. */
export const whole = ({ width, height }: Canvas): Box => ({ left: 0, top: 0, width, height });

/** The box around a disc. */
export const boxAround = (x: number, y: number, radius: number): Box => ({
  left: x - radius,
  top: y - radius,
  width: 2 * radius + 1,
  height: 2 * radius + 1,
});

const within = (canvas: Canvas, { left, top, width, height }: Box) => ({
  left: Math.max(0, left),
  top: Math.max(0, top),
  right: Math.min(canvas.width, left + width),
  bottom: Math.min(canvas.height, top + height),
});
