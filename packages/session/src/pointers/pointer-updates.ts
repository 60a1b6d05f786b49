import {
  CachedPointer,
  ColorPointer,
  FastPathUpdateCode,
  LargePointer,
  NewPointer,
  PointerPosition,
} from "@railvail/transport";
import type { UpdateBody } from "../pixels/update-body.js";
import { fitPointer } from "./fit-pointer.js";
import { PointerCache } from "./pointer-cache.js";
import type { PointerChoice } from "./pointer-choice.js";
import { pointerMasks } from "./pointer-masks.js";
import { sameShape, type PackedShape, type Pointer } from "./pointer-shape.js";

const nothing = new Uint8Array(0);

/** Makes pointers into updates for one client. Each share begins with a new one: the client's cache is empty then. */
export class PointerUpdates {
  private readonly choice: PointerChoice;
  private readonly cache: PointerCache;
  private shown: PackedShape | "hidden" | "default" | undefined;

  constructor(choice: PointerChoice) {
    this.choice = choice;
    this.cache = new PointerCache(choice.cacheSize);
  }

  /**
   * The update that shows a pointer; undefined if it is shown already. A shape too large for the
   * client gets smaller, and one of which nothing can be seen is a hidden pointer. Nothing of it is
   * kept.
   */
  show(pointer: Pointer): UpdateBody | undefined {
    const next = typeof pointer === "string" ? pointer : (fitPointer(pointer, this.choice.largest) ?? "hidden");
    const { shown } = this;
    const same = typeof next === "string" || typeof shown !== "object" ? next === shown : sameShape(next, shown);
    if (same) return undefined;
    this.shown = next;
    if (next === "hidden") return { updateCode: FastPathUpdateCode.pointerHidden, data: nothing };
    if (next === "default") return { updateCode: FastPathUpdateCode.pointerDefault, data: nothing };
    const cacheIndex = this.cache.find(next);
    return cacheIndex === undefined
      ? this.newShape(next)
      : { updateCode: FastPathUpdateCode.cachedPointer, data: CachedPointer.encode({ cacheIndex }) };
  }

  /** Puts the client's pointer at a place of the desktop, in pixels. */
  move(x: number, y: number): UpdateBody {
    const data = PointerPosition.encode({ xPos: place(x), yPos: place(y) });
    return { updateCode: FastPathUpdateCode.pointerPosition, data };
  }

  private newShape(shape: PackedShape): UpdateBody {
    const { width, height, hotX, hotY } = shape;
    const { bitsPerPixel, largestUsual } = this.choice;
    const value = {
      cacheIndex: this.cache.put(shape),
      hotSpot: { xPos: hotX, yPos: hotY },
      width,
      height,
      ...pointerMasks(shape, bitsPerPixel),
    };
    if (bitsPerPixel === 24) return { updateCode: FastPathUpdateCode.colorPointer, data: ColorPointer.encode(value) };
    const deep = { xorBpp: bitsPerPixel, ...value };
    return Math.max(width, height) > largestUsual
      ? { updateCode: FastPathUpdateCode.largePointer, data: LargePointer.encode(deep) }
      : { updateCode: FastPathUpdateCode.newPointer, data: NewPointer.encode(deep) };
  }
}

const place = (at: number): number => Math.max(0, Math.min(Math.round(at) || 0, 0xffff));
