import { pdu, struct, u32, type Infer } from "@railvail/wire";
import { cachedIconInfo, iconInfo, iconInfoWithoutColorTable } from "./icon-info.js";
import { windowingHeader, WindowingState, WindowingType } from "./windowing-header.js";

/**
 * Which icon of a window is meant, [MS-RDPERP] 2.2.1.3.1.2.2: the small one if no bit is set.
 */
export const WindowIconFlags = { big: 0x0000_2000, overlay: 0x0010_0000 } as const;

const iconOrder = {
  ...windowingHeader(
    { window: WindowingType.window, icon: WindowingState.icon },
    { new: WindowingState.new, ...WindowIconFlags },
  ),
  windowId: u32,
};

/**
 * An icon of a window. `fieldsPresentFlags` is some of {@link WindowIconFlags}, and
 * `WindowingState.new` if the window is new.
 */
export const WindowIcon = pdu(
  "Window Icon",
  "[MS-RDPERP] 2.2.1.3.1.2.2",
  { ...iconOrder, iconInfo: struct(iconInfo) },
  { sentBy: "server" },
);
export type WindowIcon = Infer<typeof WindowIcon>;

/** A {@link WindowIcon} without the color table that its depth asks for. xrdp sends such ones. */
export const WindowIconWithoutColorTable = pdu(
  "Window Icon",
  "[MS-RDPERP] 2.2.1.3.1.2.2",
  { ...iconOrder, iconInfo: struct(iconInfoWithoutColorTable) },
  { sentBy: "server" },
);
export type WindowIconWithoutColorTable = Infer<typeof WindowIconWithoutColorTable>;

/** An icon of a window that the client has in its cache. Flags as in {@link WindowIcon}. */
export const WindowCachedIcon = pdu(
  "Cached Icon",
  "[MS-RDPERP] 2.2.1.3.1.2.3",
  {
    ...windowingHeader(
      { window: WindowingType.window, cachedIcon: WindowingState.cachedIcon },
      { new: WindowingState.new, ...WindowIconFlags },
    ),
    windowId: u32,
    cachedIcon: struct(cachedIconInfo),
  },
  { sentBy: "server" },
);
export type WindowCachedIcon = Infer<typeof WindowCachedIcon>;

/**
 * A window is gone. `fieldsPresentFlags` is 0 in what is sent. Servers leave bits of fields set
 * that are not there: they mean nothing and stay in it; bytes that follow nevertheless stay in
 * `trailing`.
 */
export const WindowDeleted = pdu(
  "Deleted Window",
  "[MS-RDPERP] 2.2.1.3.1.2.4",
  {
    ...windowingHeader({ window: WindowingType.window, deleted: WindowingState.deleted }),
    windowId: u32,
  },
  { sentBy: "server" },
);
export type WindowDeleted = Infer<typeof WindowDeleted>;
