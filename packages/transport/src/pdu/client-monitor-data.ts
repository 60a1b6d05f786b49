import { count, counted, flags, i32, list, pdu, reserved, struct, u32, type Infer } from "@railvail/wire";
import { userDataHeader, UserDataType } from "./gcc-user-data-block.js";

/** Flags of a monitor definition. */
export const MonitorFlags = { TS_MONITOR_PRIMARY: 0x01 } as const;

/** What follows the header of TS_UD_CS_MONITOR; it also stands inside MCS Connect-Initial. */
export const clientMonitorFields = {
  flags: u32,
  monitorCount: count(u32),
  monitors: list(
    struct({
      left: i32,
      top: i32,
      right: i32,
      bottom: i32,
      flags: flags(u32, MonitorFlags),
    }),
    counted("monitorCount"),
  ),
};

/** What follows the header of TS_UD_CS_MONITOR_EX; it also stands inside MCS Connect-Initial. */
export const clientMonitorExtendedFields = {
  flags: u32,
  monitorAttributeSize: reserved(u32, 20),
  monitorCount: count(u32),
  monitors: list(
    struct({
      physicalWidth: u32,
      physicalHeight: u32,
      orientation: u32,
      desktopScaleFactor: u32,
      deviceScaleFactor: u32,
    }),
    counted("monitorCount"),
  ),
};

/**
 * The client's monitors, at most 16, in pixels of the virtual desktop whose origin is the primary
 * monitor's upper left corner; `right` and `bottom` are inclusive. Client to server.
 */
export const ClientMonitorData = pdu(
  "TS_UD_CS_MONITOR",
  "[MS-RDPBCGR] 2.2.1.3.6",
  { ...userDataHeader(UserDataType.CS_MONITOR), ...clientMonitorFields },
  { sentBy: "client" },
);
export type ClientMonitorData = Infer<typeof ClientMonitorData>;

/**
 * Physical size in millimetres, orientation in degrees and scale factors in percent of each
 * monitor of {@link ClientMonitorData}, in the same order. Client to server.
 */
export const ClientMonitorExtendedData = pdu(
  "TS_UD_CS_MONITOR_EX",
  "[MS-RDPBCGR] 2.2.1.3.10",
  { ...userDataHeader(UserDataType.CS_MONITOR_EX), ...clientMonitorExtendedFields },
  { sentBy: "client" },
);
export type ClientMonitorExtendedData = Infer<typeof ClientMonitorExtendedData>;
