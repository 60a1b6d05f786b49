import type { Canvas } from "./canvas.js";

/** Counts pixels that are kept, against a limit. */
export class PixelBudget {
  readonly limit: number;
  private used = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  hasRoom(pixels: number): boolean {
    return this.used + pixels <= this.limit;
  }

  take(pixels: number): void {
    this.used += pixels;
  }
}

/** Canvases by number; stores that share a budget share its limit. */
export class CanvasStore {
  private readonly canvases = new Map<number, Canvas>();
  private readonly budget: PixelBudget;

  constructor(budget: PixelBudget) {
    this.budget = budget;
  }

  ids(): readonly number[] {
    return [...this.canvases.keys()];
  }

  get(id: number): Canvas | undefined {
    return this.canvases.get(id);
  }

  /** Puts a canvas of that many pixels in the place of what was there; false, and nothing is there, without room. */
  put(id: number, pixels: number, make: () => Canvas): boolean {
    this.delete(id);
    if (!this.budget.hasRoom(pixels)) return false;
    this.budget.take(pixels);
    this.canvases.set(id, make());
    return true;
  }

  /** Whether there was one. */
  delete(id: number): boolean {
    const canvas = this.canvases.get(id);
    if (canvas === undefined) return false;
    this.budget.take(-canvas.width * canvas.height);
    return this.canvases.delete(id);
  }
}
