/** A compositor and a viewer over two streams of bytes that the test cuts and delays. */
import {
  Compositor,
  isShown,
  Viewer,
  type Canvas,
  type CompositorEvent,
  type CompositorPeer,
  type CompositorSettings,
  type ViewerEvent,
  type ViewerSettings,
} from "../src/index.js";
import { joined } from "./pair.js";

const pixelBytes = 4;

export class CompositorPair {
  readonly compositor: Compositor;
  viewer: Viewer | undefined;
  peer: CompositorPeer | undefined;
  now = 0;
  readonly told: CompositorEvent[] = [];
  readonly seen: ViewerEvent[] = [];
  /** What each window was last painted with. */
  readonly painted = new Map<number, Uint8Array>();
  private readonly viewerSettings: Partial<ViewerSettings>;
  private toServer: Uint8Array = new Uint8Array(0);
  private toViewer: Uint8Array = new Uint8Array(0);
  private compositorWake: number | undefined;
  private viewerWake: number | undefined;
  private strokes = 0;

  /** A compositor may have several viewers, each in a pair of its own. */
  constructor(settings: Partial<CompositorSettings> | Compositor, viewerSettings: Partial<ViewerSettings>) {
    this.compositor = settings instanceof Compositor ? settings : new Compositor(settings);
    this.viewerSettings = { security: "rdp", size: { width: 320, height: 240 }, ...viewerSettings };
  }

  connect(): void {
    if (this.viewer !== undefined) this.cut();
    this.toServer = new Uint8Array(0);
    this.toViewer = new Uint8Array(0);
    this.viewer = new Viewer(this.viewerSettings);
    this.peer = this.compositor.accept(this.now);
    this.viewer.connect(this.now);
    this.flush();
  }

  /** The connection breaks, with what is on its way. */
  cut(): void {
    this.peer?.closed(this.now);
    this.viewer?.closed(this.now);
    this.flush();
    this.peer = undefined;
    this.viewer = undefined;
  }

  /** Draws a box of a window, or all of it, in a colour that it did not have; false if it may not be painted now. */
  paint(windowId: number, box?: { left: number; top: number; width: number; height: number }): boolean {
    const canvas = this.compositor.canvas(windowId);
    if (canvas === undefined) return false;
    const all = { left: 0, top: 0, width: canvas.width, height: canvas.height };
    fill(canvas, box ?? all, ++this.strokes);
    this.painted.set(windowId, tight(canvas));
    this.compositor.present(windowId, box === undefined ? undefined : [box]);
    return true;
  }

  /** Delivers up to so many bytes to the server or the viewer. */
  deliver(side: "server" | "viewer", size: number): void {
    if (side === "server") {
      const bytes = this.toServer.slice(0, size);
      this.toServer = this.toServer.slice(bytes.length);
      this.peer?.receive(bytes, this.now);
    } else {
      const bytes = this.toViewer.slice(0, size);
      this.toViewer = this.toViewer.slice(bytes.length);
      this.viewer?.receive(bytes, this.now);
    }
    this.flush();
  }

  /** Time goes by. */
  pass(milliseconds: number): void {
    this.now += milliseconds;
    if (this.compositorWake !== undefined && this.now >= this.compositorWake) this.compositor.tick(this.now);
    if (this.viewerWake !== undefined && this.now >= this.viewerWake) this.viewer?.tick(this.now);
    this.flush();
  }

  /** Delivers all, and lets time go by, until nothing more comes of it. */
  settle(): void {
    for (let quiet = 0, round = 0; quiet < 12; round++) {
      if (round > 2000) throw new Error("it does not settle");
      this.flush();
      const isBusy = this.toServer.length + this.toViewer.length > 0;
      quiet = isBusy ? 0 : quiet + 1;
      this.deliver("server", Number.POSITIVE_INFINITY);
      this.deliver("viewer", Number.POSITIVE_INFINITY);
      this.pass(isBusy ? 10 : 1000);
    }
  }

  flush(): void {
    for (const output of this.compositor.flush(this.now)) {
      if (output.type === "bytes") {
        if (output.peer === this.peer) this.toViewer = joined([this.toViewer, ...output.segments]);
      } else if (output.type === "wake") this.compositorWake = output.at;
      else if (output.type !== "startTls" && output.type !== "close") this.hear(output);
    }
    for (const output of this.viewer?.flush(this.now) ?? []) {
      if (output.type === "bytes") this.toServer = joined([this.toServer, ...output.segments]);
      else if (output.type === "wake") this.viewerWake = output.at;
      else if (output.type !== "startTls" && output.type !== "close") this.seen.push(output);
    }
  }

  /** What the whole desktop should look like, without alpha. */
  expectedDesktop(width: number, height: number): Uint8Array {
    const desktop = new Uint8Array(width * height * pixelBytes);
    const { windows } = this.compositor;
    for (const id of windows.zOrder.toReversed()) {
      const window = windows.all.get(id);
      const pixels = this.painted.get(id);
      if (window === undefined || pixels === undefined || !isShown(window)) continue;
      for (let y = Math.max(0, -window.top); y < Math.min(window.height, height - window.top); y++) {
        for (let x = Math.max(0, -window.left); x < Math.min(window.width, width - window.left); x++) {
          const from = (y * window.width + x) * pixelBytes;
          desktop.set(
            pixels.subarray(from, from + pixelBytes),
            ((y + window.top) * width + x + window.left) * pixelBytes,
          );
        }
      }
    }
    return desktop;
  }

  get violations(): string[] {
    return [...this.told, ...this.seen]
      .filter((event) => event.type === "violation")
      .map(({ channel, violation: { by, rule } }) => `${channel}: ${by} ${rule}`);
  }

  /** A window with a new canvas is painted at once, as compositors do. */
  private hear(event: CompositorEvent): void {
    this.told.push(event);
    if (event.type === "exposed" || event.type === "paintable") {
      if (this.compositor.windows.all.has(event.windowId)) this.paint(event.windowId);
    }
  }
}

function fill(
  { pixels, stride }: Canvas,
  box: { left: number; top: number; width: number; height: number },
  n: number,
) {
  for (let y = box.top; y < box.top + box.height; y++) {
    for (let x = box.left; x < box.left + box.width; x++) {
      pixels.set([n & 0xff, (n * 31 + x) & 0xff, (n * 7 + y) & 0xff, 0xff], y * stride + x * pixelBytes);
    }
  }
}

/** The pixels of an image without what lies between its rows. */
export function tight({ pixels, width, height, stride }: Canvas): Uint8Array {
  const all = new Uint8Array(width * height * pixelBytes);
  for (let y = 0; y < height; y++) {
    all.set(pixels.subarray(y * stride, y * stride + width * pixelBytes), y * width * pixelBytes);
  }
  return all;
}
