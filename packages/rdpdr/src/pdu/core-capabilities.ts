import {
  atLeast,
  block,
  byteLength,
  count,
  counted,
  enumeration,
  flags,
  list,
  pdu,
  reserved,
  tag,
  u16,
  u32,
  union,
  when,
  type Infer,
} from "@railvail/wire";
import { DeviceMajorVersion, DeviceMinorVersion } from "./announce.js";
import { deviceHeader, DevicePacketId } from "./device-header.js";

/** Versions of a capability set: [MS-RDPEFS] 2.2.1.2. */
export const DeviceCapabilityVersion = { version1: 1, version2: 2 } as const;

/** I/O requests that are allowed: [MS-RDPEFS] 2.2.2.7.1. All but the last two are always set. */
export const DeviceIoFlags = {
  create: 0x0000_0001,
  cleanup: 0x0000_0002,
  close: 0x0000_0004,
  read: 0x0000_0008,
  write: 0x0000_0010,
  flushBuffers: 0x0000_0020,
  shutdown: 0x0000_0040,
  deviceControl: 0x0000_0080,
  queryVolumeInformation: 0x0000_0100,
  setVolumeInformation: 0x0000_0200,
  queryInformation: 0x0000_0400,
  setInformation: 0x0000_0800,
  directoryControl: 0x0000_1000,
  lockControl: 0x0000_2000,
  querySecurity: 0x0000_4000,
  setSecurity: 0x0000_8000,
} as const;

/** Messages beyond the first version: [MS-RDPEFS] 2.2.2.7.1. */
export const ExtendedPduFlags = {
  /** The client may send `DeviceListRemove`. */
  deviceRemove: 0x0000_0001,
  clientDisplayName: 0x0000_0002,
  /** The server may send `UserLoggedOn`. */
  userLoggedOn: 0x0000_0004,
} as const;

/** More of what a client can do: [MS-RDPEFS] 2.2.2.7.1. */
export const DeviceExtraFlags = {
  /** Several reads or writes of one file may be under way at a time. */
  enableAsyncIo: 0x0000_0001,
} as const;

/** The only version of the sets that have nothing but a header. */
const onlyVersion = { version: enumeration(u32, { version1: DeviceCapabilityVersion.version1 }) };
const twoVersions = { version: enumeration(u32, DeviceCapabilityVersion) };

const capabilities = {
  numCapabilities: count(u16),
  padding: reserved(u16),
  capabilityMessage: list(
    block({
      capabilityType: tag(u16),
      capabilityLength: byteLength(u16),
      // The version ends the header of each set; it stands in the arms because each has its own.
      capabilityData: union("capabilityType", {
        general: [
          1,
          {
            ...twoVersions,
            /** Readers ignore both of these. */
            osType: u32,
            osVersion: u32,
            protocolMajorVersion: enumeration(u16, DeviceMajorVersion),
            protocolMinorVersion: enumeration(u16, DeviceMinorVersion),
            ioCode1: flags(u32, DeviceIoFlags),
            ioCode2: reserved(u32),
            extendedPdu: flags(u32, ExtendedPduFlags),
            extraFlags1: flags(u32, DeviceExtraFlags),
            extraFlags2: reserved(u32),
            /** How many devices, such as smart cards, are redirected before the user is logged on. */
            specialTypeDeviceCap: when(atLeast("version", DeviceCapabilityVersion.version2), u32),
          },
        ],
        // That one of these is there says that such devices can be redirected.
        printer: [2, onlyVersion],
        port: [3, onlyVersion],
        drive: [4, twoVersions],
        smartcard: [5, onlyVersion],
      }),
    }),
    counted("numCapabilities"),
  ),
};

/** What the server can do, and the wish to know the same of the client. */
export const ServerCoreCapability = pdu(
  "DR_CORE_CAPABILITY_REQ",
  "[MS-RDPEFS] 2.2.2.7",
  { ...deviceHeader(DevicePacketId.serverCapability), ...capabilities },
  { sentBy: "server" },
);
export type ServerCoreCapability = Infer<typeof ServerCoreCapability>;

/** What the client can do. */
export const ClientCoreCapability = pdu(
  "DR_CORE_CAPABILITY_RSP",
  "[MS-RDPEFS] 2.2.2.8",
  { ...deviceHeader(DevicePacketId.clientCapability), ...capabilities },
  { sentBy: "client" },
);
export type ClientCoreCapability = Infer<typeof ClientCoreCapability>;
