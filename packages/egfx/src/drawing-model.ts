import { CodecId } from "./codec-id.js";
import type { EgfxCapability } from "./egfx-capability.js";
import type { EgfxDrawing, EgfxRule, EgfxValue } from "./egfx-machine.js";
import type { EgfxSurface, Graphics, GraphicsLimits } from "./graphics-model.js";
import type { Point16 } from "./pdu/geometry.js";
import type { Rectangle } from "./rectangles.js";
import { cachedBitmap, withSlot } from "./slot-table.js";

/** What a drawing is held against. */
export interface DrawingRules {
  readonly capability: EgfxCapability;
  readonly limits: GraphicsLimits;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * What the client has after a drawing: the same object unless the cache changes. Undefined if the drawing
 * cannot be done at all. Adds the rules that are broken. `payload` is the length of the bitmap data.
 */
export function drawn(
  graphics: Graphics,
  { message, value }: EgfxDrawing,
  against: DrawingRules,
  faults: EgfxRule[],
  payload?: number,
): Graphics | undefined {
  switch (message) {
    case "wireToSurface1":
      return wireToSurface1(graphics, value, against, faults, payload ?? value.bitmapData.length);
    case "wireToSurface2":
      if (value.codecId === CodecId.caProgressive && !against.capability.progressive) faults.push("codec-not-agreed");
      return onSurface(graphics, value.surfaceId, faults) && graphics;
    case "deleteEncodingContext":
      return onSurface(graphics, value.surfaceId, faults) && graphics;
    case "solidFill":
      return solidFill(graphics, value, faults);
    case "surfaceToSurface":
      return surfaceToSurface(graphics, value, faults);
    case "surfaceToCache":
      return surfaceToCache(graphics, value, against, faults);
    case "cacheToSurface":
      return cacheToSurface(graphics, value, faults);
    case "evictCacheEntry":
      if (cachedBitmap(graphics.cache, value.cacheSlot) === undefined) return impossible("slot-empty", faults);
      return { ...graphics, cache: withSlot(graphics.cache, value.cacheSlot, undefined) };
  }
}

function impossible(rule: EgfxRule, faults: EgfxRule[]): undefined {
  faults.push(rule);
}

function onSurface({ surfaces }: Graphics, surfaceId: number, faults: EgfxRule[]): EgfxSurface | undefined {
  return surfaces.get(surfaceId) ?? impossible("surface-unknown", faults);
}

const isInside = ({ left, top, right, bottom }: Rectangle, { width, height }: Size): boolean =>
  left < right && top < bottom && right <= width && bottom <= height;

/** Whether a bitmap fits at each of the points. */
const fits = (points: readonly Point16[], { width, height }: Size, surface: EgfxSurface): boolean =>
  points.every(({ x, y }) => x + width <= surface.width && y + height <= surface.height);

function wireToSurface1(
  graphics: Graphics,
  { surfaceId, codecId, destRect }: EgfxValue<"wireToSurface1">,
  { capability }: DrawingRules,
  faults: EgfxRule[],
  payload: number,
): Graphics | undefined {
  const surface = onSurface(graphics, surfaceId, faults);
  if (surface === undefined) return undefined;
  if (!isInside(destRect, surface)) faults.push("outside-surface");
  else if (codecId === CodecId.uncompressed) {
    const pixels = (destRect.right - destRect.left) * (destRect.bottom - destRect.top);
    if (payload !== pixels * 4) faults.push("payload-size");
  }
  if (!isAgreed(codecId, capability)) faults.push("codec-not-agreed");
  return graphics;
}

function isAgreed(codecId: number, { avc420, avc444 }: EgfxCapability): boolean {
  switch (codecId) {
    case CodecId.avc420:
      return avc420;
    case CodecId.avc444:
    case CodecId.avc444v2:
      return avc444;
    default:
      return true;
  }
}

function solidFill(
  graphics: Graphics,
  { surfaceId, fillRects }: EgfxValue<"solidFill">,
  faults: EgfxRule[],
): Graphics | undefined {
  const surface = onSurface(graphics, surfaceId, faults);
  if (surface === undefined) return undefined;
  if (!fillRects.every((rect) => isInside(rect, surface))) faults.push("outside-surface");
  return graphics;
}

function surfaceToSurface(
  graphics: Graphics,
  { surfaceIdSrc, surfaceIdDest, rectSrc, destPts }: EgfxValue<"surfaceToSurface">,
  faults: EgfxRule[],
): Graphics | undefined {
  const source = onSurface(graphics, surfaceIdSrc, faults);
  const target = source && onSurface(graphics, surfaceIdDest, faults);
  if (source === undefined || target === undefined) return undefined;
  if (!isInside(rectSrc, source) || !fits(destPts, sizeOf(rectSrc), target)) faults.push("outside-surface");
  return graphics;
}

const sizeOf = ({ left, top, right, bottom }: Rectangle): Size => ({ width: right - left, height: bottom - top });

function surfaceToCache(
  graphics: Graphics,
  { surfaceId, cacheSlot, rectSrc }: EgfxValue<"surfaceToCache">,
  { capability, limits }: DrawingRules,
  faults: EgfxRule[],
): Graphics | undefined {
  const { cache } = graphics;
  const surface = onSurface(graphics, surfaceId, faults);
  if (surface === undefined) return undefined;
  if (cacheSlot < 1 || cacheSlot > capability.cacheSlots) return impossible("slot-range", faults);
  if (!isInside(rectSrc, surface)) return impossible("outside-surface", faults);
  const { width, height } = sizeOf(rectSrc);
  const pixels = width * height;
  const after = cache.pixels - (cachedBitmap(cache, cacheSlot)?.pixels ?? 0) + pixels;
  if (after * 4 > capability.cacheBytes) return impossible("cache-full", faults);
  if (graphics.surfacePixels + after > limits.maxPixels) return impossible("too-many-pixels", faults);
  return { ...graphics, cache: withSlot(cache, cacheSlot, { width, height, pixels }) };
}

function cacheToSurface(
  graphics: Graphics,
  { cacheSlot, surfaceId, destPts }: EgfxValue<"cacheToSurface">,
  faults: EgfxRule[],
): Graphics | undefined {
  const surface = onSurface(graphics, surfaceId, faults);
  if (surface === undefined) return undefined;
  const bitmap = cachedBitmap(graphics.cache, cacheSlot);
  if (bitmap === undefined) return impossible("slot-empty", faults);
  if (!fits(destPts, bitmap, surface)) faults.push("outside-surface");
  return graphics;
}
