import { BufferFormat, type GfxredirClientInput, type GfxredirClientOutput } from "@railvail/gfxredir";
import type { Box } from "../pixels/box.js";
import { pixelBytes } from "../pixels/pixel-image.js";
import { SectionError, type Section, type SectionStore } from "../sections.js";
import type { Picture } from "./picture.js";
import { viewerViolation, type ViewerRule, type ViewerViolation } from "./viewer-rules.js";

type Present = Extract<GfxredirClientOutput, { readonly type: "present" }>;

/** What the pictures need, and what they tell. */
export interface VailListener {
  command(input: Extract<GfxredirClientInput, { readonly type: "presented" | "reportError" }>): void;
  /** The window has a new picture; `box` is the part that changed. */
  frame(windowId: number, box: Box): void;
  problem(violation: ViewerViolation): void;
}

export interface VailOptions {
  readonly sections: SectionStore;
  readonly shared: boolean;
  /** Bytes of all pictures that are copied. */
  readonly byteLimit: number;
}

interface Kept {
  readonly picture: Picture;
  readonly poolId: bigint;
  readonly bufferId: bigint;
  /** Bytes of memory of its own. */
  readonly own: number;
}

/** Error codes of the channel have no meaning given to them; E_FAIL tells at least that it is one. */
const failed = 0x8000_4005;

/** The pictures of windows in memory that a server shares. Each present is acknowledged once its picture was taken. */
export class VailPictures {
  private readonly options: VailOptions;
  private readonly listener: VailListener;
  private readonly sections = new Map<bigint, Section>();
  /** Pools that could not be opened, and why: of those that were closed before anything was shown nobody hears. */
  private readonly missing = new Map<bigint, SectionError>();
  private readonly kept = new Map<number, Kept>();
  /** Windows whose pool was closed since they were presented. */
  private readonly old = new Set<number>();
  private held = 0;

  constructor(options: VailOptions, listener: VailListener) {
    this.options = options;
    this.listener = listener;
  }

  /** What a window shows, if it came this way; `old`: even if its memory is gone since. */
  picture(windowId: number, old = false): Picture | undefined {
    return old || !this.old.has(windowId) ? this.kept.get(windowId)?.picture : undefined;
  }

  /** The window is gone, or shown by other means. */
  forget(windowId: number): void {
    const kept = this.kept.get(windowId);
    if (kept === undefined) return;
    this.held -= kept.own;
    this.kept.delete(windowId);
    this.old.delete(windowId);
  }

  /** What the channel's machine says. */
  heard(output: GfxredirClientOutput): void {
    switch (output.type) {
      case "poolOpened":
        this.open(output.poolId, output.sectionName, Number(output.poolSize));
        break;
      case "present":
        this.present(output);
        this.listener.command({ type: "presented", windowId: output.windowId, presentId: output.presentId });
        break;
      case "poolClosed":
        this.close(output.poolId);
        break;
      default:
    }
  }

  private open(poolId: bigint, name: string, size: number): void {
    try {
      this.sections.set(poolId, this.options.sections.open(name, size));
    } catch (error) {
      if (!(error instanceof SectionError)) throw error;
      this.missing.set(poolId, error);
    }
  }

  private close(poolId: bigint): void {
    this.missing.delete(poolId);
    for (const [windowId, kept] of this.kept) {
      if (kept.poolId !== poolId) continue;
      // The memory of a picture that is shared goes away.
      if (kept.own === 0) this.forget(windowId);
      else this.old.add(windowId);
    }
    this.sections.get(poolId)?.close();
    this.sections.delete(poolId);
  }

  private present({ windowId, buffer, orientation, dirtyRect }: Present): void {
    const section = this.sections.get(buffer.poolId);
    if (section === undefined) {
      const reason = this.missing.get(buffer.poolId);
      // Once is enough.
      this.missing.delete(buffer.poolId);
      if (reason !== undefined) this.failed(reason);
      return;
    }
    const { width, height, stride, poolId, bufferId } = buffer;
    const offset = Number(buffer.offset);
    const size = stride * (height - 1) + width * pixelBytes;
    const id = Number(windowId);
    const base: Omit<Picture, "pixels"> = {
      width,
      height,
      stride,
      left: 0,
      top: 0,
      opaque: buffer.format === BufferFormat.xrgb8888,
      rotation: orientation as Picture["rotation"],
      path: "vail",
    };
    if (this.options.shared && section.bytes !== undefined) {
      this.forget(id);
      const pixels = section.bytes.subarray(offset, offset + size);
      this.kept.set(id, { picture: { ...base, pixels }, poolId, bufferId, own: 0 });
      this.listener.frame(id, dirtyRect);
      return;
    }
    this.old.delete(id);
    const before = this.kept.get(id);
    const fits = before?.own === size && before.picture.stride === stride;
    if (!fits) {
      this.forget(id);
      if (this.held + size > this.options.byteLimit) {
        this.problem("too-much-memory", `${size} bytes for window ${id}`);
        return;
      }
    }
    const pixels = fits ? before.picture.pixels : new Uint8Array(size);
    // There is nothing in new memory to which a part could be added; another buffer may differ everywhere.
    const part = fits && before.bufferId === bufferId ? dirtyRect : { left: 0, top: 0, width, height };
    if (!fits) this.held += size;
    this.kept.set(id, { picture: { ...base, pixels }, poolId, bufferId, own: size });
    if (this.copy(section, offset, stride, part, pixels)) this.listener.frame(id, part);
  }

  /** Whole rows: what lies in one piece is read in one. */
  private copy(section: Section, offset: number, stride: number, part: Box, pixels: Uint8Array): boolean {
    if (part.width < 1 || part.height < 1) return true;
    const start = part.top * stride;
    const into = pixels.subarray(start, start + part.height * stride);
    try {
      section.read(offset + start, into);
      return true;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  private failed(error: unknown): void {
    if (!(error instanceof SectionError)) throw error;
    this.problem("section-failed", error.message);
    this.listener.command({ type: "reportError", errorCode: failed });
  }

  private problem(rule: ViewerRule, detail: string): void {
    this.listener.problem(viewerViolation(rule, detail));
  }
}
