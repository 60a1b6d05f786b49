import { placeIcon, type IconPlaces } from "./icon-places.js";
import { WindowIconFlags } from "./pdu/window-icon.js";
import { WindowFields } from "./pdu/window-state.js";
import { WindowingState } from "./pdu/windowing-header.js";
import { sameValue } from "./same-value.js";
import type { ServerIcons } from "./server-desktop.js";
import { ShowState } from "./window-style.js";
import type { WindowingOrder } from "./windowing-orders.js";
import type { WindowFieldValues, WireWindow } from "./wire-window.js";

type Compat = "wslg" | undefined;

/**
 * What the order that makes a window says. One with an owner is shown only after the z-order has its
 * place, or clients put it behind its owner. Others are shown at once: hidden and shown again in a
 * moment, one in ten is never seen on X (FreeRDP 2 asks for the window, withdraws it and asks again).
 * WSLg's first order has no title and no taskbar button either.
 */
function firstFields(fields: WindowFieldValues, compat: Compat): WindowFieldValues {
  if (compat === "wslg") return { ...fields, title: undefined, showState: ShowState.hide, taskbarButton: 1 };
  const isOwned = (fields.ownerWindowId ?? 0) !== 0;
  return isOwned && fields.showState !== undefined ? { ...fields, showState: ShowState.hide } : fields;
}

/** The order that makes a window. */
export const newWindowOrder = (windowId: number, { fields }: WireWindow, compat: Compat): WindowingOrder => ({
  kind: "window",
  order: { ...firstFields(fields, compat), fieldsPresentFlags: WindowingState.new, windowId },
});

/**
 * The order that says what changed in a window, if anything did; `before` is undefined for one that
 * `newWindowOrder` made. WSLg's client forgets whether there is a taskbar button, so it is told
 * again each time.
 */
export function changedWindowOrder(
  windowId: number,
  before: WireWindow | undefined,
  after: WireWindow,
  compat: Compat,
): WindowingOrder | undefined {
  const known = before?.fields ?? firstFields(after.fields, compat);
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(after.fields)) {
    if (value !== undefined && !sameValue(value, known[name as keyof WindowFieldValues])) changes[name] = value;
  }
  const overlayGone = before?.icons.overlay !== undefined && after.icons.overlay === undefined;
  if (Object.keys(changes).length === 0 && !overlayGone) return undefined;
  if (compat === "wslg") changes.taskbarButton = after.fields.taskbarButton;
  const fieldsPresentFlags = overlayGone ? WindowFields.iconOverlayNull : 0;
  return { kind: "window", order: { ...changes, fieldsPresentFlags, windowId } };
}

const iconFlags: readonly (readonly [keyof ServerIcons, number])[] = [
  ["small", 0],
  ["big", WindowIconFlags.big],
  ["overlay", WindowIconFlags.overlay],
];

/** Adds the orders for icons that changed, by their place if the client has them in a cache. */
export function iconOrders(
  windowId: number,
  before: ServerIcons,
  after: ServerIcons,
  places: IconPlaces,
  orders: WindowingOrder[],
): IconPlaces {
  let next = places;
  for (const [use, fieldsPresentFlags] of iconFlags) {
    const icon = after[use];
    if (icon === undefined || sameValue(icon, before[use])) continue;
    const placed = placeIcon(next, icon);
    next = placed.places;
    const { send } = placed;
    orders.push(
      send.icon === undefined
        ? { kind: "cachedIcon", order: { fieldsPresentFlags, windowId, cachedIcon: send.cached } }
        : { kind: "icon", order: { fieldsPresentFlags, windowId, iconInfo: send.icon } },
    );
  }
  return next;
}
