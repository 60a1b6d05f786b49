import type { Pdu } from "@railvail/wire";
import { decodeAlpha } from "../src/alpha-codec.js";
import {
  CacheToSurface,
  CodecId,
  CreateSurface,
  DeleteSurface,
  EvictCacheEntry,
  PixelFormat,
  SolidFill,
  SurfaceToCache,
  SurfaceToSurface,
  WireToSurface1,
  WireToSurface2,
  type Rect16,
} from "../src/index.js";

/** A declaration and a value of it. */
export type Command = readonly [Pdu, unknown];

type Rgba = readonly [number, number, number, number];
interface Pixel {
  readonly color: Rgba;
  readonly unknown: boolean;
}
type Painted = Pixel[][] & { opaque?: boolean; alphaDrawn?: boolean };
type Place = readonly [x: number, y: number];

const places = ({ left, top, right, bottom }: Rect16): Place[] => {
  const all: Place[] = [];
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) all.push([x, y]);
  return all;
};

/** Surfaces as lists of pixels, each with whether it is known: slow, and one pixel at a time. */
export class PaintedSurfaces {
  readonly surfaces = new Map<number, Painted>();
  private readonly slots = new Map<number, ReadonlyMap<string, Pixel>>();

  apply(pdu: Pdu, value: unknown): void {
    if (pdu === CreateSurface) this.create(value as CreateSurface);
    if (pdu === DeleteSurface) this.surfaces.delete((value as DeleteSurface).surfaceId);
    if (pdu === WireToSurface1) this.wire(value as WireToSurface1);
    if (pdu === WireToSurface2) this.spoilAll((value as WireToSurface2).surfaceId);
    if (pdu === SolidFill) this.fill(value as SolidFill);
    if (pdu === SurfaceToSurface) this.copy(value as SurfaceToSurface);
    if (pdu === SurfaceToCache) this.store(value as SurfaceToCache);
    if (pdu === CacheToSurface) this.show(value as CacheToSurface);
    if (pdu === EvictCacheEntry) this.slots.delete((value as EvictCacheEntry).cacheSlot);
  }

  private create({ surfaceId, width, height, pixelFormat }: CreateSurface): void {
    const opaque = pixelFormat !== PixelFormat.argb8888;
    const pixel: Pixel = { color: [0, 0, 0, opaque ? 255 : 0], unknown: false };
    const painted: Painted = Array.from({ length: height }, () => Array.from({ length: width }, () => pixel));
    painted.opaque = opaque;
    this.surfaces.set(surfaceId, painted);
  }

  /** Changes a pixel, if there is one. */
  private put(surfaceId: number, [x, y]: Place, change: (pixel: Pixel) => Pixel): void {
    const painted = this.surfaces.get(surfaceId);
    const pixel = painted?.[y]?.[x];
    if (painted === undefined || pixel === undefined) return;
    const { color, unknown } = change(pixel);
    const [r, g, b, a] = color;
    (painted[y] as Pixel[])[x] = { color: painted.opaque === true ? [r, g, b, 255] : [r, g, b, a], unknown };
  }

  private spoil(surfaceId: number, place: Place): void {
    this.put(surfaceId, place, ({ color }) => ({ color, unknown: true }));
  }

  private spoilAll(surfaceId: number): void {
    for (const place of places({ left: 0, top: 0, right: 20, bottom: 20 })) this.spoil(surfaceId, place);
  }

  private wire({ surfaceId, codecId, pixelFormat, destRect, bitmapData }: WireToSurface1): void {
    const all = places(destRect);
    const painted = this.surfaces.get(surfaceId);
    const inside = all.every(([x, y]) => painted?.[y]?.[x] !== undefined);
    if (codecId === CodecId.uncompressed && bitmapData.length === all.length * 4) {
      for (const [index, place] of all.entries()) {
        const [b = 0, g = 0, r = 0, a = 0] = bitmapData.subarray(index * 4);
        const alpha = pixelFormat === PixelFormat.argb8888 ? a : 255;
        const kept = painted?.alphaDrawn === true;
        this.put(surfaceId, place, ({ color }) => ({ color: [r, g, b, kept ? color[3] : alpha], unknown: false }));
      }
    } else if (codecId === CodecId.alpha && inside && all.length > 0 && this.alphaOf(bitmapData, all.length)) {
      const alpha = decodeAlpha(bitmapData, all.length, 1);
      if (painted !== undefined) painted.alphaDrawn = true;
      for (const [index, place] of all.entries()) {
        const paint = ({ color: [r, g, b], unknown }: Pixel): Pixel => ({
          color: [r, g, b, alpha[index] ?? 0],
          unknown,
        });
        this.put(surfaceId, place, paint);
      }
    } else for (const place of all) this.spoil(surfaceId, place);
  }

  private alphaOf(stream: Uint8Array, pixels: number): boolean {
    try {
      return decodeAlpha(stream, pixels, 1).length === pixels;
    } catch {
      return false;
    }
  }

  private fill({ surfaceId, fillPixel: { r, g, b, xa }, fillRects }: SolidFill): void {
    for (const place of fillRects.flatMap(places)) {
      this.put(surfaceId, place, () => ({ color: [r, g, b, xa], unknown: false }));
    }
  }

  /** The pixels of a rectangle that are on the surface, by their place in its part that is there. */
  private taken(surfaceId: number, rect: Rect16): Map<string, Pixel> {
    const painted = this.surfaces.get(surfaceId);
    const taken = new Map<string, Pixel>();
    for (const [x, y] of places(rect)) {
      const pixel = painted?.[y]?.[x];
      if (pixel !== undefined) taken.set(`${x - rect.left},${y - rect.top}`, pixel);
    }
    return taken;
  }

  private paste(surfaceId: number, pixels: ReadonlyMap<string, Pixel>, at: { x: number; y: number }): void {
    for (const [key, pixel] of pixels) {
      const [x = 0, y = 0] = key.split(",").map(Number);
      this.put(surfaceId, [at.x + x, at.y + y], () => pixel);
    }
  }

  private copy({ surfaceIdSrc, surfaceIdDest, rectSrc, destPts }: SurfaceToSurface): void {
    const source = this.surfaces.has(surfaceIdSrc);
    const pixels = this.taken(surfaceIdSrc, rectSrc);
    for (const at of destPts) {
      if (source) this.paste(surfaceIdDest, pixels, at);
      else {
        const { left, top } = rectSrc;
        for (const [x, y] of places(rectSrc)) this.spoil(surfaceIdDest, [at.x + x - left, at.y + y - top]);
      }
    }
  }

  private store({ surfaceId, cacheSlot, rectSrc }: SurfaceToCache): void {
    const pixels = this.taken(surfaceId, rectSrc);
    if (pixels.size > 0 && pixels.size === places(rectSrc).length) this.slots.set(cacheSlot, pixels);
    else this.slots.delete(cacheSlot);
  }

  private show({ cacheSlot, surfaceId, destPts }: CacheToSurface): void {
    const pixels = this.slots.get(cacheSlot);
    for (const at of destPts) {
      if (pixels !== undefined) this.paste(surfaceId, pixels, at);
      else for (const place of places({ left: at.x, top: at.y, right: 20, bottom: 20 })) this.spoil(surfaceId, place);
    }
  }
}
