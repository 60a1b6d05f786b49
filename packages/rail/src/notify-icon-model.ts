import { findIcon, takeIcon, type IconReference } from "./icon-cache.js";
import type { NotifyIcon, NotifyIconDeleted } from "./pdu/notify-icon.js";
import { WindowingState } from "./pdu/windowing-header.js";
import type { NotifyIconEntry, WindowModel } from "./window-model-state.js";

const keyOf = ({ windowId, notifyIconId }: { readonly windowId: number; readonly notifyIconId: number }): string =>
  `${windowId}:${notifyIconId}`;

/** A new or changed notification icon, [MS-RDPERP] 3.2.5.1.7. */
export function applyNotifyIcon(model: WindowModel, order: NotifyIcon): WindowModel {
  const key = keyOf(order);
  const isNew = (order.fieldsPresentFlags & WindowingState.new) !== 0;
  const known = model.notifyIcons.get(key);
  if (known === undefined && (!isNew || model.notifyIcons.size >= model.limits.notifyIcons)) return model;
  const before = isNew ? undefined : known;
  let { iconCache } = model;
  let icon: IconReference | undefined = before?.icon;
  if (order.icon !== undefined) {
    const taken = takeIcon(iconCache, order.icon, model.limits.cachedIcons);
    iconCache = taken.cache;
    icon = taken.reference;
  } else if (order.cachedIcon !== undefined) icon = findIcon(iconCache, order.cachedIcon);
  const entry: NotifyIconEntry = {
    windowId: order.windowId,
    notifyIconId: order.notifyIconId,
    version: order.version ?? before?.version,
    toolTip: order.toolTip ?? before?.toolTip,
    infoTip: order.infoTip ?? before?.infoTip,
    state: order.state ?? before?.state,
    icon,
  };
  return { ...model, iconCache, notifyIcons: new Map(model.notifyIcons).set(key, entry) };
}

/** A notification icon is gone. */
export function removeNotifyIcon(model: WindowModel, order: NotifyIconDeleted): WindowModel {
  const notifyIcons = new Map(model.notifyIcons);
  return notifyIcons.delete(keyOf(order)) ? { ...model, notifyIcons } : model;
}
