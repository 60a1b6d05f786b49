import fc from "fast-check";
import { expect, test } from "vitest";
import { color, disc, fill, frame } from "./shapes.js";
import { drawText } from "./text.js";

const canvasOf = (width: number, height: number, spare: number) => {
  const stride = width * 4 + spare;
  return { width, height, stride, pixels: new Uint8Array(stride * height + 8) };
};

const place = fc.integer({ min: -20, max: 20 });
const length = fc.nat(30);

test("nothing is drawn outside of the canvas, wherever it lies", () => {
  const drawn = fc.record({ left: place, top: place, width: length, height: length });
  fc.assert(
    fc.property(fc.nat(12), fc.nat(12), fc.constantFrom(0, 4, 8), drawn, (width, height, spare, box) => {
      const canvas = canvasOf(width, height, spare);
      const ink = color(255, 255, 255);
      fill(canvas, box, ink);
      frame(canvas, box, 2, ink);
      disc(canvas, box, box.left + 3, box.top + 3, 5, ink);
      drawText(canvas, box.left, box.top, "Wq~", ink, 2);
      for (let y = 0; y < height; y++) {
        const end = canvas.pixels.subarray(y * canvas.stride + width * 4, (y + 1) * canvas.stride);
        expect(end.every((byte) => byte === 0)).toBe(true);
      }
      expect(canvas.pixels.subarray(canvas.stride * height).every((byte) => byte === 0)).toBe(true);
    }),
  );
});

test("a box is filled and nothing beside it", () => {
  const canvas = canvasOf(5, 4, 4);
  fill(canvas, { left: 1, top: 1, width: 3, height: 2 }, color(1, 2, 3));
  const set = (x: number, y: number): boolean => canvas.pixels[y * canvas.stride + x * 4 + 3] === 255;
  for (let y = 0; y < 4; y++) {
    for (let x = 0; x < 5; x++) expect(set(x, y)).toBe(x >= 1 && x < 4 && y >= 1 && y < 3);
  }
});

test("no colour is brighter than its alpha", () => {
  const byte = fc.nat(255);
  fc.assert(
    fc.property(byte, byte, byte, byte, (red, green, blue, alpha) => {
      const [b, g, r, a] = color(red, green, blue, alpha);
      expect(Math.max(b, g, r)).toBeLessThanOrEqual(a);
      expect(a).toBe(alpha);
    }),
  );
});
