import {
  bytes,
  count,
  counted,
  either,
  fixed,
  flag,
  flags,
  latin1,
  length,
  list,
  pdu,
  reserved,
  rest,
  sized,
  struct,
  tag,
  u32,
  union,
  utf16,
  type Infer,
  type ValueOf,
} from "@railvail/wire";
import { deviceHeader, DevicePacketId } from "./device-header.js";

/** Kinds of devices: [MS-RDPEFS] 2.2.1.3. */
export const DeviceType = { serial: 0x01, parallel: 0x02, printer: 0x04, filesystem: 0x08, smartcard: 0x20 } as const;

/** What a printer is: [MS-RDPEPC] 2.2.2.1. */
export const PrinterFlags = {
  /** The names are ASCII, not UTF-16. */
  ascii: 0x0000_0001,
  defaultPrinter: 0x0000_0002,
  networkPrinter: 0x0000_0004,
  /** It is itself redirected, from another session. */
  terminalServicesPrinter: 0x0000_0008,
  xpsFormat: 0x0000_0010,
} as const;

const printerName = (lengthField: string) =>
  either(
    flag("flags", PrinterFlags.ascii),
    latin1(sized(lengthField), { nul: "counted" }),
    utf16(sized(lengthField), { nul: "counted" }),
  );

const deviceFields = {
  deviceType: tag(u32),
  deviceId: u32,
  /** At most 7 characters, such as "COM1", "PRN4" or "SCARD". */
  preferredDosName: latin1(fixed(8), { nul: "padded" }),
  deviceDataLength: length(u32),
  deviceData: union(
    "deviceType",
    {
      serial: [DeviceType.serial, {}],
      parallel: [DeviceType.parallel, {}],
      printer: [
        DeviceType.printer,
        {
          flags: flags(u32, PrinterFlags),
          codePage: reserved(u32),
          pnpNameLen: length(u32),
          driverNameLen: length(u32),
          printNameLen: length(u32),
          cachedFieldsLen: length(u32),
          pnpName: printerName("pnpNameLen"),
          driverName: printerName("driverNameLen"),
          printerName: printerName("printNameLen"),
          /** Settings that the server gave for keeping; they mean something only to it. */
          cachedPrinterConfigData: bytes(sized("cachedFieldsLen")),
        },
      ],
      // Written in UTF-16 by definition and in single bytes by real clients: see `driveName`.
      filesystem: [DeviceType.filesystem, { name: bytes(rest) }],
      smartcard: [DeviceType.smartcard, {}],
    },
    sized("deviceDataLength"),
  ),
};
/** A device of the client. */
export type AnnouncedDevice = ValueOf<typeof deviceFields>;

/**
 * Devices of the client that are to appear in the session. Sent after the capabilities, again when
 * the user is logged on, and whenever there are new ones.
 */
export const DeviceListAnnounce = pdu(
  "DR_CORE_DEVICELIST_ANNOUNCE_REQ",
  "[MS-RDPEFS] 2.2.2.9",
  {
    ...deviceHeader(DevicePacketId.deviceListAnnounce),
    deviceCount: count(u32),
    deviceList: list(struct(deviceFields), counted("deviceCount")),
  },
  { sentBy: "client" },
);
export type DeviceListAnnounce = Infer<typeof DeviceListAnnounce>;

/** Whether a device could be set up: an NTSTATUS, 0 for success. One for each device announced. */
export const DeviceAnnounceResponse = pdu(
  "DR_CORE_DEVICE_ANNOUNCE_RSP",
  "[MS-RDPEFS] 2.2.2.1",
  { ...deviceHeader(DevicePacketId.deviceReply), deviceId: u32, resultCode: u32 },
  { sentBy: "server" },
);
export type DeviceAnnounceResponse = Infer<typeof DeviceAnnounceResponse>;

/** Devices that are gone. */
export const DeviceListRemove = pdu(
  "DR_DEVICELIST_REMOVE",
  "[MS-RDPEFS] 2.2.3.2",
  {
    ...deviceHeader(DevicePacketId.deviceListRemove),
    deviceCount: count(u32),
    deviceIds: list(u32, counted("deviceCount")),
  },
  { sentBy: "client" },
);
export type DeviceListRemove = Infer<typeof DeviceListRemove>;
