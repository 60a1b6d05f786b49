import { enumeration, i16, pdu, u16, u32, u8, type Infer } from "@railvail/wire";
import { railHeader, RailOrderType } from "./rail-header.js";

/** A window was activated (`enabled` is not 0) or deactivated, other than by a click. */
export const Activate = pdu(
  "TS_RAIL_ORDER_ACTIVATE",
  "[MS-RDPERP] 2.2.2.6.1",
  { ...railHeader(RailOrderType.activate), windowId: u32, enabled: u8 },
  { sentBy: "client" },
);
export type Activate = Infer<typeof Activate>;

/** The system menu of a window is wanted at a place of the client's desktop, in pixels. */
export const SysMenu = pdu(
  "TS_RAIL_ORDER_SYSMENU",
  "[MS-RDPERP] 2.2.2.6.2",
  { ...railHeader(RailOrderType.sysMenu), windowId: u32, left: i16, top: i16 },
  { sentBy: "client" },
);
export type SysMenu = Infer<typeof SysMenu>;

/** Commands of a window's system menu, [MS-RDPERP] 2.2.2.6.3. */
export const SystemCommand = {
  size: 0xf000,
  move: 0xf010,
  minimize: 0xf020,
  maximize: 0xf030,
  close: 0xf060,
  keyMenu: 0xf100,
  restore: 0xf120,
  default: 0xf160,
} as const;

/** A command for a window, such as minimize. Windows may set the four lowest bits. */
export const SysCommand = pdu(
  "TS_RAIL_ORDER_SYSCOMMAND",
  "[MS-RDPERP] 2.2.2.6.3",
  {
    ...railHeader(RailOrderType.sysCommand),
    windowId: u32,
    command: enumeration(u16, SystemCommand),
  },
  { sentBy: "client" },
);
export type SysCommand = Infer<typeof SysCommand>;

/** What a user did to a notification icon, [MS-RDPERP] 2.2.2.6.4. */
export const NotifyMessage = {
  contextMenu: 0x007b,
  leftButtonDown: 0x0201,
  leftButtonUp: 0x0202,
  leftButtonDoubleClick: 0x0203,
  rightButtonDown: 0x0204,
  rightButtonUp: 0x0205,
  rightButtonDoubleClick: 0x0206,
  select: 0x0400,
  keySelect: 0x0401,
  balloonShow: 0x0402,
  balloonHide: 0x0403,
  balloonTimeout: 0x0404,
  balloonUserClick: 0x0405,
} as const;

/** A key or mouse message for a notification icon. */
export const NotifyEvent = pdu(
  "TS_RAIL_ORDER_NOTIFY_EVENT",
  "[MS-RDPERP] 2.2.2.6.4",
  {
    ...railHeader(RailOrderType.notifyEvent),
    windowId: u32,
    notifyIconId: u32,
    message: enumeration(u32, NotifyMessage),
  },
  { sentBy: "client" },
);
export type NotifyEvent = Infer<typeof NotifyEvent>;
