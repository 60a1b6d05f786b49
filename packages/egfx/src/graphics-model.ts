import type { EgfxRule } from "./egfx-machine.js";
import { PixelFormat } from "./pdu/pixel-format.js";
import type { CreateSurface } from "./pdu/surface.js";
import { noSlots, type SlotTable } from "./slot-table.js";

/** Where a surface is shown. Sizes and places are in pixels. */
export type SurfaceMapping =
  /** The top-left `mappedWidth` by `mappedHeight` pixels are a RAIL window, of the size of the target. */
  | {
      readonly type: "window";
      readonly windowId: bigint;
      readonly mappedWidth: number;
      readonly mappedHeight: number;
      readonly targetWidth: number;
      readonly targetHeight: number;
    }
  /** The surface is at this place of the output, scaled to the target. */
  | {
      readonly type: "output";
      readonly outputOriginX: number;
      readonly outputOriginY: number;
      readonly targetWidth: number;
      readonly targetHeight: number;
    };

export interface EgfxSurface {
  readonly surfaceId: number;
  readonly width: number;
  readonly height: number;
  /** A number of `PixelFormat`. */
  readonly pixelFormat: number;
  readonly mapping: SurfaceMapping | undefined;
}

/** Numbers of things that may be there at a time. */
export interface GraphicsLimits {
  readonly maxSurfaces: number;
  /** Pixels of surfaces and cached bitmaps together. */
  readonly maxPixels: number;
}

/** What the client has, as both ends know it. A reset of the output leaves all of it: [MS-RDPEGFX] 3.3.5.14. */
export interface Graphics {
  readonly surfaces: ReadonlyMap<number, EgfxSurface>;
  /** Pixels of all surfaces. */
  readonly surfacePixels: number;
  readonly cache: SlotTable;
}

export const noGraphics: Graphics = { surfaces: new Map(), surfacePixels: 0, cache: noSlots };

const largestOutput = 32_766;

/** Whether the output has a size that [MS-RDPEGFX] 2.2.2.14 allows. */
export const isOutputSize = (width: number, height: number): boolean =>
  Math.min(width, height) >= 1 && Math.max(width, height) <= largestOutput;

/** Why a surface cannot be made where no surface has its id. */
export function createFault(graphics: Graphics, value: CreateSurface, limits: GraphicsLimits): EgfxRule | undefined {
  const { surfaceId, width, height, pixelFormat } = value;
  if (!isU16(surfaceId)) return "surface-id";
  if (!isU16(width) || !isU16(height) || width * height === 0) return "surface-size";
  if (graphics.surfaces.size >= limits.maxSurfaces) return "too-many-surfaces";
  const pixels = graphics.surfacePixels + graphics.cache.pixels + width * height;
  if (pixels > limits.maxPixels) return "too-many-pixels";
  return pixelFormat === PixelFormat.argb8888 || pixelFormat === PixelFormat.xrgb8888 ? undefined : "pixel-format";
}

const isU16 = (number: number): boolean => Number.isInteger(number) && number >= 0 && number <= 0xffff;

export function withSurface(graphics: Graphics, value: CreateSurface): Graphics {
  const { surfaceId, width, height } = value;
  const pixelFormat = value.pixelFormat === PixelFormat.argb8888 ? PixelFormat.argb8888 : PixelFormat.xrgb8888;
  const surface: EgfxSurface = { surfaceId, width, height, pixelFormat, mapping: undefined };
  const surfaces = new Map(graphics.surfaces).set(surfaceId, surface);
  return { ...graphics, surfaces, surfacePixels: graphics.surfacePixels + width * height };
}

export function withoutSurface(graphics: Graphics, { surfaceId, width, height }: EgfxSurface): Graphics {
  const surfaces = new Map(graphics.surfaces);
  surfaces.delete(surfaceId);
  return { ...graphics, surfaces, surfacePixels: graphics.surfacePixels - width * height };
}

/** The surface that is shown in a window. */
export function surfaceOfWindow(graphics: Graphics, windowId: bigint): EgfxSurface | undefined {
  for (const surface of graphics.surfaces.values())
    if (surface.mapping?.type === "window" && surface.mapping.windowId === windowId) return surface;
  return undefined;
}

/** A window shows one surface: the one that was mapped to it last. */
export function withMapping(graphics: Graphics, surface: EgfxSurface, mapping: SurfaceMapping): Graphics {
  const surfaces = new Map(graphics.surfaces);
  const before = mapping.type === "window" ? surfaceOfWindow(graphics, mapping.windowId) : undefined;
  if (before !== undefined) surfaces.set(before.surfaceId, { ...before, mapping: undefined });
  surfaces.set(surface.surfaceId, { ...surface, mapping });
  return { ...graphics, surfaces };
}

/** A mapping must show something, and only what the surface has. */
export function mappingFault(surface: EgfxSurface, mapping: SurfaceMapping): "nothing" | "too-much" | undefined {
  if (mapping.targetWidth < 1 || mapping.targetHeight < 1) return "nothing";
  if (mapping.type === "output") return undefined;
  const { mappedWidth, mappedHeight } = mapping;
  if (mappedWidth < 1 || mappedHeight < 1) return "nothing";
  return mappedWidth > surface.width || mappedHeight > surface.height ? "too-much" : undefined;
}
