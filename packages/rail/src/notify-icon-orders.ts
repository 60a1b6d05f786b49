import { placeIcon, type IconPlaces } from "./icon-places.js";
import { WindowingState } from "./pdu/windowing-header.js";
import { sameValue } from "./same-value.js";
import type { ServerNotifyIcon } from "./server-desktop.js";
import type { WindowingOrder } from "./windowing-orders.js";

/** The order for an icon that is gone. */
export const notifyIconGone = ({ windowId, notifyIconId }: ServerNotifyIcon): WindowingOrder => ({
  kind: "notifyIconDeleted",
  order: { fieldsPresentFlags: 0, windowId, notifyIconId },
});

const names = ["version", "toolTip", "infoTip", "state"] as const;

/** Adds the order for an icon that is new (`before` is undefined) or changed. */
export function notifyIconOrder(
  before: ServerNotifyIcon | undefined,
  after: ServerNotifyIcon,
  places: IconPlaces,
  orders: WindowingOrder[],
): IconPlaces {
  if (before === after) return places;
  const { windowId, notifyIconId, icon } = after;
  const changes: Record<string, unknown> = {};
  for (const name of names) {
    if (after[name] !== undefined && !sameValue(after[name], before?.[name])) changes[name] = after[name];
  }
  let next = places;
  if (icon !== undefined && !sameValue(icon, before?.icon)) {
    const placed = placeIcon(places, icon);
    next = placed.places;
    if (placed.send.icon === undefined) changes.cachedIcon = placed.send.cached;
    else changes.icon = placed.send.icon;
  }
  if (before !== undefined && Object.keys(changes).length === 0) return next;
  const fieldsPresentFlags = before === undefined ? WindowingState.new : 0;
  orders.push({ kind: "notifyIcon", order: { ...changes, fieldsPresentFlags, windowId, notifyIconId } });
  return next;
}
