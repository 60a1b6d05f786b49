import type { Box, Compositor } from "@railvail/session";
import type { DemoWindow, MakeWindow, WindowHost } from "./demo-window.js";

/** What a window may ask of the demo beside what is done here. */
export interface WindowServices {
  readonly popUp: (owner: number, make: MakeWindow, x: number, y: number) => void;
  readonly drag: (id: number, x: number, y: number) => void;
  readonly copy: (text: string) => void;
  readonly paste: (received: (text: string) => void) => void;
}

interface Entry {
  readonly kind: string;
  readonly window: DemoWindow;
  /** What looks different from the last picture. */
  damage: readonly Box[];
}

/** More parts than this are painted as one. */
const partLimit = 24;

/** The windows that are open, and what of them is to be painted. */
export class OpenWindows {
  private readonly compositor: Compositor;
  private readonly services: WindowServices;
  private readonly entries = new Map<number, Entry>();

  constructor(compositor: Compositor, services: WindowServices) {
    this.compositor = compositor;
    this.services = services;
  }

  get(id: number | undefined): DemoWindow | undefined {
    return id === undefined ? undefined : this.entries.get(id)?.window;
  }

  ofKind(kind: string): number | undefined {
    for (const [id, entry] of this.entries) if (entry.kind === kind) return id;
    return undefined;
  }

  /** Opens a window on top of the others, and gives it the focus unless it pops up. */
  open(kind: string, make: MakeWindow, changes: { owner?: number; left?: number; top?: number } = {}): number {
    const { windows } = this.compositor;
    let id = 0;
    const window = make(this.hostOf(() => id));
    id = windows.add({ ...window.settings, ...changes });
    this.entries.set(id, { kind, window, damage: [] });
    if (windows.all.get(id)?.role !== "popup") windows.activate(id);
    return id;
  }

  /** Closes a window and what belongs to it. */
  close(id: number): void {
    const { windows } = this.compositor;
    for (const [other, { owner }] of windows.all) if (owner === id) this.close(other);
    this.entries.delete(id);
    windows.remove(id);
  }

  /** The window has a new canvas, on which nothing is yet. */
  exposed(id: number): void {
    this.changed(id, []);
  }

  /** Paints what is due, if the window may be painted now; the compositor says `paintable` when it may again. */
  paint(id: number): void {
    const entry = this.entries.get(id);
    if (entry === undefined || entry.damage.length === 0) return;
    const canvas = this.compositor.canvas(id);
    if (canvas === undefined) return;
    const { damage } = entry;
    entry.damage = [];
    entry.window.draw(canvas, damage);
    this.compositor.present(id, damage);
  }

  tick(now: number): void {
    for (const { window } of this.entries.values()) window.tick?.(now);
  }

  private changed(id: number, parts: readonly Box[]): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    const damage = parts.length === 0 ? [] : [...entry.damage, ...parts];
    // While nobody takes pictures, parts would pile up.
    entry.damage = damage.length === 0 || damage.length > partLimit ? [this.whole(id)] : damage;
    this.paint(id);
  }

  private whole(id: number): Box {
    const { width = 0, height = 0 } = this.compositor.windows.all.get(id) ?? {};
    return { left: 0, top: 0, width, height };
  }

  private hostOf(idOf: () => number): WindowHost {
    const { services } = this;
    const whole = (): Box => this.whole(idOf());
    return {
      get size() {
        return whole();
      },
      changed: (...parts) => this.changed(idOf(), parts),
      popUp: (make, x, y) => services.popUp(idOf(), make, x, y),
      drag: (x, y) => services.drag(idOf(), x, y),
      close: () => this.close(idOf()),
      copy: services.copy,
      paste: services.paste,
    };
  }
}
