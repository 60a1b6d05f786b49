import type { Box, Compositor, WindowWish } from "@railvail/session";

/** Smaller than this no window becomes, in pixels. */
const least = { width: 80, height: 60 } as const;

/**
 * Where windows are. The client's window manager moves and sizes them first; the compositor learns
 * it as a wish, and what it answers is what counts on both sides.
 */
export class Placement {
  /** The client's desktop. */
  desktop: Box = { left: 0, top: 0, width: 1024, height: 768 };
  private readonly compositor: Compositor;
  /** Where windows were before they were maximized. */
  private readonly before = new Map<number, Box>();

  constructor(compositor: Compositor) {
    this.compositor = compositor;
  }

  place({ windowId, left, top, width, height }: Extract<WindowWish, { type: "placeRequested" }>): void {
    const size = { width: Math.max(least.width, width), height: Math.max(least.height, height) };
    this.compositor.windows.change(windowId, { left, top, ...size });
  }

  show({ windowId, showState }: Extract<WindowWish, { type: "showStateRequested" }>): void {
    const { windows, workArea = this.desktop } = this.compositor;
    const window = windows.all.get(windowId);
    if (window === undefined) return;
    const isMinimized = window.showState === "minimized";
    if (showState === "maximized" && !this.before.has(windowId)) {
      const { left, top, width, height } = window;
      this.before.set(windowId, { left, top, width, height });
      windows.change(windowId, { showState, ...workArea });
    } else if (showState === "normal" && this.before.has(windowId)) {
      // What was maximized before it was minimized is so again.
      if (isMinimized) windows.change(windowId, { showState: "maximized" });
      else windows.change(windowId, { showState, ...this.before.get(windowId) });
      if (!isMinimized) this.before.delete(windowId);
    } else windows.change(windowId, { showState });
  }

  gone(windowId: number): void {
    this.before.delete(windowId);
  }
}
