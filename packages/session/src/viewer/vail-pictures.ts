import {
  BufferFormat,
  opaqueRectLimit,
  type GfxredirClientInput,
  type GfxredirClientOutput,
  type PoolBuffer,
} from "@railvail/gfxredir";
import { windowModelLimits } from "@railvail/rail";
import type { Box } from "../pixels/box.js";
import { pixelBytes } from "../pixels/pixel-image.js";
import { Region } from "../pixels/region.js";
import { SectionError, type Section, type SectionStore } from "../sections.js";
import { areAll, opaqueParts, writeAlpha } from "./opaque-parts.js";
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
  /** Where it is opaque. Own memory has alpha that says so, unless that is everywhere. */
  readonly opaque: Region;
}

/** Presents may name windows of which no order told, but there are no more pictures than there may be windows. */
const pictureLimit = windowModelLimits.windows;

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

  private present(present: Present): void {
    const { buffer, dirtyRect } = present;
    const section = this.sections.get(buffer.poolId);
    if (section === undefined) {
      const reason = this.missing.get(buffer.poolId);
      // Once is enough.
      this.missing.delete(buffer.poolId);
      if (reason !== undefined) this.failed(reason);
      return;
    }
    const id = Number(present.windowId);
    const before = this.kept.get(id);
    if (before === undefined && this.kept.size >= pictureLimit) {
      this.problem("too-much-memory", `window ${id} besides ${pictureLimit} others`);
      return;
    }
    const mapped = this.options.shared ? section.bytes : undefined;
    if (mapped === undefined) {
      this.copyChanged(section, present, before);
      return;
    }
    this.forget(id);
    const offset = Number(buffer.offset);
    const pixels = mapped.subarray(offset, offset + bytesOf(buffer));
    this.keep(present, pixels, 0, opaqueAfter(before, present));
    this.listener.frame(id, dirtyRect);
  }

  private copyChanged(section: Section, present: Present, before: Kept | undefined): void {
    const { buffer, dirtyRect } = present;
    const { width, height, stride, bufferId } = buffer;
    const id = Number(present.windowId);
    const size = bytesOf(buffer);
    const fits = before?.own === size && before.picture.stride === stride;
    if (!fits) {
      this.forget(id);
      if (this.held + size > this.options.byteLimit) {
        this.problem("too-much-memory", `${size} bytes for window ${id}`);
        return;
      }
    }
    const pixels = fits ? before.picture.pixels : new Uint8Array(size);
    const whole = { left: 0, top: 0, width, height };
    // There is nothing in new memory to which a part could be added; another buffer may differ everywhere.
    const part = fits && before.bufferId === bufferId ? dirtyRect : whole;
    if (!this.copy(section, Number(buffer.offset), stride, part, pixels)) return;
    if (!fits) this.held += size;
    const opaque = opaqueAfter(before, present);
    if (!opaque.isEmpty && !areAll(opaque, buffer)) {
      // Rows are copied whole. Until a picture ceases to be opaque everywhere, nobody looks at its alpha.
      const renewed =
        fits && before.picture.opaque ? [whole] : [{ ...part, left: 0, width }, ...opaqueRectsOf(present)];
      writeAlpha(pixels, stride, opaque, renewed);
    }
    this.old.delete(id);
    this.keep(present, pixels, size, opaque);
    this.listener.frame(id, part);
  }

  private keep({ windowId, buffer, orientation }: Present, pixels: Uint8Array, own: number, opaque: Region): void {
    const { width, height, stride, poolId, bufferId } = buffer;
    const picture: Picture = {
      width,
      height,
      stride,
      pixels,
      left: 0,
      top: 0,
      opaque: areAll(opaque, buffer),
      rotation: orientation as Picture["rotation"],
      path: "vail",
    };
    this.kept.set(Number(windowId), { picture, poolId, bufferId, own, opaque });
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

/** Of its pixels: the last row needs no more. */
const bytesOf = ({ width, height, stride }: PoolBuffer): number => stride * (height - 1) + width * pixelBytes;

/** A server that sends more breaks a rule. */
const opaqueRectsOf = ({ opaqueRects }: Present): readonly Box[] => opaqueRects.slice(0, opaqueRectLimit);

/**
 * What of a window is opaque after a present. WSLg has alpha in all buffers, and says of what it drew in an opaque
 * window that it is opaque.
 */
function opaqueAfter(before: Kept | undefined, present: Present): Region {
  const { buffer, dirtyRect } = present;
  const { width, height, format } = buffer;
  if (format === BufferFormat.xrgb8888) return Region.of({ left: 0, top: 0, right: width, bottom: height });
  const isSame = before?.picture.width === width && before.picture.height === height;
  return opaqueParts(isSame ? before.opaque : Region.empty, buffer, dirtyRect, opaqueRectsOf(present));
}
