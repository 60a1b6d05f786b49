import { match } from "ts-pattern";
import { findIcon, takeIcon, type IconReference, type WindowIcons } from "./icon-cache.js";
import { applyNotifyIcon, removeNotifyIcon } from "./notify-icon-model.js";
import { DesktopFlags, type MonitoredDesktop } from "./pdu/desktop.js";
import { WindowIconFlags, type WindowCachedIcon, type WindowIcon } from "./pdu/window-icon.js";
import { WindowFields, type WindowState } from "./pdu/window-state.js";
import { WindowingState } from "./pdu/windowing-header.js";
import type { DesktopSync, RailWindow, WindowModel } from "./window-model-state.js";
import type { WindowingOrder } from "./windowing-orders.js";

/**
 * What a client knows after one more windowing order, [MS-RDPERP] 3.2.5.1.6 to 3.2.5.1.8. The
 * model handed in is not changed; it is returned itself if the order has nothing to apply to: an
 * update of a window that does not exist, or a new window when there are `limits.windows`.
 * Byte runs are copied, so a model outlives the chunks that its orders came in.
 */
export function applyWindowingOrder(model: WindowModel, order: WindowingOrder): WindowModel {
  return match(order)
    .with({ kind: "window" }, ({ order: window }) => applyWindow(model, window))
    .with({ kind: "deleted" }, ({ order: { windowId } }) => removeWindow(model, windowId))
    .with({ kind: "icon" }, ({ order: icon }) => applyIcon(model, icon))
    .with({ kind: "cachedIcon" }, ({ order: icon }) => applyCachedIcon(model, icon))
    .with({ kind: "notifyIcon" }, ({ order: icon }) => applyNotifyIcon(model, icon))
    .with({ kind: "notifyIconDeleted" }, ({ order: icon }) => removeNotifyIcon(model, icon))
    .with({ kind: "desktop" }, ({ order: desktop }) => applyDesktop(model, desktop))
    .with({ kind: "nonMonitoredDesktop" }, () => forget(model, "unmonitored"))
    .exhaustive();
}

function withWindow(model: WindowModel, window: RailWindow): WindowModel {
  return { ...model, windows: new Map(model.windows).set(window.windowId, window) };
}

function applyWindow(model: WindowModel, order: WindowState): WindowModel {
  const { fieldsPresentFlags } = order;
  const isNew = (fieldsPresentFlags & WindowingState.new) !== 0;
  const known = model.windows.get(order.windowId);
  if (known === undefined && (!isNew || model.windows.size >= model.limits.windows)) return model;
  const before: RailWindow = isNew || known === undefined ? { windowId: order.windowId, icons: {} } : known;
  const icons =
    (fieldsPresentFlags & WindowFields.iconOverlayNull) === 0 ? before.icons : { ...before.icons, overlay: undefined };
  return withWindow(model, { ...before, ...given(order), icons });
}

const notKept: ReadonlySet<string> = new Set(["fieldsPresentFlags", "trailing"]);

/** The fields that the order has; absent ones would hide what is known. */
function given(order: WindowState): Partial<RailWindow> {
  return Object.fromEntries(Object.entries(order).filter(([name, value]) => value !== undefined && !notKept.has(name)));
}

function removeWindow(model: WindowModel, windowId: number): WindowModel {
  if (!model.windows.has(windowId)) return model;
  const windows = new Map(model.windows);
  windows.delete(windowId);
  return {
    ...model,
    windows,
    zOrder: model.zOrder.filter((id) => id !== windowId),
    activeWindowId: model.activeWindowId === windowId ? undefined : model.activeWindowId,
  };
}

function applyIcon(model: WindowModel, order: WindowIcon): WindowModel {
  // The client caches an icon even if the window it came with is gone by now.
  const { cache, reference } = takeIcon(model.iconCache, order.iconInfo, model.limits.cachedIcons);
  const next = cache === model.iconCache ? model : { ...model, iconCache: cache };
  return setIcon(next, order, reference);
}

function applyCachedIcon(model: WindowModel, order: WindowCachedIcon): WindowModel {
  return setIcon(model, order, findIcon(model.iconCache, order.cachedIcon));
}

function setIcon(
  model: WindowModel,
  { windowId, fieldsPresentFlags }: { readonly windowId: number; readonly fieldsPresentFlags: number },
  reference: IconReference,
): WindowModel {
  const window = model.windows.get(windowId);
  if (window === undefined) return model;
  const size = (fieldsPresentFlags & WindowIconFlags.big) === 0 ? "small" : "big";
  const use: keyof WindowIcons = (fieldsPresentFlags & WindowIconFlags.overlay) === 0 ? size : "overlay";
  return withWindow(model, { ...window, icons: { ...window.icons, [use]: reference } });
}

/** The icon cache outlives the windows: it lasts as long as the session. */
function forget(model: WindowModel, sync: DesktopSync): WindowModel {
  return {
    ...model,
    windows: new Map(),
    zOrder: [],
    activeWindowId: undefined,
    notifyIcons: new Map(),
    sync,
  };
}

function applyDesktop(model: WindowModel, order: MonitoredDesktop): WindowModel {
  const has = (bit: number): boolean => (order.fieldsPresentFlags & bit) !== 0;
  const base = has(DesktopFlags.arcBegan) ? forget(model, "began") : model;
  let { sync } = base;
  if (sync === "unmonitored" && has(DesktopFlags.hooked)) sync = "hooked";
  if (has(DesktopFlags.arcCompleted)) sync = "completed";
  return {
    ...base,
    sync,
    zOrder: order.windowIds ?? base.zOrder,
    activeWindowId: order.activeWindowId ?? base.activeWindowId,
  };
}
