import type { PointerShape } from "@railvail/session";
import { color, dot } from "./shapes.js";

const size = 17;
const middle = 8;

function drawn(): PointerShape {
  const shape = { width: size, height: size, stride: size * 4, pixels: new Uint8Array(size * size * 4) };
  for (let at = 0; at < size; at++) {
    // Black and white by turns, to be seen on every ground.
    const ink = at % 2 === 0 ? color(0, 0, 0) : color(255, 255, 255);
    dot(shape, at, middle, ink);
    dot(shape, middle, at, ink);
  }
  return { ...shape, hotX: middle, hotY: middle };
}

/** A pointer with which single pixels can be aimed at. */
export const crosshair: PointerShape = drawn();
