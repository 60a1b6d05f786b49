import { sameShape, type PackedShape } from "./pointer-shape.js";

/** However large a client's cache is, no more is remembered of it. */
const mostSlots = 32;
const mostBytes = 0x40_0000;

/** What is in the client's cache of pointers, so that a shape that it has is not sent again. */
export class PointerCache {
  private readonly slots: number;
  /** By slot; that which was used longest ago comes first. */
  private readonly shapes = new Map<number, PackedShape>();
  private bytes = 0;

  /** `slots` is what the client states. */
  constructor(slots: number) {
    this.slots = Math.min(slots, mostSlots);
  }

  /** Shapes that are remembered. */
  get size(): number {
    return this.shapes.size;
  }

  /** The slot in which a shape is. */
  find(shape: PackedShape): number | undefined {
    for (const [slot, known] of this.shapes) {
      if (!sameShape(known, shape)) continue;
      this.shapes.delete(slot);
      this.shapes.set(slot, known);
      return slot;
    }
    return undefined;
  }

  /** The slot that a shape is put into; 0 if the client has none. */
  put(shape: PackedShape): number {
    const slot = this.freeSlot();
    this.drop(slot);
    if (slot >= this.slots || shape.pixels.length > mostBytes) return 0;
    for (const [oldest] of this.shapes) if (this.bytes + shape.pixels.length > mostBytes) this.drop(oldest);
    this.shapes.set(slot, shape);
    this.bytes += shape.pixels.length;
    return slot;
  }

  private freeSlot(): number {
    for (let slot = 0; slot < this.slots; slot++) if (!this.shapes.has(slot)) return slot;
    const [oldest = 0] = this.shapes.keys();
    return oldest;
  }

  private drop(slot: number): void {
    this.bytes -= this.shapes.get(slot)?.pixels.length ?? 0;
    this.shapes.delete(slot);
  }
}
