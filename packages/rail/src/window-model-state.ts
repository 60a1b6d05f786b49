import type { IconCache, IconReference, WindowIcons } from "./icon-cache.js";
import type { NotifyIcon } from "./pdu/notify-icon.js";
import type { WindowState } from "./pdu/window-state.js";

/**
 * What a client knows of a window: the last value of each field of `WindowState`, as it stood on
 * the wire, undefined until the server sends one.
 */
export interface RailWindow extends Readonly<Omit<WindowState, "fieldsPresentFlags" | "trailing">> {
  readonly icons: WindowIcons;
}

/** What a client knows of an icon in the notification area. */
export interface NotifyIconEntry extends Readonly<
  Omit<NotifyIcon, "fieldsPresentFlags" | "trailing" | "icon" | "cachedIcon">
> {
  readonly icon?: IconReference | undefined;
}

/**
 * How far the server has described its desktop: it does not watch it; it watches it; it has begun
 * (ARC_BEGAN) or completed (ARC_COMPLETED) the description.
 */
export type DesktopSync = "unmonitored" | "hooked" | "began" | "completed";

/** How much a model keeps, whatever a server sends. */
export interface WindowModelLimits {
  readonly windows: number;
  readonly notifyIcons: number;
  readonly cachedIcons: number;
}

/** Far above what servers use: a z-order list holds 255 windows, WSLg's icon caches 36 icons. */
export const windowModelLimits: WindowModelLimits = {
  windows: 4096,
  notifyIcons: 1024,
  cachedIcons: 1024,
};

/** Everything the windowing orders have told a client. It is never changed, only replaced. */
export interface WindowModel {
  /** Windows by id, in the order in which they were created. */
  readonly windows: ReadonlyMap<number, RailWindow>;
  /** Window ids from the top down, as last sent; the marker window is among them. */
  readonly zOrder: readonly number[];
  readonly activeWindowId: number | undefined;
  readonly sync: DesktopSync;
  /** By `windowId:notifyIconId`. */
  readonly notifyIcons: ReadonlyMap<string, NotifyIconEntry>;
  readonly iconCache: IconCache;
  readonly limits: WindowModelLimits;
}

/** A model that has seen no order. */
export function emptyWindowModel(limits: WindowModelLimits = windowModelLimits): WindowModel {
  return {
    windows: new Map(),
    zOrder: [],
    activeWindowId: undefined,
    sync: "unmonitored",
    notifyIcons: new Map(),
    iconCache: new Map(),
    limits,
  };
}
