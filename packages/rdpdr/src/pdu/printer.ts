import { bytes, enumeration, pdu, rest, u32, type Infer } from "@railvail/wire";
import { DeviceComponent, deviceHeader, DevicePacketId } from "./device-header.js";

/** What happened to a printer on the server: [MS-RDPEPC] 2.2.1.1. */
export const PrinterCacheEvent = { add: 1, update: 2, delete: 3, rename: 4 } as const;

/** Something for the client to remember of a printer; the event decides how `data` is laid out. */
export const PrinterCacheData = pdu(
  "DR_PRN_CACHEDATA",
  "[MS-RDPEPC] 2.2.1.1",
  {
    ...deviceHeader(DevicePacketId.printerCacheData, DeviceComponent.printer),
    eventId: enumeration(u32, PrinterCacheEvent),
    data: bytes(rest),
  },
  { sentBy: "server" },
);
export type PrinterCacheData = Infer<typeof PrinterCacheData>;

/** From now on print data for this device is XPS. `flags` means nothing. */
export const PrinterUsingXps = pdu(
  "DR_PRN_USING_XPS",
  "[MS-RDPEPC] 2.2.2.2",
  {
    ...deviceHeader(DevicePacketId.printerUsingXps, DeviceComponent.printer),
    printerId: u32,
    flags: u32,
  },
  { sentBy: "server" },
);
export type PrinterUsingXps = Infer<typeof PrinterUsingXps>;
