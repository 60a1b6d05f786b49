import { Family, type Source } from "@railvail/wire";
import {
  ClientAnnounceReply,
  ClientName,
  ServerAnnounce,
  ServerClientIdConfirm,
  UserLoggedOn,
} from "./pdu/announce.js";
import { ClientCoreCapability, ServerCoreCapability } from "./pdu/core-capabilities.js";
import { DeviceComponent, deviceHeaderSize } from "./pdu/device-header.js";
import { DeviceIoCompletion, DeviceIoRequest } from "./pdu/device-io.js";
import { DeviceAnnounceResponse, DeviceListAnnounce, DeviceListRemove } from "./pdu/device-list.js";
import { PrinterCacheData, PrinterUsingXps } from "./pdu/printer.js";

/** The messages of the static channel `rdpdr`. The numbers of the two components do not overlap. */
export const deviceMessages = new Family("device redirection message", "packetId", [
  ServerAnnounce,
  ClientAnnounceReply,
  ClientName,
  ServerCoreCapability,
  ServerClientIdConfirm,
  ClientCoreCapability,
  DeviceListAnnounce,
  DeviceAnnounceResponse,
  DeviceListRemove,
  UserLoggedOn,
  DeviceIoRequest,
  DeviceIoCompletion,
  PrinterCacheData,
  PrinterUsingXps,
]);

/**
 * The length in bytes, header included, of the message at `offset`: all there is, as messages have
 * no length of their own. Undefined if the header is not complete or names no known component.
 */
export function deviceMessageLength(source: Source, offset: number, end: number): number | undefined {
  if (end - offset < deviceHeaderSize) return undefined;
  const component = source.view.getUint16(offset, true);
  return component === DeviceComponent.core || component === DeviceComponent.printer ? end - offset : undefined;
}
