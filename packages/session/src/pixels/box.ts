import type { Box } from "../compositor/compositor-window.js";

/** The part of a box that lies on an image; undefined if there is none. */
export function clip(box: Box, width: number, height: number): Box | undefined {
  const left = Math.max(0, box.left);
  const top = Math.max(0, box.top);
  const right = Math.min(width, box.left + box.width);
  const bottom = Math.min(height, box.top + box.height);
  return left < right && top < bottom ? { left, top, width: right - left, height: bottom - top } : undefined;
}

/** The smallest box around both. */
export function around(a: Box | undefined, b: Box): Box {
  if (a === undefined) return b;
  const left = Math.min(a.left, b.left);
  const top = Math.min(a.top, b.top);
  const width = Math.max(a.left + a.width, b.left + b.width) - left;
  const height = Math.max(a.top + a.height, b.top + b.height) - top;
  return { left, top, width, height };
}
