import {
  paintEgfx,
  PixelFormat,
  SurfaceCanvases,
  type EgfxClientOutput,
  type EgfxSurface,
  type SurfaceMapping,
} from "@railvail/egfx";
import type { MonitorDef } from "../connection/server-state.js";
import { around, clip, type Box, type Size } from "../pixels/box.js";
import { pixelBytes, type PixelImage } from "../pixels/pixel-image.js";
import { swapRedBlue } from "./copy-pixels.js";
import { decodedDrawing } from "./decoded-drawing.js";
import { drawnBoxes } from "./drawn-boxes.js";
import type { Picture } from "./picture.js";
import { viewerViolation, type ViewerViolation } from "./viewer-rules.js";

/** What surfaces tell. */
export interface SurfaceListener {
  /** What the window shows changed. */
  windowFrame(windowId: number, box: Box): void;
  /** Pixels for the desktop. */
  output(pixels: PixelImage, left: number, top: number): void;
  /** The desktop has this size, and is made of these monitors if there are any. */
  outputReset(size: Size, monitors: readonly MonitorDef[]): void;
  problem(violation: ViewerViolation): void;
}

/** A surface, and what of it was not shown yet. */
interface Shown {
  readonly surface: EgfxSurface;
  mapping: SurfaceMapping | undefined;
  damage: Box | undefined;
  /** Its pixels as B, G, R, A; made when they are asked for first. */
  copy: PixelImage | undefined;
  /** Where the copy is out of date. */
  stale: Box | undefined;
}

/** The surfaces of the graphics pipeline as pictures of windows, and as parts of the desktop. */
export class SurfacePictures {
  private readonly listener: SurfaceListener;
  private readonly canvases: SurfaceCanvases;
  private readonly shown = new Map<number, Shown>();
  private readonly windows = new Map<number, Shown>();
  private readonly troubles = new Set<string>();
  private inFrame = false;

  constructor(pixelLimit: number, listener: SurfaceListener) {
    this.listener = listener;
    this.canvases = new SurfaceCanvases({ pixelLimit });
  }

  /** What a window shows, if a surface is mapped to it. */
  picture(windowId: number): Picture | undefined {
    const shown = this.windows.get(windowId);
    if (shown?.mapping?.type !== "window") return undefined;
    const image = this.imageOf(shown);
    if (image === undefined) return undefined;
    const { mappedWidth, mappedHeight } = shown.mapping;
    return {
      width: Math.min(mappedWidth, image.width),
      height: Math.min(mappedHeight, image.height),
      stride: image.stride,
      pixels: image.pixels,
      left: 0,
      top: 0,
      opaque: shown.surface.pixelFormat !== PixelFormat.argb8888,
      rotation: 0,
      path: "egfx",
    };
  }

  /** What the channel's machine says. */
  heard(output: EgfxClientOutput): void {
    this.paint(output);
    switch (output.type) {
      case "graphicsReset":
        this.listener.outputReset({ width: output.width, height: output.height }, output.monitors);
        break;
      case "surfaceCreated": {
        const { surface } = output;
        this.forget(surface.surfaceId);
        const empty = { damage: undefined, copy: undefined, stale: undefined };
        this.shown.set(surface.surfaceId, { surface, mapping: surface.mapping, ...empty });
        break;
      }
      case "surfaceDeleted":
        this.forget(output.surfaceId);
        break;
      case "mapped":
        this.map(output.surfaceId, output.mapping);
        break;
      case "unmapped":
        this.unmap(output.surfaceId);
        break;
      case "frameStarted":
        this.inFrame = true;
        break;
      case "frameEnded":
        this.inFrame = false;
        for (const shown of this.shown.values()) this.show(shown);
        break;
      default:
    }
  }

  private paint(output: EgfxClientOutput): void {
    if (output.type !== "draw") {
      this.trouble(paintEgfx(this.canvases, output), output.type);
      return;
    }
    const { message } = output;
    const decoded = decodedDrawing(message);
    if (typeof decoded === "string") {
      this.trouble(decoded, message.message);
      return;
    }
    const codec = "codecId" in message.value ? `${message.message} of codec ${message.value.codecId}` : message.message;
    this.trouble(paintEgfx(this.canvases, { type: "draw", message: decoded }), codec);
    const drawn = drawnBoxes(message);
    const shown = drawn === undefined ? undefined : this.shown.get(drawn.surfaceId);
    if (drawn === undefined || shown === undefined) return;
    for (const box of drawn.boxes ?? [whole(shown)]) this.damage(shown, box);
    if (!this.inFrame) this.show(shown);
  }

  /** Each kind of trouble is told of once: servers draw many times a second. */
  private trouble(what: string | undefined, where: string): void {
    if (what === undefined || this.troubles.has(`${what} ${where}`)) return;
    this.troubles.add(`${what} ${where}`);
    this.listener.problem(viewerViolation("surface-trouble", `${where}: ${what}`));
  }

  private damage(shown: Shown, box: Box): void {
    const { width, height } = shown.surface;
    const part = clip(box, width, height);
    if (part === undefined) return;
    shown.damage = around(shown.damage, part);
    shown.stale = around(shown.stale, part);
  }

  private map(surfaceId: number, mapping: SurfaceMapping): void {
    const shown = this.shown.get(surfaceId);
    if (shown === undefined) return;
    this.unmap(surfaceId);
    shown.mapping = mapping;
    if (mapping.type === "window") this.windows.set(Number(mapping.windowId), shown);
    this.damage(shown, whole(shown));
    if (!this.inFrame) this.show(shown);
  }

  private unmap(surfaceId: number): void {
    const shown = this.shown.get(surfaceId);
    if (shown?.mapping?.type === "window") {
      const windowId = Number(shown.mapping.windowId);
      if (this.windows.get(windowId) === shown) this.windows.delete(windowId);
    }
    if (shown !== undefined) shown.mapping = undefined;
  }

  private forget(surfaceId: number): void {
    this.unmap(surfaceId);
    this.shown.delete(surfaceId);
  }

  private show(shown: Shown): void {
    const { mapping, damage } = shown;
    if (damage === undefined) return;
    shown.damage = undefined;
    if (mapping?.type === "window") {
      const box = clip(damage, mapping.mappedWidth, mapping.mappedHeight);
      if (box !== undefined) this.listener.windowFrame(Number(mapping.windowId), box);
    } else if (mapping?.type === "output") {
      const image = this.imageOf(shown);
      if (image === undefined) return;
      const { left, top, width, height } = damage;
      const pixels = image.pixels.subarray(top * image.stride + left * pixelBytes);
      const { outputOriginX, outputOriginY } = mapping;
      this.listener.output({ width, height, stride: image.stride, pixels }, outputOriginX + left, outputOriginY + top);
    }
  }

  /** The pixels of a surface as they are now. */
  private imageOf(shown: Shown): PixelImage | undefined {
    const content = this.canvases.surface(shown.surface.surfaceId);
    if (content === undefined) return undefined;
    const { width, height, rgba } = content;
    const stride = width * pixelBytes;
    if (shown.copy === undefined) {
      shown.copy = { width, height, stride, pixels: new Uint8Array(stride * height) };
      shown.stale = { left: 0, top: 0, width, height };
    }
    const { copy, stale } = shown;
    shown.stale = undefined;
    if (stale === undefined) return copy;
    for (let y = stale.top; y < stale.top + stale.height; y++) {
      const start = y * stride + stale.left * pixelBytes;
      swapRedBlue(rgba, start, copy.pixels, start, stale.width * pixelBytes);
    }
    return copy;
  }
}

const whole = ({ surface: { width, height } }: Shown): Box => ({ left: 0, top: 0, width, height });
