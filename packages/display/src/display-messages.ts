import { Family, type Source } from "@railvail/wire";
import { DisplayCaps } from "./pdu/display-caps.js";
import { displayHeaderSize } from "./pdu/display-header.js";
import { MonitorLayout } from "./pdu/monitor-layout.js";

/** The messages of the dynamic channel `Microsoft::Windows::RDS::DisplayControl`. */
export const displayMessages = new Family("display control message", "messageType", [MonitorLayout, DisplayCaps]);

/**
 * The length in bytes, header included, of the display control message at `offset`; undefined if
 * the header is not complete, or states less than itself or more than there is.
 */
export function displayMessageLength(source: Source, offset: number, end: number): number | undefined {
  if (end - offset < displayHeaderSize) return undefined;
  const length = source.view.getUint32(offset + 4, true);
  return length >= displayHeaderSize && length <= end - offset ? length : undefined;
}
