import type { IconPlaces } from "./icon-places.js";
import { notifyIconGone, notifyIconOrder } from "./notify-icon-orders.js";
import type { MonitoredDesktop } from "./pdu/desktop.js";
import { sameValue } from "./same-value.js";
import { changedWindowOrder, iconOrders, newWindowOrder } from "./window-orders.js";
import { desktopWindowId } from "./window-style.js";
import type { WindowingOrder } from "./windowing-orders.js";
import type { WireDesktop } from "./wire-desktop.js";
import type { WireWindow } from "./wire-window.js";

/** What a client knows that was told nothing. */
export const nothingTold: WireDesktop = {
  windows: new Map(),
  zOrder: [],
  activeWindowId: desktopWindowId,
  notifyIcons: new Map(),
};

/**
 * The orders that take a client from one desktop to the next, none if nothing changed: first what
 * is gone, then what is new, hidden; then the z-order and the active window, and only then what
 * changed in windows, because Windows' client needs the z-order before updates. The specification
 * leaves the order open, [MS-RDPERP] 3.3.5.1.6 to 3.3.5.1.8.
 */
export function desktopOrders(
  before: WireDesktop,
  after: WireDesktop,
  places: IconPlaces,
  compat: "wslg" | undefined,
  sync: "whole" | "changes",
): { orders: WindowingOrder[]; places: IconPlaces } {
  const orders: WindowingOrder[] = [];
  let next = places;
  for (const [key, icon] of before.notifyIcons) if (!after.notifyIcons.has(key)) orders.push(notifyIconGone(icon));
  for (const windowId of before.windows.keys()) {
    if (!after.windows.has(windowId)) orders.push({ kind: "deleted", order: { fieldsPresentFlags: 0, windowId } });
  }
  for (const [id, window] of ownersFirst(before, after)) {
    orders.push(newWindowOrder(id, window, compat));
    next = iconOrders(id, {}, window.icons, next, orders);
  }
  const desktop = zOrderOrder(before, after, compat, sync);
  if (desktop !== undefined) orders.push(desktop);
  for (const [id, window] of after.windows) {
    const known = before.windows.get(id);
    if (known === window) continue;
    const changed = changedWindowOrder(id, known, window, compat);
    if (changed !== undefined) orders.push(changed);
    if (known !== undefined) next = iconOrders(id, known.icons, window.icons, next, orders);
  }
  for (const [key, icon] of after.notifyIcons) {
    next = notifyIconOrder(before.notifyIcons.get(key), icon, next, orders);
  }
  return { orders, places: next };
}

/** The windows that are new, each after its owner. */
function ownersFirst(before: WireDesktop, after: WireDesktop): ReadonlyMap<number, WireWindow> {
  const sorted = new Map<number, WireWindow>();
  for (const start of after.windows.keys()) {
    const chain: [number, WireWindow][] = [];
    let id: number | undefined = start;
    while (id !== undefined) {
      const at: number = id;
      const window = after.windows.get(at);
      // A ring of owners ends where it began.
      if (window === undefined || before.windows.has(at) || sorted.has(at)) break;
      if (chain.some(([seen]) => seen === at)) break;
      chain.push([at, window]);
      id = window.fields.ownerWindowId;
    }
    for (const [at, window] of chain.toReversed()) sorted.set(at, window);
  }
  return sorted;
}

function zOrderOrder(
  before: WireDesktop,
  after: WireDesktop,
  compat: "wslg" | undefined,
  sync: "whole" | "changes",
): WindowingOrder | undefined {
  const moved = sync === "whole" || !sameValue(before.zOrder, after.zOrder);
  const activated = sync === "whole" || before.activeWindowId !== after.activeWindowId;
  if (!moved && !activated) return undefined;
  // WSLg states both whenever one changes.
  const both = compat === "wslg";
  const order: MonitoredDesktop = {
    fieldsPresentFlags: 0,
    activeWindowId: activated || both ? after.activeWindowId : undefined,
    windowIds: moved || both ? [...after.zOrder] : undefined,
  };
  return { kind: "desktop", order };
}
