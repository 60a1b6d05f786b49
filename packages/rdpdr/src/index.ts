export { deviceMessageLength, deviceMessages } from "./device-messages.js";
export { driveName } from "./drive-name.js";
export {
  ClientAnnounceReply,
  ClientName,
  ClientNameFlags,
  DeviceMajorVersion,
  DeviceMinorVersion,
  ServerAnnounce,
  ServerClientIdConfirm,
  UserLoggedOn,
} from "./pdu/announce.js";
export {
  ClientCoreCapability,
  DeviceCapabilityVersion,
  DeviceExtraFlags,
  DeviceIoFlags,
  ExtendedPduFlags,
  ServerCoreCapability,
} from "./pdu/core-capabilities.js";
export { DeviceComponent, DevicePacketId } from "./pdu/device-header.js";
export { DeviceIoCompletion, DeviceIoRequest, MajorFunction, MinorFunction } from "./pdu/device-io.js";
export {
  DeviceAnnounceResponse,
  DeviceListAnnounce,
  DeviceListRemove,
  DeviceType,
  PrinterFlags,
  type AnnouncedDevice,
} from "./pdu/device-list.js";
export { PrinterCacheData, PrinterCacheEvent, PrinterUsingXps } from "./pdu/printer.js";
