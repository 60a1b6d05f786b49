/** A rectangle in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whether a point is in the box. */
export const holds = ({ left, top, width, height }: Box, x: number, y: number): boolean =>
  x >= left && y >= top && x < left + width && y < top + height;

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
