import type { Message } from "@railvail/dissect";
import {
  CreateSurface,
  DeleteSurface,
  EndFrame,
  MapSurfaceToScaledWindow,
  MapSurfaceToWindow,
  StartFrame,
  SurfaceCanvases,
} from "@railvail/egfx";
import type { Pdu } from "@railvail/wire";
import type { Origin } from "./extract-report.js";
import type { ExtractContext } from "./extractor.js";
import { fileName } from "./file-name.js";
import { pngOf } from "./png.js";
import { codecOf, surfaceDrawnOn, troubleText } from "./surface-commands.js";

/** What is known of a surface beside its pixels. */
interface Surface {
  windowId: bigint | undefined;
  /** The last message of the frame that drew on it last, and that frame. */
  last: { readonly origin: Origin; readonly frameId: number | undefined } | undefined;
  /** Drawn on in the frame that has not ended. */
  inFrame: boolean;
  /** Drawn on since it was written. */
  changed: boolean;
  /** Whether anything could be drawn. */
  hasPixels: boolean;
  frames: number;
  /** Codecs of pixels that were not drawn. */
  readonly notDrawn: Set<string>;
}

const newSurface = (): Surface => ({
  windowId: undefined,
  last: undefined,
  inFrame: false,
  changed: false,
  hasPixels: false,
  frames: 0,
  notDrawn: new Set(),
});

/** Draws the surfaces of one connection, and writes them. */
export class SurfaceWriter {
  private readonly context: ExtractContext;
  private readonly everyFrame: boolean;
  private readonly canvases = new SurfaceCanvases();
  private readonly surfaces = new Map<number, Surface>();
  private frameId: number | undefined;

  /** Writes a surface after each frame, or once, at its end. */
  constructor(context: ExtractContext, everyFrame: boolean) {
    this.context = context;
    this.everyFrame = everyFrame;
  }

  message(message: Message): void {
    const { pdu } = message;
    switch (pdu) {
      case undefined:
        return;
      case StartFrame as Pdu:
        this.frameId = (message.value as StartFrame).frameId;
        return;
      case EndFrame as Pdu:
        return this.endFrame(message);
      case MapSurfaceToWindow as Pdu:
      case MapSurfaceToScaledWindow as Pdu: {
        const { surfaceId, windowId } = message.value as MapSurfaceToWindow;
        this.of(surfaceId).windowId = windowId;
        return;
      }
      case CreateSurface as Pdu:
      case DeleteSurface as Pdu:
        this.end((message.value as DeleteSurface).surfaceId);
        break;
    }
    this.draw(message, pdu);
  }

  /** No more is drawn. */
  finish(): void {
    for (const surfaceId of this.surfaces.keys()) this.end(surfaceId);
  }

  private draw(message: Message, pdu: Pdu): void {
    const { value } = message;
    const trouble = this.canvases.apply(pdu, value);
    const codec = codecOf(pdu, value);
    if (trouble !== undefined) this.context.report.left("frames", troubleText(trouble, codec), message);
    const surfaceId = surfaceDrawnOn(pdu, value);
    if (surfaceId === undefined || trouble === "unknown-surface") return;
    const surface = this.of(surfaceId);
    surface.inFrame = true;
    surface.changed = true;
    surface.last = { origin: originOf(message), frameId: this.frameId };
    if (trouble !== "codec-not-decoded") surface.hasPixels = true;
    else if (codec !== undefined) surface.notDrawn.add(codec);
  }

  private endFrame(message: Message): void {
    const { frameId } = message.value as EndFrame;
    this.frameId = undefined;
    for (const [surfaceId, surface] of this.surfaces) {
      if (!surface.inFrame) continue;
      surface.inFrame = false;
      surface.frames++;
      surface.last = { origin: originOf(message), frameId };
      if (this.everyFrame) this.write(surfaceId, surface);
    }
  }

  /** The surface is gone, or another one takes its number. */
  private end(surfaceId: number): void {
    const surface = this.surfaces.get(surfaceId);
    this.surfaces.delete(surfaceId);
    if (surface?.changed === true) this.write(surfaceId, surface);
  }

  private write(surfaceId: number, surface: Surface): void {
    const { folder, report } = this.context;
    const content = this.canvases.surface(surfaceId);
    const { last, windowId, hasPixels, notDrawn, frames } = surface;
    surface.changed = false;
    // What could not be drawn has been reported.
    if (content === undefined || last === undefined || !hasPixels) return;
    if (content.rgba.length === 0) return report.left("frames", "surfaces without pixels", last.origin);
    const frame = this.everyFrame && last.frameId !== undefined ? `f${last.frameId}` : undefined;
    const window = windowId === undefined ? undefined : `w${windowId}`;
    const name = fileName("frame", last.origin, [`s${surfaceId}`, window, frame], "png");
    const file = folder.write(name, pngOf(content));
    if (file === undefined) return report.left("frames", "a limit was reached", last.origin);
    const { width, height, incomplete } = content;
    report.file("frames", file, last.origin, {
      what: this.everyFrame ? "surface after a frame" : "surface after its last frame",
      surfaceId,
      windowId,
      frameId: last.frameId,
      frames,
      width,
      height,
      incomplete,
      notDrawn: notDrawn.size === 0 ? undefined : [...notDrawn],
    });
  }

  private of(surfaceId: number): Surface {
    let surface = this.surfaces.get(surfaceId);
    if (surface === undefined) this.surfaces.set(surfaceId, (surface = newSurface()));
    return surface;
  }
}

const originOf = ({ connection, packet, time }: Message): Origin => ({ connection, packet, time });
