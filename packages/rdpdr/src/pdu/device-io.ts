import { bytes, enumeration, pdu, rest, u32, type Infer } from "@railvail/wire";
import { deviceHeader, DevicePacketId } from "./device-header.js";

/** What is asked of a device: [MS-RDPEFS] 2.2.1.4. */
export const MajorFunction = {
  create: 0x0000_0000,
  close: 0x0000_0002,
  read: 0x0000_0003,
  write: 0x0000_0004,
  queryInformation: 0x0000_0005,
  setInformation: 0x0000_0006,
  queryVolumeInformation: 0x0000_000a,
  setVolumeInformation: 0x0000_000b,
  directoryControl: 0x0000_000c,
  deviceControl: 0x0000_000e,
  lockControl: 0x0000_0011,
} as const;

/** What is asked of a directory: [MS-RDPEFS] 2.2.1.4. Other functions have none. */
export const MinorFunction = { none: 0, queryDirectory: 1, notifyChangeDirectory: 2 } as const;

/**
 * Asks a device for something. `fileId` is what the device gave when the file was created, and
 * `completionId` comes back in the response. `parameters` are laid out as the function has them.
 */
export const DeviceIoRequest = pdu(
  "DR_DEVICE_IOREQUEST",
  "[MS-RDPEFS] 2.2.1.4",
  {
    ...deviceHeader(DevicePacketId.deviceIoRequest),
    deviceId: u32,
    fileId: u32,
    completionId: u32,
    majorFunction: enumeration(u32, MajorFunction),
    minorFunction: enumeration(u32, MinorFunction),
    parameters: bytes(rest),
  },
  { sentBy: "server" },
);
export type DeviceIoRequest = Infer<typeof DeviceIoRequest>;

/**
 * What came of a request: an NTSTATUS, 0 for success, and `parameters` laid out as the function of
 * the request with that `completionId` has them. Responses may come in another order.
 */
export const DeviceIoCompletion = pdu(
  "DR_DEVICE_IOCOMPLETION",
  "[MS-RDPEFS] 2.2.1.5",
  {
    ...deviceHeader(DevicePacketId.deviceIoCompletion),
    deviceId: u32,
    completionId: u32,
    ioStatus: u32,
    parameters: bytes(rest),
  },
  { sentBy: "client" },
);
export type DeviceIoCompletion = Infer<typeof DeviceIoCompletion>;
