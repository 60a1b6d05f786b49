import type { Compositor, InputEvent } from "@railvail/session";
import type { WindowInput } from "./demo-window.js";
import type { OpenWindows } from "./open-windows.js";

type PointerEvent = Extract<InputEvent, { type: "pointerMoved" | "button" }>;

/** Hands what the mouse does to the windows, in their own pixels. */
export class PointerRouting {
  private readonly compositor: Compositor;
  private readonly open: OpenWindows;
  /** The window in which a button went down has the pointer until it is let go, wherever it goes. */
  private holder: number | undefined;
  private under: number | undefined;

  constructor(compositor: Compositor, open: OpenWindows) {
    this.compositor = compositor;
    this.open = open;
  }

  input(event: PointerEvent, windowId: number | undefined): void {
    const target = this.holder ?? windowId;
    this.show(target);
    if (event.type === "button") this.holder = event.down ? target : undefined;
    // What the window does with it may change who has the pointer.
    const box = target === undefined ? undefined : this.compositor.windows.all.get(target);
    if (box === undefined) return;
    this.open.get(target)?.input?.(inWindow(event, event.x - box.left, event.y - box.top));
  }

  /** The client has taken the pointer: nobody here hears of the button any more. */
  release(): void {
    this.holder = undefined;
  }

  wheel(rotation: number): void {
    this.open.get(this.under)?.input?.({ type: "wheel", rotation });
  }

  private show(windowId: number | undefined): void {
    if (windowId === this.under) return;
    this.under = windowId;
    this.compositor.setPointer(this.open.get(windowId)?.pointer ?? "default");
  }
}

function inWindow(event: PointerEvent, x: number, y: number): WindowInput {
  if (event.type === "pointerMoved") return { type: "moved", x, y };
  return { type: event.down ? "pressed" : "released", button: event.button, x, y };
}
