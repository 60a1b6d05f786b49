import { placeOf } from "../pixels/pixel-image.js";
import type { Rectangle } from "../pixels/region.js";
import { packShape, type PackedShape, type PointerShape } from "./pointer-shape.js";

/**
 * The shape in at most `largest` pixels each way: without what is transparent around it, and then
 * smaller if it has to be. Undefined if nothing of it can be seen.
 */
export function fitPointer(shape: PointerShape, largest: number): PackedShape | undefined {
  const { right: width, bottom: height } = placeOf({ ...shape, left: 0, top: 0, opaque: false });
  const seen = seenPart(shape, width, height);
  if (seen === undefined) return undefined;
  if (width <= largest && height <= largest) return packShape(shape, 0, 0, width, height);
  // The pixel that points has to be there, even where it is transparent.
  const [hotX, hotY] = [Math.min(shape.hotX, width - 1), Math.min(shape.hotY, height - 1)];
  const left = Math.max(0, Math.min(seen.left, hotX));
  const top = Math.max(0, Math.min(seen.top, hotY));
  const right = Math.max(seen.right, hotX + 1);
  const bottom = Math.max(seen.bottom, hotY + 1);
  const part = packShape(shape, left, top, right - left, bottom - top);
  return part.width <= largest && part.height <= largest ? part : scaleDown(part, largest);
}

/** The rectangle around the pixels that are not wholly transparent. */
function seenPart({ pixels, stride }: PointerShape, width: number, height: number): Rectangle | undefined {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[y * stride + x * 4 + 3] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return right === 0 ? undefined : { left, top, right, bottom };
}

/** Each pixel is the mean of those that it stands for; that they are multiplied by alpha makes it right. */
function scaleDown(shape: PackedShape, largest: number): PackedShape {
  const factor = Math.max(shape.width, shape.height) / largest;
  const width = Math.max(1, Math.round(shape.width / factor));
  const height = Math.max(1, Math.round(shape.height / factor));
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = share(y, height, shape.height);
    for (let x = 0; x < width; x++) {
      const [left, right] = share(x, width, shape.width);
      const count = (right - left) * (bottom - top);
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (let row = top; row < bottom; row++) {
          for (let column = left; column < right; column++) {
            sum += shape.pixels[row * shape.stride + column * 4 + channel] as number;
          }
        }
        pixels[(y * width + x) * 4 + channel] = Math.round(sum / count);
      }
    }
  }
  const hotX = Math.floor(shape.hotX / factor);
  const hotY = Math.floor(shape.hotY / factor);
  return packShape({ width, height, stride: width * 4, pixels, hotX, hotY }, 0, 0, width, height);
}

/** Which of `from` pixels the one at `at` of `to` stands for: at least one. */
function share(at: number, to: number, from: number): readonly [number, number] {
  const start = Math.floor((at * from) / to);
  return [start, Math.max(start + 1, Math.floor(((at + 1) * from) / to))];
}
