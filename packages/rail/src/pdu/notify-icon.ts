import { enumeration, flag, flags, pdu, prefixed, struct, u16, u32, utf16, when, type Infer } from "@railvail/wire";
import { cachedIconInfo, iconInfo, iconInfoWithoutColorTable } from "./icon-info.js";
import { windowingHeader, WindowingState, WindowingType } from "./windowing-header.js";

/** Bits of FieldsPresentFlags of a notification icon, [MS-RDPERP] 2.2.1.3.2.2.1. */
export const NotifyIconFields = { tip: 1, infoTip: 2, state: 4, version: 8 } as const;

/** Whose behaviour a notification icon follows: Windows NT 4, Windows 2000, Windows Vista. */
export const NotifyIconVersion = { nt4: 0, windows2000: 3, vista: 4 } as const;

/** Bits of a notification icon's `state`. */
export const NotifyIconState = { hidden: 1 } as const;

/**
 * What a balloon looks like, [MS-RDPERP] 2.2.1.3.2.2.3. The two low bits are a number: none,
 * `info`, `warning`, or both for an error.
 */
export const InfoTipFlags = { info: 0x01, warning: 0x02, noSound: 0x10, largeIcon: 0x20 } as const;

const has = (bit: number) => flag("fieldsPresentFlags", bit);

/** TS_NOTIFY_ICON_INFOTIP; `timeout` is in milliseconds. */
const infoTip = struct({
  timeout: u32,
  infoFlags: flags(u32, InfoTipFlags),
  infoTipText: utf16(prefixed(u16)),
  title: utf16(prefixed(u16)),
});

/** What stands before the icon. */
const notifyOrder = {
  ...windowingHeader(
    { notify: WindowingType.notify },
    {
      new: WindowingState.new,
      icon: WindowingState.icon,
      cachedIcon: WindowingState.cachedIcon,
      ...NotifyIconFields,
    },
  ),
  windowId: u32,
  notifyIconId: u32,
  version: when(has(NotifyIconFields.version), enumeration(u32, NotifyIconVersion)),
  toolTip: when(has(NotifyIconFields.tip), utf16(prefixed(u16))),
  infoTip: when(has(NotifyIconFields.infoTip), infoTip),
  state: when(has(NotifyIconFields.state), flags(u32, NotifyIconState)),
};

const cachedIcon = when(has(WindowingState.cachedIcon), struct(cachedIconInfo));

/**
 * A new icon in the notification area, or what changed in one. `fieldsPresentFlags` is
 * `WindowingState.new` for a new one and 0 for one that exists. A new one has `icon` or
 * `cachedIcon`.
 */
export const NotifyIcon = pdu(
  "New or Existing Notification Icons",
  "[MS-RDPERP] 2.2.1.3.2.2.1",
  { ...notifyOrder, icon: when(has(WindowingState.icon), struct(iconInfo)), cachedIcon },
  { sentBy: "server" },
);
export type NotifyIcon = Infer<typeof NotifyIcon>;

/** A {@link NotifyIcon} with an icon without the color table that its depth asks for. xrdp sends such ones. */
export const NotifyIconWithoutColorTable = pdu(
  "New or Existing Notification Icons",
  "[MS-RDPERP] 2.2.1.3.2.2.1",
  { ...notifyOrder, icon: when(has(WindowingState.icon), struct(iconInfoWithoutColorTable)), cachedIcon },
  { sentBy: "server" },
);
export type NotifyIconWithoutColorTable = Infer<typeof NotifyIconWithoutColorTable>;

/**
 * An icon of the notification area is gone. `fieldsPresentFlags` is 0 in what is sent; Windows
 * leaves bits of absent fields set.
 */
export const NotifyIconDeleted = pdu(
  "Deleted Notification Icons",
  "[MS-RDPERP] 2.2.1.3.2.2.2",
  {
    ...windowingHeader({ notify: WindowingType.notify, deleted: WindowingState.deleted }),
    windowId: u32,
    notifyIconId: u32,
  },
  { sentBy: "server" },
);
export type NotifyIconDeleted = Infer<typeof NotifyIconDeleted>;
