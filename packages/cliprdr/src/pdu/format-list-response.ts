import { pdu, type Infer } from "@railvail/wire";
import { clipHeader, ClipboardMessageType } from "./header.js";

/** Whether a format list was taken: `msgFlags` is `responseOk` or `responseFail`. */
export const FormatListResponse = pdu("FORMAT_LIST_RESPONSE", "[MS-RDPECLIP] 2.2.3.2", {
  ...clipHeader(ClipboardMessageType.formatListResponse),
});
export type FormatListResponse = Infer<typeof FormatListResponse>;
