import {
  count,
  counted,
  enumeration,
  flags,
  i32,
  list,
  literal,
  pdu,
  struct,
  u32,
  type Infer,
  type ValueOf,
} from "@railvail/wire";
import { displayHeader, DisplayMessageType } from "./display-header.js";

/** Flags of a monitor: [MS-RDPEDISP] 2.2.2.2.1. */
export const MonitorFlags = { primary: 0x0000_0001 } as const;

/** Clockwise rotation of a monitor in degrees: [MS-RDPEDISP] 2.2.2.2.1. */
export const MonitorOrientation = {
  landscape: 0,
  portrait: 90,
  landscapeFlipped: 180,
  portraitFlipped: 270,
} as const;

/** Bytes of one monitor definition; another size cannot be read. */
const monitorSize = 40;

const monitorFields = {
  flags: flags(u32, MonitorFlags),
  /** Pixels from the upper left corner of the primary monitor. */
  left: i32,
  top: i32,
  /** Pixels. */
  width: u32,
  height: u32,
  /** Millimetres; ignored unless both are 10 to 10,000. */
  physicalWidth: u32,
  physicalHeight: u32,
  orientation: enumeration(u32, MonitorOrientation),
  /** Percent; both are ignored unless this is 100 to 500 and the next one is 100, 140 or 180. */
  desktopScaleFactor: u32,
  deviceScaleFactor: u32,
};
export type MonitorDefinition = ValueOf<typeof monitorFields>;

/** The monitors of the client, when they changed. What a layout must obey: `layoutViolations`. */
export const MonitorLayout = pdu(
  "DISPLAYCONTROL_MONITOR_LAYOUT_PDU",
  "[MS-RDPEDISP] 2.2.2.2",
  {
    ...displayHeader(DisplayMessageType.monitorLayout),
    monitorLayoutSize: literal(u32, monitorSize),
    numMonitors: count(u32),
    monitors: list(struct(monitorFields), counted("numMonitors")),
  },
  { sentBy: "client" },
);
export type MonitorLayout = Infer<typeof MonitorLayout>;
