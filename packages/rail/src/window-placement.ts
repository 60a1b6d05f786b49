import type { WindowState } from "./pdu/window-state.js";

/** Corners in pixels on the client's desktop; `right` and `bottom` outside. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What a window's `resizeMarginX` and `resizeMarginY` say, in pixels. */
export interface ResizeMargins {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The margins of a window; 0 where nothing is known of them. */
export const resizeMarginsOf = (window: Partial<WindowState> | undefined): ResizeMargins => ({
  left: window?.resizeMarginX?.left ?? 0,
  top: window?.resizeMarginY?.top ?? 0,
  right: window?.resizeMarginX?.right ?? 0,
  bottom: window?.resizeMarginY?.bottom ?? 0,
});

export const noMargins: ResizeMargins = { left: 0, top: 0, right: 0, bottom: 0 };

/**
 * A window's place as WindowMove and SnapArrange have it, with its resize margins, [MS-RDPERP]
 * 2.2.2.7.4. Without them a window shrinks with each move.
 */
export const withMargins = (window: Rectangle, margins: ResizeMargins): Rectangle => ({
  left: window.left - margins.left,
  top: window.top - margins.top,
  right: window.right + margins.right,
  bottom: window.bottom + margins.bottom,
});

/** The place of the window itself, as window orders have it. Undoes {@link withMargins}. */
export const withoutMargins = (placed: Rectangle, margins: ResizeMargins): Rectangle => ({
  left: placed.left + margins.left,
  top: placed.top + margins.top,
  right: placed.right - margins.right,
  bottom: placed.bottom - margins.bottom,
});

/** Whether the corners fit into the 16 bits that the orders have for them. */
export const fitsOrder = ({ left, top, right, bottom }: Rectangle): boolean =>
  [left, top, right, bottom].every((at) => at >= -0x8000 && at <= 0x7fff);

/**
 * Whether a client is to activate the window that the server names, [MS-RDPERP] 3.2.5.2.9.2: only
 * if it stands above the marker window, or the server has none.
 */
export function mayActivate(zOrder: readonly number[], windowId: number, marker: number | undefined): boolean {
  const limit = marker === undefined ? -1 : zOrder.indexOf(marker);
  if (limit === -1) return true;
  const at = zOrder.indexOf(windowId);
  return at !== -1 && at < limit;
}
