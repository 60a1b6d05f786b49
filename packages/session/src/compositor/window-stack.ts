import {
  desktopWindowId,
  emptyServerDesktop,
  markerWindowId,
  type ServerDesktop,
  type ServerWindow,
} from "@railvail/rail";
import { holds } from "../pixels/box.js";
import { isShown, usualWindow, type CompositorWindow, type NewWindow } from "./compositor-window.js";
import type { Arrangement } from "./paths/pixel-path.js";
import { serverWindow } from "./server-window.js";

/** WSLg's ids: the highest ones mean the desktop and the marker window. */
const lastWindowId = 0x7fff_fffe;

/** The windows of a compositor, and their order. */
export class WindowStack {
  private readonly windows = new Map<number, CompositorWindow>();
  /** As told to clients: the same object as long as the window is the same. */
  private readonly told = new Map<number, ServerWindow>();
  /** From the top down. */
  private order: readonly number[] = [];
  private nextId = 1;
  private activeId: number | undefined;
  private current: ServerDesktop = emptyServerDesktop;
  private stale = true;
  private arranged: (Arrangement & { readonly desktop: ServerDesktop }) | undefined;

  get all(): ReadonlyMap<number, CompositorWindow> {
    return this.windows;
  }

  /** From the top down. */
  get zOrder(): readonly number[] {
    return this.order;
  }

  get active(): number | undefined {
    return this.activeId;
  }

  /** What the windowing orders tell of; the same object as long as nothing changed. */
  get desktop(): ServerDesktop {
    if (this.stale) {
      this.stale = false;
      this.current = {
        windows: new Map(this.told),
        // What stands below the marker is not to be activated by the client: nothing does.
        zOrder: [...this.order, markerWindowId],
        activeWindowId: this.activeId ?? desktopWindowId,
        notifyIcons: [],
      };
    }
    return this.current;
  }

  /** What is painted; the same object as long as nothing changed. */
  get arrangement(): Arrangement {
    if (this.arranged?.desktop !== this.desktop) {
      this.arranged = { desktop: this.desktop, windows: new Map(this.windows), zOrder: this.order };
    }
    return this.arranged;
  }

  /** Puts a window on top. Ids are used again as late as possible. */
  add(settings: NewWindow): number {
    let id = this.nextId;
    while (this.windows.has(id)) id = idAfter(id);
    this.nextId = idAfter(id);
    this.set(id, { ...usualWindow, ...settings });
    this.order = [id, ...this.order];
    return id;
  }

  /** Returns false if there is no such window. */
  change(id: number, changes: Partial<CompositorWindow>): boolean {
    const window = this.windows.get(id);
    if (window !== undefined) this.set(id, { ...window, ...changes });
    return window !== undefined;
  }

  /** Windows that it owned are nobody's then. Returns false if there is no such window. */
  remove(id: number): boolean {
    if (!this.windows.delete(id)) return false;
    this.told.delete(id);
    this.order = this.order.filter((each) => each !== id);
    if (this.activeId === id) this.activeId = undefined;
    for (const [owned, window] of this.windows)
      if (window.owner === id) this.set(owned, { ...window, owner: undefined });
    this.stale = true;
    return true;
  }

  /** Puts windows on top of the others, the first one highest. */
  raise(ids: readonly number[]): void {
    const known = [...new Set(ids)].filter((id) => this.windows.has(id));
    this.order = [...known, ...this.order.filter((id) => !known.includes(id))];
    this.stale = true;
  }

  activate(id: number | undefined): void {
    this.activeId = id !== undefined && this.windows.has(id) ? id : undefined;
    this.stale = true;
  }

  /** The window that a point of the client's desktop is on. */
  at(x: number, y: number): number | undefined {
    return this.order.find((id) => {
      const window = this.windows.get(id);
      return window !== undefined && window.role !== "tooltip" && isShown(window) && holds(window, x, y);
    });
  }

  private set(id: number, window: CompositorWindow): void {
    this.windows.set(id, window);
    this.told.set(id, serverWindow(window));
    this.stale = true;
  }
}

const idAfter = (id: number): number => (id >= lastWindowId ? 1 : id + 1);
