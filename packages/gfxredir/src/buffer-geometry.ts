import type { GfxredirRule } from "./gfxredir-machine.js";
import { BufferFormat } from "./pdu/buffer.js";
import { opaqueRectLimit, Orientation, type PresentBuffer } from "./pdu/present-buffer.js";
import type { Rectangle32 } from "./pdu/rectangle.js";

/** A part of a pool that is an image: `offset` and `stride` in bytes, `width` and `height` in pixels. */
export interface PoolBuffer {
  readonly poolId: bigint;
  readonly bufferId: bigint;
  readonly offset: bigint;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  /** One of `BufferFormat`: four bytes a pixel. */
  readonly format: number;
}

const bytesPerPixel = 4;

/** These fields and no others, so that what is kept does not hold the bytes of a message. */
export const poolBuffer = (of: PoolBuffer): PoolBuffer => ({
  poolId: of.poolId,
  bufferId: of.bufferId,
  offset: of.offset,
  stride: of.stride,
  width: of.width,
  height: of.height,
  format: of.format,
});

/**
 * The rule that a buffer breaks in a pool of `poolSize` bytes. The last row needs its pixels only;
 * who sends also leaves room for its stride (`whole`), as a receiver may count that.
 */
export function bufferFault(buffer: PoolBuffer, poolSize: bigint, whole: boolean): GfxredirRule | undefined {
  const { offset, stride, width, height, format } = buffer;
  if (format !== BufferFormat.xrgb8888 && format !== BufferFormat.argb8888) return "buffer-format";
  const row = width * bytesPerPixel;
  if (width < 1 || height < 1 || stride < row) return "buffer-size";
  const rows = BigInt(stride) * BigInt(height - 1) + BigInt(whole ? stride : row);
  return offset < 0n || offset + rows > poolSize ? "buffer-outside-pool" : undefined;
}

const isOrientation = (orientation: number): boolean =>
  orientation === Orientation.none ||
  orientation === Orientation.quarter ||
  orientation === Orientation.half ||
  orientation === Orientation.threeQuarters;

const isInside = ({ left, top, width, height }: Rectangle32, buffer: PoolBuffer): boolean =>
  left + width <= buffer.width && top + height <= buffer.height;

/** The rules that a present of `buffer` breaks, apart from what waits. */
export function presentFaults(
  present: Pick<PresentBuffer, "orientation" | "dirtyRect" | "opaqueRects">,
  buffer: PoolBuffer,
): GfxredirRule[] {
  const faults: GfxredirRule[] = [];
  if (!isOrientation(present.orientation)) faults.push("orientation");
  const inside = isInside(present.dirtyRect, buffer) && present.opaqueRects.every((rect) => isInside(rect, buffer));
  if (!inside) faults.push("rectangle-outside");
  if (present.opaqueRects.length > opaqueRectLimit) faults.push("too-many-opaque-rects");
  return faults;
}

/** The part of a rectangle that lies in the buffer. */
export function cut({ left, top, width, height }: Rectangle32, buffer: PoolBuffer): Rectangle32 {
  const x = Math.min(left, buffer.width);
  const y = Math.min(top, buffer.height);
  return { left: x, top: y, width: Math.min(width, buffer.width - x), height: Math.min(height, buffer.height - y) };
}
