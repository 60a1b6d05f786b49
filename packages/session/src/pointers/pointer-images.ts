import { maskedImageToRgba, type RgbaImage } from "@railvail/rail";
import {
  FastPathUpdateCode,
  type CachedPointer,
  type ColorPointer,
  type LargePointer,
  type NewPointer,
  type PointerPosition,
} from "@railvail/transport";
import { DecodeError } from "@railvail/wire";

/**
 * A pointer as the server sent it: R, G, B, A. Whether colours are multiplied by alpha is not said
 * anywhere; those of WSLg and xrdp are.
 */
export interface PointerImage extends RgbaImage {
  /** The pixel that points, from the left upper one. */
  readonly hotX: number;
  readonly hotY: number;
}

/** What became of the pointer. */
export type PointerChange =
  | { readonly type: "hidden" }
  /** The one of the client's system. */
  | { readonly type: "default" }
  | { readonly type: "shape"; readonly shape: PointerImage }
  /** The server moved it; pixels of the desktop. */
  | { readonly type: "position"; readonly x: number; readonly y: number }
  /** The update cannot be used; the pointer stays as it is. `cache`: a slot that is empty, or not there. */
  | { readonly type: "problem"; readonly problem: "malformed" | "cache"; readonly detail: string };

/** What a client's connection tells of an update. */
export interface PointerUpdateReceived {
  readonly updateCode: number;
  readonly value: unknown;
}

/** Pixels of the largest pointer there is, each way; [MS-RDPBCGR] 2.2.7.2.7. */
const largest = 384;
/** Pixels of a colour pointer. */
const colorBits = 24;

/** Reads the server's pointer updates, and is the cache that they need. */
export class PointerImages {
  private readonly cacheSize: number;
  private readonly palette: (() => Uint8Array | undefined) | undefined;
  private readonly cache = new Map<number, PointerImage>();

  /**
   * `cacheSize` is what the client states in its pointer capability set; each takes up to 590,000
   * bytes. `palette` gives the colours of pointers of 8 bits: four bytes each, B, G, R and one that
   * is not used.
   */
  constructor(cacheSize: number, palette?: () => Uint8Array | undefined) {
    this.cacheSize = cacheSize;
    this.palette = palette;
  }

  /** Takes an update; undefined if it is not about the pointer. Nothing of it is kept. */
  update({ updateCode, value }: PointerUpdateReceived): PointerChange | undefined {
    switch (updateCode) {
      case FastPathUpdateCode.pointerHidden:
        return { type: "hidden" };
      case FastPathUpdateCode.pointerDefault:
        return { type: "default" };
      case FastPathUpdateCode.pointerPosition: {
        const { xPos, yPos } = value as PointerPosition;
        return { type: "position", x: xPos, y: yPos };
      }
      case FastPathUpdateCode.colorPointer:
        return this.newShape(value as ColorPointer, colorBits);
      case FastPathUpdateCode.newPointer:
      case FastPathUpdateCode.largePointer:
        return this.newShape(value as NewPointer | LargePointer, (value as NewPointer).xorBpp);
      case FastPathUpdateCode.cachedPointer:
        return this.cached((value as CachedPointer).cacheIndex);
      default:
        return undefined;
    }
  }

  private cached(cacheIndex: number): PointerChange {
    const shape = this.cache.get(cacheIndex);
    return shape === undefined ? problem("cache", `nothing in slot ${cacheIndex}`) : { type: "shape", shape };
  }

  private newShape(pointer: ColorPointer | NewPointer | LargePointer, bitsPerPixel: number): PointerChange {
    const { cacheIndex, width, height, hotSpot, xorMaskData, andMaskData } = pointer;
    if (width > largest || height > largest) return problem("malformed", `${width} times ${height} pixels`);
    if (cacheIndex >= Math.max(this.cacheSize, 1)) return problem("cache", `slot ${cacheIndex} of ${this.cacheSize}`);
    try {
      const image = maskedImageToRgba({
        width,
        height,
        bitsPerPixel,
        colors: xorMaskData,
        mask: andMaskData,
        palette: this.palette?.(),
        // FreeRDP and IronRDP take those of one bit with the upper row first.
        bottomUp: bitsPerPixel !== 1,
      });
      const shape = { ...image, hotX: Math.min(hotSpot.xPos, width - 1), hotY: Math.min(hotSpot.yPos, height - 1) };
      this.cache.set(cacheIndex, shape);
      return { type: "shape", shape };
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return problem("malformed", error.message);
    }
  }
}

const problem = (kind: "malformed" | "cache", detail: string): PointerChange => ({
  type: "problem",
  problem: kind,
  detail,
});
