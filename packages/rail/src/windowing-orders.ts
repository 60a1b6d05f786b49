import { DecodeError, type Pdu, type Source } from "@railvail/wire";
import { DesktopFlags, MonitoredDesktop, NonMonitoredDesktop } from "./pdu/desktop.js";
import { NotifyIcon, NotifyIconDeleted, NotifyIconWithoutColorTable } from "./pdu/notify-icon.js";
import { WindowCachedIcon, WindowDeleted, WindowIcon, WindowIconWithoutColorTable } from "./pdu/window-icon.js";
import { WindowState } from "./pdu/window-state.js";
import { windowingControlByte, WindowingState, WindowingType } from "./pdu/windowing-header.js";

/** A decoded windowing order and which of the eight it is. */
export type WindowingOrder =
  | { readonly kind: "window"; readonly order: WindowState }
  | { readonly kind: "deleted"; readonly order: WindowDeleted }
  | { readonly kind: "icon"; readonly order: WindowIcon }
  | { readonly kind: "cachedIcon"; readonly order: WindowCachedIcon }
  | { readonly kind: "notifyIcon"; readonly order: NotifyIcon }
  | { readonly kind: "notifyIconDeleted"; readonly order: NotifyIconDeleted }
  | { readonly kind: "desktop"; readonly order: MonitoredDesktop }
  | { readonly kind: "nonMonitoredDesktop"; readonly order: NonMonitoredDesktop };
export type WindowingKind = WindowingOrder["kind"];

type OrderOf<K extends WindowingKind> = Extract<WindowingOrder, { readonly kind: K }>["order"];

/** The declaration of each windowing order. */
export const windowingOrders: { readonly [K in WindowingKind]: Pdu<OrderOf<K>> } = {
  window: WindowState,
  deleted: WindowDeleted,
  icon: WindowIcon,
  cachedIcon: WindowCachedIcon,
  notifyIcon: NotifyIcon,
  notifyIconDeleted: NotifyIconDeleted,
  desktop: MonitoredDesktop,
  nonMonitoredDesktop: NonMonitoredDesktop,
};

/** The declarations of orders whose icon has no color table although its depth asks for one. */
const withoutColorTable: { readonly [K in WindowingKind]?: Pdu } = {
  icon: WindowIconWithoutColorTable,
  notifyIcon: NotifyIconWithoutColorTable,
};

/** Bytes up to and with FieldsPresentFlags: the smallest windowing order. */
const headerSize = 7;
const flagsOffset = 3;

/**
 * Bytes of the windowing order at `offset`, or undefined if another kind of order stands there,
 * or the header is not complete, or it states less than itself or more than there is.
 */
export function windowOrderLength(source: Source, offset: number, end: number): number | undefined {
  if (end - offset < headerSize || source.bytes[offset] !== windowingControlByte) return undefined;
  const stated = source.view.getUint16(offset + 1, true);
  return stated < headerSize || stated > end - offset ? undefined : stated;
}

/**
 * Which windowing order FieldsPresentFlags describes, as it stands on the wire; undefined if none
 * of the three type bits is set. Servers combine bits that exclude each other: a window comes
 * before a notification icon and that before a desktop; `deleted` comes before all else, because
 * servers leave bits of absent fields set with it; icons come before the fields of a window, which
 * an icon order never carries. Bits that lose stay in the value of the order.
 */
export function windowingKindOf(fieldsPresentFlags: number): WindowingKind | undefined {
  const has = (bit: number): boolean => (fieldsPresentFlags & bit) !== 0;
  if (has(WindowingType.window)) {
    if (has(WindowingState.deleted)) return "deleted";
    if (has(WindowingState.icon)) return "icon";
    return has(WindowingState.cachedIcon) ? "cachedIcon" : "window";
  }
  if (has(WindowingType.notify)) return has(WindowingState.deleted) ? "notifyIconDeleted" : "notifyIcon";
  if (!has(WindowingType.desktop)) return undefined;
  return has(DesktopFlags.none) ? "nonMonitoredDesktop" : "desktop";
}

/** Which windowing order stands at `offset`; undefined if none does. */
export function windowingKind(source: Source, offset: number, end: number): WindowingKind | undefined {
  if (end - offset < headerSize || source.bytes[offset] !== windowingControlByte) return undefined;
  return windowingKindOf(source.view.getUint32(offset + flagsOffset, true));
}

/**
 * The declaration of the windowing order at `offset`; undefined if none stands there. For an icon
 * that does not fit into its order with a color table and fills it without one, it is that without.
 */
export function windowingOrder(source: Source, offset: number, end: number): Pdu | undefined {
  const kind = windowingKind(source, offset, end);
  if (kind === undefined) return undefined;
  const of: Pdu = windowingOrders[kind];
  const without = withoutColorTable[kind];
  if (without === undefined || !hasIcon(source, offset) || reads(of, source, offset, end) !== undefined) return of;
  const value = reads(without, source, offset, end);
  return value === undefined || value.trailing !== undefined ? of : without;
}

const hasIcon = (source: Source, offset: number): boolean =>
  (source.view.getUint32(offset + flagsOffset, true) & WindowingState.icon) !== 0;

/** The decoded order; undefined if the declaration refuses it. */
function reads(of: Pdu, source: Source, offset: number, end: number): { readonly trailing?: unknown } | undefined {
  try {
    return of.read(source, offset, end) as { readonly trailing?: unknown };
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/**
 * Decodes the windowing order from `offset` to `end`; undefined if it is none. Byte runs are views
 * of the source. Throws `DecodeError`.
 */
export function readWindowingOrder(source: Source, offset: number, end: number): WindowingOrder | undefined {
  const kind = windowingKind(source, offset, end);
  if (kind === undefined) return undefined;
  return { kind, order: windowingOrder(source, offset, end)?.read(source, offset, end) } as WindowingOrder;
}

/** The tagged form of a value that `of` decoded; undefined if `of` is not a windowing order. */
export function windowingOrderOf(of: Pdu, order: unknown): WindowingOrder | undefined {
  for (const declared of [windowingOrders, withoutColorTable]) {
    for (const [kind, each] of Object.entries(declared)) if (each === of) return { kind, order } as WindowingOrder;
  }
  return undefined;
}

/**
 * Encodes a windowing order. Throws `EncodeError`, also for an icon that has no color table although
 * its depth asks for one: only the declarations without one write it as it was read.
 */
export function encodeWindowingOrder({ kind, order }: WindowingOrder): Uint8Array {
  return (windowingOrders[kind] as Pdu).encode(order);
}
