import { bytes, pdu, rest, u32, type Infer } from "@railvail/wire";
import { clipHeader, ClipboardMessageType } from "./header.js";

/** Asks for the clipboard's contents in one of the formats that the peer listed. */
export const FormatDataRequest = pdu("CLIPRDR_FORMAT_DATA_REQUEST", "[MS-RDPECLIP] 2.2.5.1", {
  ...clipHeader(ClipboardMessageType.formatDataRequest),
  requestedFormatId: u32,
});
export type FormatDataRequest = Infer<typeof FormatDataRequest>;

/**
 * The contents asked for, or `responseFail` in `msgFlags`. What the bytes mean follows from the
 * request: see `unicodeTextToString`, `dibToBmp`, `parseCfHtml` and the packed payloads.
 */
export const FormatDataResponse = pdu("CLIPRDR_FORMAT_DATA_RESPONSE", "[MS-RDPECLIP] 2.2.5.2", {
  ...clipHeader(ClipboardMessageType.formatDataResponse),
  requestedFormatData: bytes(rest),
});
export type FormatDataResponse = Infer<typeof FormatDataResponse>;
