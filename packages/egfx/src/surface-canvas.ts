import { DecodeError, type Pdu } from "@railvail/wire";
import { decodeAlpha } from "./alpha-codec.js";
import { CanvasStore, PixelBudget } from "./canvas-store.js";
import { Canvas } from "./canvas.js";
import { CodecId } from "./codec-id.js";
import { CacheToSurface, EvictCacheEntry, SurfaceToCache } from "./pdu/bitmap-cache.js";
import type { Point16 } from "./pdu/geometry.js";
import { PixelFormat } from "./pdu/pixel-format.js";
import { SolidFill, SurfaceToSurface } from "./pdu/surface-drawing.js";
import { CreateSurface, DeleteSurface } from "./pdu/surface.js";
import { WireToSurface1, WireToSurface2 } from "./pdu/wire-to-surface.js";
import { progressiveRectangles } from "./progressive-rectangles.js";
import { areaOf, isEmpty, type Rectangle } from "./rectangles.js";
import { RfxPainter } from "./rfx-pixels/rfx-painter.js";

/** Why a command was not drawn, or not all of it. The union is closed. */
export type CanvasTrouble =
  /** No surface has this number, or there was no room for it. */
  | "unknown-surface"
  /** Nothing was stored in this cache slot, or there was no room for it. */
  | "unknown-slot"
  /** Only the codecs `uncompressed`, `alpha` and `caVideo` (RemoteFX) are decoded. */
  | "codec-not-decoded"
  /** The bitmap data is not what its codec and size ask for. */
  | "payload-refused"
  /** A rectangle is empty, or it is not on the surface; what is on it was drawn if it could be. */
  | "outside-surface"
  /** More pixels than `pixelLimit`, kept or drawn by one command. */
  | "limit-exceeded";

/** What is on a surface. */
export interface SurfaceContent {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel, rows from the top: the memory itself, which the next command may change. */
  readonly rgba: Uint8Array;
  /** Something that is on the surface could not be decoded. */
  readonly incomplete: boolean;
  /** Where: rectangles that do not overlap, at most 32; they may take in pixels that are right. */
  readonly unknown: readonly Rectangle[];
}

export interface CanvasOptions {
  /**
   * Surfaces and cached bitmaps together have at most this many pixels, of 4 bytes, and one command
   * draws at most as many; 2^25 by default.
   */
  readonly pixelLimit?: number;
}

/**
 * The surfaces of one graphics channel as pixels, as far as commands need no video codec. Alpha is
 * kept as it was sent: by the codec `alpha`, or with the pixels where it never came so. A surface begins as
 * transparent black, or as opaque black if it has no alpha. Impossible commands are reported and do no harm.
 */
export class SurfaceCanvases {
  private readonly pixelLimit: number;
  private readonly surfaces: CanvasStore;
  private readonly slots: CanvasStore;
  private readonly remoteFx = new RfxPainter({ order: "rgba" });

  constructor(options: CanvasOptions = {}) {
    this.pixelLimit = options.pixelLimit ?? 2 ** 25;
    const budget = new PixelBudget(this.pixelLimit);
    this.surfaces = new CanvasStore(budget);
    this.slots = new CanvasStore(budget);
  }

  /** What is on a surface; undefined if there is none. */
  surface(surfaceId: number): SurfaceContent | undefined {
    const canvas = this.surfaces.get(surfaceId);
    if (canvas === undefined) return undefined;
    const { width, height, rgba, unknown } = canvas;
    return { width, height, rgba, incomplete: unknown.length > 0, unknown };
  }

  /** The numbers of the surfaces that there are. */
  surfaceIds(): readonly number[] {
    return this.surfaces.ids();
  }

  /** Empties all slots of the bitmap cache. */
  clearCache(): void {
    for (const slot of this.slots.ids()) this.slots.delete(slot);
  }

  /** Draws a decoded command, of any message; says why not all was drawn. Messages that draw nothing are ignored. */
  apply(pdu: Pdu, value: unknown): CanvasTrouble | undefined {
    switch (pdu) {
      case CreateSurface as Pdu:
        return this.create(value as CreateSurface);
      case DeleteSurface as Pdu:
        return this.surfaces.delete((value as DeleteSurface).surfaceId) ? undefined : "unknown-surface";
      case WireToSurface1 as Pdu:
        return this.wireToSurface(value as WireToSurface1);
      case WireToSurface2 as Pdu:
        return this.progressive(value as WireToSurface2);
      case SolidFill as Pdu:
        return this.solidFill(value as SolidFill);
      case SurfaceToSurface as Pdu:
        return this.surfaceToSurface(value as SurfaceToSurface);
      case SurfaceToCache as Pdu:
        return this.surfaceToCache(value as SurfaceToCache);
      case CacheToSurface as Pdu:
        return this.cacheToSurface(value as CacheToSurface);
      case EvictCacheEntry as Pdu:
        return this.slots.delete((value as EvictCacheEntry).cacheSlot) ? undefined : "unknown-slot";
      default:
        return undefined;
    }
  }

  private create({ surfaceId, width, height, pixelFormat }: CreateSurface): CanvasTrouble | undefined {
    const make = (): Canvas => new Canvas(width, height, pixelFormat === PixelFormat.argb8888);
    return this.surfaces.put(surfaceId, width * height, make) ? undefined : "limit-exceeded";
  }

  private wireToSurface({ surfaceId, codecId, ...command }: WireToSurface1): CanvasTrouble | undefined {
    const canvas = this.surfaces.get(surfaceId);
    if (canvas === undefined) return "unknown-surface";
    const { destRect, pixelFormat, bitmapData } = command;
    const inside = canvas.clip(destRect);
    const complete = areaOf(destRect) > 0 && areaOf(inside) === areaOf(destRect);
    const [width, height] = [destRect.right - destRect.left, destRect.bottom - destRect.top];
    try {
      if (codecId === CodecId.uncompressed && !isEmpty(destRect)) {
        canvas.drawUncompressed(bitmapData, pixelFormat, destRect, inside);
      } else if (codecId === CodecId.caVideo && !isEmpty(inside)) {
        canvas.drawRemoteFx(this.remoteFx, bitmapData, inside);
      } else if (codecId === CodecId.alpha && complete) {
        canvas.drawAlpha(decodeAlpha(bitmapData, width, height), destRect);
      } else {
        canvas.spoil(inside);
        if (complete) return "codec-not-decoded";
      }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      canvas.spoil(inside);
      return "payload-refused";
    }
    return complete ? undefined : "outside-surface";
  }

  /** Which rectangles change is inside the data; if it cannot be told, it may be all. */
  private progressive({ surfaceId, codecId, bitmapData }: WireToSurface2): CanvasTrouble {
    const canvas = this.surfaces.get(surfaceId);
    if (canvas === undefined) return "unknown-surface";
    for (const each of progressiveRectangles(codecId, bitmapData) ?? [canvas.bounds]) canvas.spoil(each);
    return "codec-not-decoded";
  }

  private solidFill({ surfaceId, fillPixel, fillRects }: SolidFill): CanvasTrouble | undefined {
    const canvas = this.surfaces.get(surfaceId);
    if (canvas === undefined) return "unknown-surface";
    const { r, g, b, xa } = fillPixel;
    return this.each(canvas, fillRects, (into) => canvas.fill(into, [r, g, b, xa]));
  }

  private surfaceToSurface(command: SurfaceToSurface): CanvasTrouble | undefined {
    const { surfaceIdSrc, surfaceIdDest, rectSrc, destPts } = command;
    const source = this.surfaces.get(surfaceIdSrc);
    const target = this.surfaces.get(surfaceIdDest);
    if (target === undefined) return "unknown-surface";
    if (source === undefined) {
      for (const at of destPts) target.spoil(rectangleAt(at, rectSrc));
      return "unknown-surface";
    }
    const part = source.clip(rectSrc);
    if (isEmpty(part)) return "outside-surface";
    const trouble = this.drawAt(target, source.copyOf(part), destPts);
    return areaOf(part) < areaOf(rectSrc) ? "outside-surface" : trouble;
  }

  private surfaceToCache({ surfaceId, cacheSlot, rectSrc }: SurfaceToCache): CanvasTrouble | undefined {
    this.slots.delete(cacheSlot);
    const source = this.surfaces.get(surfaceId);
    if (source === undefined) return "unknown-surface";
    const part = source.clip(rectSrc);
    if (areaOf(part) < areaOf(rectSrc) || isEmpty(part)) return "outside-surface";
    return this.slots.put(cacheSlot, areaOf(part), () => source.copyOf(part)) ? undefined : "limit-exceeded";
  }

  private cacheToSurface({ cacheSlot, surfaceId, destPts }: CacheToSurface): CanvasTrouble | undefined {
    const target = this.surfaces.get(surfaceId);
    const bitmap = this.slots.get(cacheSlot);
    if (target === undefined) return "unknown-surface";
    if (bitmap !== undefined) return this.drawAt(target, bitmap, destPts);
    // How big it would have been is not known.
    for (const { x, y } of destPts) target.spoil({ ...target.bounds, left: x, top: y });
    return "unknown-slot";
  }

  private drawAt(target: Canvas, pixels: Canvas, points: readonly Point16[]): CanvasTrouble | undefined {
    const rectangles = points.map((at) => rectangleAt(at, pixels.bounds));
    return this.each(target, rectangles, (into, { left, top }) => target.draw(pixels, { x: left, y: top }, into));
  }

  /** Draws in each of the rectangles what of it is on the canvas. */
  private each(
    canvas: Canvas,
    rectangles: readonly Rectangle[],
    draw: (into: Rectangle, whole: Rectangle) => void,
  ): CanvasTrouble | undefined {
    let left = this.pixelLimit;
    let trouble: CanvasTrouble | undefined;
    for (const rectangle of rectangles) {
      const inside = canvas.clip(rectangle);
      left -= areaOf(inside);
      if (left < 0) {
        canvas.spoil(canvas.bounds);
        return "limit-exceeded";
      }
      if (areaOf(inside) < areaOf(rectangle) || isEmpty(rectangle)) trouble = "outside-surface";
      draw(inside, rectangle);
    }
    return trouble;
  }
}

/** A rectangle of the same size, put at a point. */
const rectangleAt = ({ x, y }: Point16, { left, top, right, bottom }: Rectangle): Rectangle => ({
  left: x,
  top: y,
  right: x + right - left,
  bottom: y + bottom - top,
});
