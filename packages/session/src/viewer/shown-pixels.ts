import type { EgfxClientOutput } from "@railvail/egfx";
import type { GfxredirClientInput, GfxredirClientOutput } from "@railvail/gfxredir";
import { ShowState, type RailWindow } from "@railvail/rail";
import type { UpdateReceived } from "../connection/received-update.js";
import type { MonitorDef } from "../connection/server-state.js";
import type { Box, Size } from "../pixels/box.js";
import { pixelBytes } from "../pixels/pixel-image.js";
import type { PixelPathName } from "../pixels/pixel-path-name.js";
import { desktopBox } from "./desktop-box.js";
import type { Picture } from "./picture.js";
import { ShownDesktop } from "./shown-desktop.js";
import { SurfacePictures } from "./surface-pictures.js";
import { VailPictures, type VailListener } from "./vail-pictures.js";
import type { ViewerOutput } from "./viewer-events.js";
import type { ViewerViolation } from "./viewer-rules.js";
import type { ViewerSettings } from "./viewer-settings.js";

/** What pixels lead to. */
export interface PixelListener {
  tell(output: ViewerOutput): void;
  /** A frame of surface commands was painted. */
  acknowledge(frameId: number): void;
  /** A command for the channel of shared memory. */
  vail(input: Parameters<VailListener["command"]>[0]): void;
}

/** All that a server shows, whichever way it came. */
export class ShownPixels {
  private readonly listener: PixelListener;
  private readonly screen: ShownDesktop;
  private readonly surfaces: SurfacePictures;
  private readonly vailPictures: VailPictures | undefined;
  private desktopPath: PixelPathName = "composed";
  /** What the desktop is made of, as the server said last. */
  private monitors: readonly MonitorDef[] | undefined;
  private isActive = false;
  private ended = false;

  constructor(settings: ViewerSettings, listener: PixelListener) {
    const { limits, sections } = settings;
    this.listener = listener;
    const problem =
      (channel: string) =>
      (violation: ViewerViolation): void =>
        listener.tell({ type: "violation", channel, violation });
    this.screen = new ShownDesktop(limits.desktopPixels, settings.remoteFx, {
      problem: problem("desktop"),
      frameEnded: (frameId) => listener.acknowledge(frameId),
    });
    this.screen.place(desktopBox(settings.size, []));
    this.surfaces = new SurfacePictures(limits.surfacePixels, {
      windowFrame: (windowId, box) => {
        // The way that a picture came by last is the one that counts.
        this.vailPictures?.forget(windowId);
        this.frame(windowId, "egfx", box);
      },
      output: (pixels, left, top) => {
        this.desktopPath = "egfx";
        this.screen.paint(pixels, left, top);
      },
      outputReset: (size, monitors) => {
        // A reset may do without them.
        if (monitors.length > 0) this.monitors = monitors;
        this.resize(size);
      },
      problem: problem("egfx"),
    });
    if (sections === undefined) return;
    const shared = settings.vailPictures === "shared";
    this.vailPictures = new VailPictures(
      { sections, shared, byteLimit: limits.vailBytes },
      {
        command: (input: Extract<GfxredirClientInput, { type: "presented" | "reportError" }>) => listener.vail(input),
        frame: (windowId, box) => this.frame(windowId, "vail", box),
        problem: problem("vail"),
      },
    );
  }

  /** The desktop, where places of windows have it; its image begins with the left upper corner. */
  get box(): Box {
    return this.screen.box;
  }

  /** The image of the whole desktop; undefined if nothing was painted on it. */
  get desktop(): Picture | undefined {
    const image = this.screen.pixels;
    return image && { ...image, left: 0, top: 0, opaque: true, rotation: 0, path: this.desktopPath };
  }

  /** What a window shows; `window`: what is known of it. */
  picture(windowId: number, window: RailWindow | undefined): Picture | undefined {
    const vail = this.vailPictures;
    return (
      vail?.picture(windowId, this.ended) ??
      this.surfaces.picture(windowId) ??
      this.cut(window) ??
      vail?.picture(windowId, true)
    );
  }

  /** An activation begins. The client's own monitors count until the server says what it made of them. */
  activating(stated: readonly MonitorDef[]): void {
    this.isActive = false;
    this.monitors ??= stated;
  }

  /**
   * What the desktop is made of, [MS-RDPBCGR] 2.2.12.1: it comes before the end of an activation, and goes with the size
   * of the desktop then.
   */
  layout(monitors: readonly MonitorDef[]): void {
    this.monitors = monitors;
    if (this.isActive) this.resize(this.screen.box);
  }

  /** The session is active, with a desktop of this size, or of the one before. */
  activated(size: Size = this.screen.box): void {
    this.isActive = true;
    this.resize(size);
  }

  private resize(size: Size): void {
    const { width, height } = this.screen.box;
    this.screen.place(desktopBox(size, this.monitors ?? []));
    if (size.width === width && size.height === height) return;
    this.listener.tell({ type: "desktopSize", width: size.width, height: size.height });
  }

  /** An update of the desktop; others leave it as it is. */
  update(received: UpdateReceived): void {
    switch (received.update) {
      case "bitmap":
        this.desktopPath = "composed";
        return this.screen.bitmap(received.value);
      case "palette":
        return this.screen.colors(received.value);
      case "surfaceCommands":
        this.desktopPath = "composed";
        return this.screen.surfaceCommands(received.value);
      default:
        return undefined;
    }
  }

  surfaceEvent(output: EgfxClientOutput): void {
    // The machine takes all away when its channel closes.
    if (!this.ended) this.surfaces.heard(output);
  }

  vailEvent(output: GfxredirClientOutput): void {
    this.vailPictures?.heard(output);
  }

  /** The connection ends: what is shown stays as it is. */
  end(): void {
    this.ended = true;
  }

  windowDeleted(windowId: number): void {
    this.vailPictures?.forget(windowId);
  }

  /** Tells of what was painted on the desktop, once for all of it. */
  flush(): void {
    const box = this.screen.takeDamage();
    if (box !== undefined) this.frame(undefined, this.desktopPath, box);
  }

  private frame(windowId: number | undefined, path: PixelPathName, box: Box): void {
    this.listener.tell({ type: "frame", windowId, path, box });
  }

  /** The part of the desktop where the window is; what lies over it is in it. */
  private cut(window: RailWindow | undefined): Picture | undefined {
    const { windowOffset, windowSize, showState } = window ?? {};
    if (windowOffset === undefined || windowSize === undefined) return undefined;
    if (showState === ShowState.hide || showState === ShowState.minimized) return undefined;
    const image = this.screen.pixels;
    const { left, top } = this.screen.box;
    const [x, y] = [windowOffset.x - left, windowOffset.y - top];
    const part = this.screen.clip({ left: x, top: y, ...windowSize });
    if (image === undefined || part === undefined) return undefined;
    const { stride } = image;
    const { width, height } = part;
    const pixels = image.pixels.subarray(part.top * stride + part.left * pixelBytes);
    const place = { left: part.left - x, top: part.top - y };
    return { width, height, stride, pixels, ...place, opaque: true, rotation: 0, path: this.desktopPath };
  }
}
