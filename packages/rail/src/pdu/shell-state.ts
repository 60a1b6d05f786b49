import { enumeration, pdu, u32, u8, type Infer } from "@railvail/wire";
import { railHeader, RailOrderType } from "./rail-header.js";

/** The id of the server's marker window, below which windows are not to be activated. */
export const ZOrderSync = pdu(
  "TS_RAIL_ORDER_ZORDER_SYNC",
  "[MS-RDPERP] 2.2.2.11.1",
  { ...railHeader(RailOrderType.zOrderSync), windowIdMarker: u32 },
  { sentBy: "server" },
);
export type ZOrderSync = Infer<typeof ZOrderSync>;

/** Whether a window is hidden though it exists, [MS-RDPERP] 2.2.2.12.1. */
export const CloakState = { uncloaked: 0, cloaked: 1 } as const;

/** A window was cloaked, as by a change of the virtual desktop, or uncloaked. */
export const Cloak = pdu("TS_RAIL_ORDER_CLOAK", "[MS-RDPERP] 2.2.2.12.1", {
  ...railHeader(RailOrderType.cloak),
  windowId: u32,
  cloaked: enumeration(u8, CloakState),
});
export type Cloak = Infer<typeof Cloak>;

/** Whether the display must stay on, [MS-RDPERP] 2.2.2.13.1. */
export const PowerDisplayState = { inactive: 0, active: 1 } as const;

/** Asks the client to keep its display powered, or lets go of that wish. */
export const PowerDisplayRequest = pdu(
  "TS_RAIL_ORDER_POWER_DISPLAY_REQUEST",
  "[MS-RDPERP] 2.2.2.13.1",
  {
    ...railHeader(RailOrderType.powerDisplayRequest),
    active: enumeration(u32, PowerDisplayState),
  },
  { sentBy: "server" },
);
export type PowerDisplayRequest = Infer<typeof PowerDisplayRequest>;

/** What happened to a tab of a taskbar group, [MS-RDPERP] 2.2.2.14.1. */
export const TaskbarMessage = {
  tabRegister: 1,
  tabUnregister: 2,
  tabOrder: 3,
  tabActive: 4,
  tabProperties: 5,
} as const;

/**
 * A window joined or left a group of tabs, or its tab changed. `body` is a window id, but the
 * tab's properties for `tabProperties` and unused for `tabUnregister`.
 */
export const TaskbarInfo = pdu(
  "TS_RAIL_ORDER_TASKBARINFO",
  "[MS-RDPERP] 2.2.2.14.1",
  {
    ...railHeader(RailOrderType.taskbarInfo),
    taskbarMessage: enumeration(u32, TaskbarMessage),
    windowIdTab: u32,
    body: u32,
  },
  { sentBy: "server" },
);
export type TaskbarInfo = Infer<typeof TaskbarInfo>;
