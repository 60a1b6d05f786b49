import type { Icon } from "./icon-cache.js";
import type { NotifyIcon } from "./pdu/notify-icon.js";
import type { WindowState } from "./pdu/window-state.js";
import { desktopWindowId } from "./window-style.js";

/** The icons of a server's window. */
export interface ServerIcons {
  readonly small?: Icon | undefined;
  readonly big?: Icon | undefined;
  readonly overlay?: Icon | undefined;
}

/**
 * A window as the server has it: the fields of `WindowState`, as the specification means them. An
 * absent field is not told. One that was told can change and cannot be withdrawn, but for the
 * overlay icon. `windowRects` and `visibilityRects` are relative to the window. Titles have no NUL.
 */
export interface ServerWindow extends Readonly<Omit<WindowState, "fieldsPresentFlags" | "trailing" | "windowId">> {
  readonly icons?: ServerIcons | undefined;
  /**
   * The server itself cloaked the window, [MS-RDPERP] 3.3.5.2.9.2: for clients that do not
   * understand the Cloak PDU it is gone meanwhile.
   */
  readonly cloaked?: boolean | undefined;
}

/** A notification icon as the server has it. */
export interface ServerNotifyIcon extends Readonly<
  Omit<NotifyIcon, "fieldsPresentFlags" | "trailing" | "icon" | "cachedIcon">
> {
  readonly icon?: Icon | undefined;
}

/**
 * All that a server shows. It is never changed, only replaced; what did not change should be the
 * same object again, then it is not looked at.
 */
export interface ServerDesktop {
  /** By id. An id is not used for another window within one replacement. */
  readonly windows: ReadonlyMap<number, ServerWindow>;
  /** Top-level windows from the top down, the marker window among them. */
  readonly zOrder: readonly number[];
  /** `desktopWindowId` if no window is active. */
  readonly activeWindowId: number;
  readonly notifyIcons: readonly ServerNotifyIcon[];
}

/** A desktop that shows nothing. */
export const emptyServerDesktop: ServerDesktop = {
  windows: new Map(),
  zOrder: [],
  activeWindowId: desktopWindowId,
  notifyIcons: [],
};
