import { byteLength, flags, literal, u16, u32, u8 } from "@railvail/wire";

/**
 * The first byte of every windowing order: an alternate secondary drawing order (low bits 2) of
 * type 0x0B, [MS-RDPERP] 2.2.1.3.1.1.
 */
export const windowingControlByte = 0x2e;

/** Bits of FieldsPresentFlags that tell the orders apart. */
export const WindowingType = {
  window: 0x0100_0000,
  notify: 0x0200_0000,
  desktop: 0x0400_0000,
} as const;

/** Bits of FieldsPresentFlags that say what happens. */
export const WindowingState = {
  new: 0x1000_0000,
  deleted: 0x2000_0000,
  icon: 0x4000_0000,
  cachedIcon: 0x8000_0000,
} as const;

/**
 * What stands before the body of every windowing order: the size counts the whole order, the
 * control byte included. Spread it at the start of a declaration.
 */
export const windowingHeader = (names: Readonly<Record<string, number>>) => ({
  header: literal(u8, windowingControlByte),
  orderSize: byteLength(u16),
  fieldsPresentFlags: flags(u32, names),
});

/** What a caller gives as `fieldsPresentFlags`; bits of optional fields follow from the fields. */
export const WindowingFlags = {
  newWindow: WindowingType.window + WindowingState.new,
  existingWindow: WindowingType.window,
  deletedWindow: WindowingType.window + WindowingState.deleted,
  windowIcon: WindowingType.window + WindowingState.icon,
  windowCachedIcon: WindowingType.window + WindowingState.cachedIcon,
  newNotifyIcon: WindowingType.notify + WindowingState.new,
  existingNotifyIcon: WindowingType.notify,
  deletedNotifyIcon: WindowingType.notify + WindowingState.deleted,
  desktop: WindowingType.desktop,
  nonMonitoredDesktop: WindowingType.desktop + 1,
} as const;
