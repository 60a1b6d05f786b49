import {
  CodecId,
  encodeAlpha,
  encodeUniformAlpha,
  freeSurfaceId,
  mayStartFrame,
  PixelFormat,
  type EgfxServerCommand,
  type EgfxServerOutput,
  type EgfxServerState,
} from "@railvail/egfx";
import type { Box } from "../../pixels/box.js";
import { pixelBytes } from "../../pixels/pixel-image.js";
import { Region, type Rectangle } from "../../pixels/region.js";
import { isShown, isShownBy, type CompositorWindow } from "../compositor-window.js";
import { alphaOf, cutOut } from "./cut-out.js";
import { partOf, type Arrangement, type Canvas, type PathListener, type PixelPath } from "./pixel-path.js";

/** What the path needs of the graphics channel. */
export interface EgfxChannel {
  readonly state: EgfxServerState;
  command(command: EgfxServerCommand): void;
}

type FrameStep = Extract<EgfxServerCommand, { type: "frame" }>["commands"][number];

/** More rectangles of one window than this are sent as the one around them. */
const rectangleLimit = 16;

/** A frame that has more pixels than this takes no further window: that comes with the next one. */
const mostPixels = 2 ** 24;

interface Drawing {
  readonly canvas: Canvas;
  readonly surfaceId: number;
  /** It is shown in its window. */
  mapped: boolean;
  /** The surface that the window shows until this one is drawn. */
  replaces: number | undefined;
  window: CompositorWindow;
  damage: Region;
  /** Somebody asked for the canvas while it waited to be sent. */
  awaited: boolean;
}

/** Pixels in the graphics pipeline: uncompressed, with an alpha plane, a surface mapped to each window. */
export class EgfxPath implements PixelPath {
  readonly name = "egfx";
  private readonly channel: EgfxChannel;
  private readonly listener: PathListener;
  private readonly drawings = new Map<number, Drawing>();

  constructor(channel: EgfxChannel, listener: PathListener) {
    this.channel = channel;
    this.listener = listener;
  }

  arrange({ windows }: Arrangement): void {
    for (const [id, drawing] of this.drawings) {
      if (!windows.has(id)) this.forget(id, drawing);
    }
    for (const [id, window] of windows) {
      const drawing = this.drawings.get(id);
      const { width, height } = window;
      if (drawing?.canvas.width === width && drawing.canvas.height === height) this.change(id, drawing, window);
      else if (!isShown(window)) {
        if (drawing !== undefined) drawing.window = window;
      } else if (!this.begin(id, window, drawing)) return;
    }
  }

  canvas(windowId: number, window: CompositorWindow): Canvas | undefined {
    const drawing = this.drawings.get(windowId);
    if (drawing === undefined) return undefined;
    if (isShownBy(window, drawing.canvas) && isFree(drawing)) return drawing.canvas;
    drawing.awaited = true;
    return undefined;
  }

  damage(windowId: number, boxes?: readonly Box[]): void {
    const drawing = this.drawings.get(windowId);
    if (drawing !== undefined) drawing.damage = drawing.damage.add(partOf(drawing.canvas, boxes), rectangleLimit);
  }

  flush(now: number, congested: boolean): void {
    if (congested) return;
    let isFull = true;
    while (isFull && mayStartFrame(this.channel.state)) isFull = this.frame(now);
  }

  /** Sends one frame of windows; true if it took no more, and there may be others. */
  private frame(now: number): boolean {
    const { channel, listener } = this;
    const commands: FrameStep[] = [];
    const drawn: number[] = [];
    let pixels = 0;
    for (const [id, drawing] of this.drawings) {
      if (drawing.damage.isEmpty || !isShown(drawing.window)) continue;
      if (pixels > mostPixels) break;
      pixels += drawing.damage.area;
      commands.push(...drawingSteps(id, drawing));
      drawing.mapped = true;
      drawing.replaces = undefined;
      drawing.damage = Region.empty;
      if (drawing.awaited) drawn.push(id);
      drawing.awaited = false;
    }
    if (commands.length > 0) channel.command({ type: "frame", commands, now });
    for (const id of drawn) listener.paintable(id);
    return pixels > mostPixels;
  }

  end(): void {
    this.drawings.clear();
  }

  /** What the channel's machine says. */
  heard(output: EgfxServerOutput): void {
    if (output.type === "unavailable") this.listener.failed(output.reason);
    else if (output.type === "ready" && output.restarted) {
      // It has no surfaces any more.
      this.drawings.clear();
      this.listener.restarted();
    }
  }

  private change(id: number, drawing: Drawing, window: CompositorWindow): void {
    // What is opaque is told with the pixels.
    if (drawing.mapped && drawing.window.opaque !== window.opaque) drawing.damage = partOf(drawing.canvas);
    drawing.window = window;
    if (!drawing.awaited || !isFree(drawing)) return;
    drawing.awaited = false;
    this.listener.paintable(id);
  }

  private begin(id: number, window: CompositorWindow, before: Drawing | undefined): boolean {
    const { width, height } = window;
    const surfaceId = freeSurfaceId(this.channel.state);
    if (surfaceId !== undefined) this.channel.command({ type: "createSurface", surfaceId, width, height });
    if (surfaceId === undefined || !this.channel.state.graphics.surfaces.has(surfaceId)) {
      this.listener.failed(`no surface of ${width} times ${height} pixels can be made`);
      return false;
    }
    // What the client shows stays until the first frame of the new surface.
    if (before?.mapped === false) this.channel.command({ type: "deleteSurface", surfaceId: before.surfaceId });
    const replaces = before?.mapped === false ? before.replaces : before?.surfaceId;
    const stride = width * pixelBytes;
    const canvas: Canvas = { pixels: new Uint8Array(stride * height), width, height, stride };
    const fresh = { mapped: false, replaces, window, damage: Region.empty, awaited: false };
    this.drawings.set(id, { canvas, surfaceId, ...fresh });
    this.listener.exposed(id);
    return true;
  }

  private forget(id: number, { surfaceId, replaces }: Drawing): void {
    this.drawings.delete(id);
    this.channel.command({ type: "deleteSurface", surfaceId });
    if (replaces !== undefined) this.channel.command({ type: "deleteSurface", surfaceId: replaces });
  }
}

/** The window is shown, and its last picture is sent. */
const isFree = ({ window, damage }: Drawing): boolean => isShown(window) && damage.isEmpty;

/** A window's damage, and what shows it. */
function drawingSteps(windowId: number, { canvas, surfaceId, mapped, replaces, window, damage }: Drawing): FrameStep[] {
  const steps = damage.rectangles.flatMap((rectangle) => pixelSteps(surfaceId, canvas, rectangle, window.opaque));
  if (!mapped) steps.push({ type: "mapToWindow", surfaceId, windowId: BigInt(windowId) });
  if (replaces !== undefined) steps.push({ type: "deleteSurface", surfaceId: replaces });
  return steps;
}

/** Uncompressed pixels have no alpha of their own: it comes before them. */
function pixelSteps(surfaceId: number, canvas: Canvas, destRect: Rectangle, opaque: boolean): FrameStep[] {
  const pixels = cutOut(canvas, destRect);
  const alpha = opaque ? encodeUniformAlpha(0xff, pixels.length / pixelBytes) : encodeAlpha(alphaOf(pixels));
  const draw = (codecId: number, bitmapData: Uint8Array): FrameStep => ({
    type: "draw",
    message: {
      message: "wireToSurface1",
      value: { surfaceId, codecId, pixelFormat: PixelFormat.argb8888, destRect, bitmapData },
    },
  });
  return [draw(CodecId.alpha, alpha), draw(CodecId.uncompressed, pixels)];
}
