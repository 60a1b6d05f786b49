import {
  BufferFormat,
  freeBufferId,
  freePoolId,
  mayPresent,
  mayWrite,
  type GfxredirServerCommand,
  type GfxredirServerOutput,
  type GfxredirServerState,
  type WaitingPresent,
} from "@railvail/gfxredir";
import type { Box } from "../../pixels/box.js";
import { pixelBytes } from "../../pixels/pixel-image.js";
import { Region } from "../../pixels/region.js";
import type { Section, SectionStore } from "../../sections.js";
import { isShown, isShownBy, type CompositorWindow } from "../compositor-window.js";
import { partOf, type Arrangement, type Canvas, type PathListener, type PixelPath } from "./pixel-path.js";

/** Pools are whole pages. */
const pageSize = 4096;

/** What the path needs of the channel `gfxredir`. */
export interface VailChannel {
  readonly state: GfxredirServerState;
  command(command: GfxredirServerCommand): void;
}

/** A window's memory: one buffer in a pool of its own, as WSLg has it. */
interface Drawing {
  readonly poolId: bigint;
  readonly bufferId: bigint;
  readonly section: Section;
  readonly canvas: Canvas;
  window: CompositorWindow;
  damage: Region;
  /** Somebody asked for the canvas while the client had it. */
  awaited: boolean;
  /** Something of it was presented. */
  presented: boolean;
  /** The client has shown it, so it has its memory. */
  seen: boolean;
}

/** Memory that is not drawn in any more. */
interface Retired {
  readonly bufferId: bigint;
  readonly section: Section;
  /** The client has it open, or had; if not, its name must stay until the client has come so far. */
  seen: boolean;
}

/** Memory whose pool is closed, and that the client may not have heard of yet. */
interface Lingering {
  readonly section: Section;
  /** Once this present or a later one is acknowledged, the client has passed the pool's end. */
  readonly until: bigint;
}

/** More names than this are not kept for a client that is that slow. */
const lingeringLimit = 64;

/** Pixels in shared memory: where it is mapped, what is drawn is not copied at all. */
export class VailPath implements PixelPath {
  readonly name = "vail";
  private readonly channel: VailChannel;
  private readonly store: SectionStore;
  private readonly listener: PathListener;
  private readonly drawings = new Map<number, Drawing>();
  /** Memory that the client may still be reading, by pool. */
  private readonly retired = new Map<bigint, Retired>();
  private lingering: Lingering[] = [];

  constructor(channel: VailChannel, store: SectionStore, listener: PathListener) {
    this.channel = channel;
    this.store = store;
    this.listener = listener;
  }

  arrange({ windows }: Arrangement, now: number): void {
    for (const [id, drawing] of this.drawings) {
      const window = windows.get(id);
      const { width, height } = drawing.canvas;
      if (window?.width === width && window.height === height) this.change(id, drawing, window);
      else this.retire(id, drawing, now);
    }
    for (const [id, window] of windows) {
      if (isShown(window) && !this.drawings.has(id) && !this.open(id, window)) return;
    }
  }

  canvas(windowId: number, window: CompositorWindow): Canvas | undefined {
    const drawing = this.drawings.get(windowId);
    if (drawing === undefined) return undefined;
    if (isShownBy(window, drawing.canvas) && this.isFree(drawing)) return drawing.canvas;
    drawing.awaited = true;
    return undefined;
  }

  damage(windowId: number, boxes?: readonly Box[]): void {
    const drawing = this.drawings.get(windowId);
    if (drawing !== undefined) drawing.damage = drawing.damage.add(partOf(drawing.canvas, boxes));
  }

  flush(): void {
    for (const [id, drawing] of this.drawings) {
      const { damage, bufferId } = drawing;
      const { state } = this.channel;
      if (damage.isEmpty || !isShown(drawing.window)) continue;
      if (mayPresent(state, BigInt(id)) && mayWrite(state, bufferId)) this.present(id, drawing);
    }
  }

  end(): void {
    for (const { section } of this.drawings.values()) section.close();
    for (const { section } of this.retired.values()) section.close();
    for (const { section } of this.lingering) section.close();
    this.drawings.clear();
    this.retired.clear();
    this.lingering = [];
  }

  /** What the channel's machine says. */
  heard(output: GfxredirServerOutput): void {
    if (output.type === "acknowledged") this.acknowledged(output);
    else if (output.type === "poolClosed") this.poolClosed(output.poolId);
    else if (output.type === "unavailable") this.listener.failed(output.reason);
  }

  private acknowledged({ windowId, bufferId, presentId }: WaitingPresent): void {
    const isPassed = ({ until }: Lingering): boolean => presentId >= until;
    for (const { section } of this.lingering.filter(isPassed)) section.close();
    this.lingering = this.lingering.filter((each) => !isPassed(each));
    for (const retired of this.retired.values()) if (retired.bufferId === bufferId) retired.seen = true;
    const drawing = this.drawings.get(Number(windowId));
    if (drawing?.bufferId !== bufferId) return;
    drawing.seen = true;
    this.tellPaintable(Number(windowId), drawing);
  }

  private change(id: number, drawing: Drawing, window: CompositorWindow): void {
    // What is opaque is told with a present.
    if (drawing.presented && drawing.window.opaque !== window.opaque) drawing.damage = partOf(drawing.canvas);
    drawing.window = window;
    this.tellPaintable(id, drawing);
  }

  private tellPaintable(id: number, drawing: Drawing): void {
    if (!drawing.awaited || !this.isFree(drawing)) return;
    drawing.awaited = false;
    this.listener.paintable(id);
  }

  private isFree({ window, bufferId }: Drawing): boolean {
    return isShown(window) && mayWrite(this.channel.state, bufferId);
  }

  /** A client opens a section when it comes to the message that names it, which may be long after this. */
  private poolClosed(poolId: bigint): void {
    const retired = this.retired.get(poolId);
    this.retired.delete(poolId);
    if (retired === undefined) return;
    if (retired.seen) return retired.section.close();
    this.lingering.push({ section: retired.section, until: this.channel.state.nextPresentId });
    if (this.lingering.length > lingeringLimit) this.lingering.shift()?.section.close();
  }

  private open(windowId: number, window: CompositorWindow): boolean {
    const { width, height } = window;
    const stride = width * pixelBytes;
    const poolSize = Math.ceil((stride * height) / pageSize) * pageSize;
    let section: Section;
    try {
      section = this.store.create(poolSize);
    } catch (error) {
      this.listener.failed(error instanceof Error ? error.message : String(error));
      return false;
    }
    const { channel } = this;
    const poolId = freePoolId(channel.state);
    channel.command({ type: "openPool", poolId, poolSize: BigInt(poolSize), sectionName: section.name });
    const bufferId = freeBufferId(channel.state);
    const format = BufferFormat.argb8888;
    channel.command({ type: "createBuffer", poolId, bufferId, offset: 0n, stride, width, height, format });
    if (!channel.state.buffers.has(bufferId)) {
      section.close();
      this.listener.failed("the client has as many buffers as it may have");
      return false;
    }
    const canvas: Canvas = { pixels: section.bytes ?? new Uint8Array(stride * height), width, height, stride };
    this.drawings.set(windowId, {
      poolId,
      bufferId,
      section,
      canvas,
      window,
      damage: Region.empty,
      awaited: false,
      presented: false,
      seen: false,
    });
    this.listener.exposed(windowId);
    return true;
  }

  /** The memory goes when the client is done with it: see `poolClosed`. */
  private retire(windowId: number, { poolId, bufferId, section, seen }: Drawing, now: number): void {
    this.drawings.delete(windowId);
    this.retired.set(poolId, { bufferId, section, seen });
    this.channel.command({ type: "closePool", poolId, now });
  }

  private present(id: number, drawing: Drawing): void {
    const { section, canvas, bufferId, window } = drawing;
    const { left, top, right, bottom } = drawing.damage.bounds;
    const { pixels, stride } = canvas;
    if (section.bytes === undefined) section.write(top * stride, pixels.subarray(top * stride, bottom * stride));
    drawing.damage = Region.empty;
    drawing.presented = true;
    const dirtyRect = { left, top, width: right - left, height: bottom - top };
    this.channel.command({
      type: "present",
      windowId: BigInt(id),
      bufferId,
      targetWidth: window.width,
      targetHeight: window.height,
      dirtyRect,
      opaqueRects: window.opaque ? [dirtyRect] : [],
    });
  }
}
