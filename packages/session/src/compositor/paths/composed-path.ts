import type { EncodeTile } from "../../pixels/bitmap-update.js";
import type { Box, Size } from "../../pixels/box.js";
import { DesktopImage } from "../../pixels/desktop-image.js";
import { FramePacing } from "../../pixels/frame-pacing.js";
import { frameUpdates } from "../../pixels/frame-updates.js";
import { pixelBytes, type Layer } from "../../pixels/pixel-image.js";
import type { Rectangle } from "../../pixels/region.js";
import type { UpdateBody } from "../../pixels/update-body.js";
import type { UpdateChoice } from "../../pixels/update-choice.js";
import { isShown, isShownBy, type CompositorWindow } from "../compositor-window.js";
import { partOf, type Arrangement, type Canvas, type PathListener, type PixelPath } from "./pixel-path.js";

/** Where the desktop is: its size, and the place of its left upper pixel. */
export interface DesktopPlace extends Size {
  readonly left: number;
  readonly top: number;
}

/** What the path is made for. */
export interface ComposedOptions {
  readonly choice: UpdateChoice;
  readonly place: DesktopPlace;
  readonly listener: PathListener;
  /** Compresses; undefined: nothing is. */
  readonly encodeTile: EncodeTile | undefined;
}

/** A canvas, and the window that it shows. */
interface Picture {
  readonly canvas: Canvas;
  readonly window: CompositorWindow;
}

interface Drawing {
  readonly canvas: Canvas;
  window: CompositorWindow;
  /** What is on the image until the canvas is drawn for the first time; undefined once it is, or if nothing was. */
  replaces: Picture | undefined;
  /** What it covers on the image and was not sent yet. */
  waiting: boolean;
  awaited: boolean;
}

/**
 * Pixels in an image of the whole desktop, in which the windows lie over each other as they do on
 * the server. Clients cut their windows out of it, so both must have the same places and order.
 */
export class ComposedPath implements PixelPath {
  readonly name = "composed";
  private readonly options: ComposedOptions;
  private readonly send: (update: UpdateBody, now: number) => void;
  private readonly image: DesktopImage;
  private readonly pacing: FramePacing;
  private readonly drawings = new Map<number, Drawing>();
  private zOrder: readonly number[] = [];

  constructor(options: ComposedOptions, send: (update: UpdateBody, now: number) => void) {
    this.options = options;
    this.send = send;
    this.image = new DesktopImage(options.place.width, options.place.height);
    this.pacing = new FramePacing(options.choice.maximumFrames);
  }

  /** When `flush` may do more without anything from the client. */
  get wakeAt(): number | undefined {
    return this.image.damaged.isEmpty ? undefined : this.pacing.wakeAt;
  }

  arrange({ windows, zOrder }: Arrangement): void {
    for (const [id, drawing] of this.drawings) {
      if (!windows.has(id)) this.forget(id, drawing);
    }
    for (const [id, window] of windows) {
      const drawing = this.drawings.get(id);
      if (drawing !== undefined && sameSize(window, drawing.canvas)) this.change(id, drawing, window);
      else if (isShown(window)) this.begin(id, window, drawing);
      else if (drawing !== undefined) this.forget(id, drawing);
    }
    if (zOrder !== this.zOrder) this.restack(zOrder);
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
    if (drawing === undefined || !isShown(drawing.window)) return;
    this.drawn(drawing);
    const { left, top } = this.shadow(drawing.window);
    const region = partOf(drawing.canvas, boxes).moved(left, top).intersect(this.image.bounds);
    // What is off the desktop is never sent, so that nothing has to wait for it.
    if (region.isEmpty) return;
    this.image.damage(region);
    drawing.waiting = true;
  }

  flush(now: number, congested: boolean): void {
    const { image, pacing } = this;
    if (image.damaged.isEmpty || !pacing.mayBegin(congested, now)) return;
    const region = image.compose(this.layers());
    const { choice, encodeTile } = this.options;
    const frame = { frameId: pacing.begin(now), encodeTile };
    for (const update of frameUpdates(choice, image, region, frame)) this.send(update, now);
    for (const [id, drawing] of this.drawings) {
      drawing.waiting = false;
      this.tellPaintable(id, drawing);
    }
  }

  end(): void {
    this.drawings.clear();
  }

  /** The client has shown a frame. */
  acknowledged(frameId: number): void {
    this.pacing.acknowledged(frameId);
  }

  /** The client wants to see this again: corners on the image. */
  refresh(rectangle: Rectangle): void {
    this.image.damage(rectangle);
  }

  private begin(id: number, window: CompositorWindow, before: Drawing | undefined): void {
    const { width, height } = window;
    const stride = width * pixelBytes;
    const canvas: Canvas = { pixels: new Uint8Array(stride * height), width, height, stride };
    const replaces = before && (before.replaces ?? { canvas: before.canvas, window: before.window });
    this.drawings.set(id, { canvas, window, replaces, waiting: false, awaited: false });
    this.options.listener.exposed(id);
  }

  /** From now on the image has the canvas in the place of what it had before. */
  private drawn(drawing: Drawing): void {
    if (drawing.replaces === undefined) return;
    this.image.damage(this.shadow(drawing.replaces.window));
    this.image.damage(this.shadow(drawing.window));
    drawing.replaces = undefined;
  }

  private forget(id: number, { window, replaces }: Drawing): void {
    this.image.damage(this.shadow(replaces?.window ?? window));
    this.drawings.delete(id);
  }

  private tellPaintable(id: number, drawing: Drawing): void {
    if (!drawing.awaited || !isFree(drawing)) return;
    drawing.awaited = false;
    this.options.listener.paintable(id);
  }

  private change(id: number, drawing: Drawing, window: CompositorWindow): void {
    const { window: before } = drawing;
    drawing.window = window;
    this.tellPaintable(id, drawing);
    const moved = window.left !== before.left || window.top !== before.top;
    if (!isShown(window)) this.drawn(drawing);
    if (!moved && isShown(window) === isShown(before) && window.opaque === before.opaque) return;
    this.image.damage(this.shadow(before));
    this.image.damage(this.shadow(window));
  }

  /** Only where windows lie over each other does it matter. */
  private restack(zOrder: readonly number[]): void {
    const before = this.zOrder;
    this.zOrder = zOrder;
    for (const [index, id] of zOrder.entries()) {
      const drawing = this.drawings.get(id);
      if (drawing === undefined || before[index] === id) continue;
      this.image.damage(this.shadow((drawing.replaces ?? drawing).window));
    }
  }

  /** A window's place on the image. */
  private shadow({ left, top, width, height }: CompositorWindow): Rectangle {
    const [x, y] = [left - this.options.place.left, top - this.options.place.top];
    return { left: x, top: y, right: x + width, bottom: y + height };
  }

  /** From the lowest to the highest. */
  private layers(): Layer[] {
    const layers: Layer[] = [];
    for (const id of this.zOrder.toReversed()) {
      const drawing = this.drawings.get(id);
      if (drawing === undefined || !isShown(drawing.window)) continue;
      const { canvas, window } = drawing.replaces ?? drawing;
      const { left, top } = this.shadow(window);
      layers.push({ ...canvas, left, top, opaque: window.opaque });
    }
    return layers;
  }
}

/** The window is shown, and its last picture is sent. */
const isFree = ({ window, waiting }: Drawing): boolean => isShown(window) && !waiting;

const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;
