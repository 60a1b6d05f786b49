import type { Screenshot } from "./display.js";

/** How many colours are in a picture. */
export function colors({ pixels }: Screenshot): number {
  const seen = new Set<number>();
  for (let at = 0; at < pixels.length; at += 4) seen.add(pixels.readUIntBE(at, 3));
  return seen.size;
}

/** Pixels that are not the same in two pictures, and the first of them as text. */
export function differing(seen: Screenshot, shown: Screenshot): { readonly count: number; readonly first: string } {
  let count = 0;
  let first = "";
  for (let at = 0; at < shown.pixels.length; at += 4) {
    const [here, there] = [seen, shown].map(({ pixels }) => pixels.subarray(at, at + 3).join(" "));
    if (here === there) continue;
    if (count++ > 0) continue;
    const pixel = at / 4;
    first = `at ${pixel % shown.width},${Math.floor(pixel / shown.width)}: seen ${here ?? ""}, shown ${there ?? ""}`;
  }
  return { count, first };
}

/** A part of a picture, which must have it. */
export function part(
  { width: full, pixels }: Screenshot,
  { left, top, width, height }: { readonly [side in "left" | "top" | "width" | "height"]: number },
): Screenshot {
  const rows = Array.from({ length: height }, (_, y) => {
    const at = ((top + y) * full + left) * 4;
    return pixels.subarray(at, at + width * 4);
  });
  return { width, height, pixels: Buffer.concat(rows) };
}
