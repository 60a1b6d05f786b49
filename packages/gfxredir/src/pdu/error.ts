import { pdu, u32, type Infer } from "@railvail/wire";
import { MessageId, messageHeader } from "./header.js";

/** Reports an error. No codes are defined, no direction either; WSLg's server never sends it. */
export const ErrorReport = pdu("GFXREDIR_ERROR_PDU", "[WSLG-GFXREDIR] ERROR", {
  ...messageHeader(MessageId.error),
  errorCode: u32,
});
export type ErrorReport = Infer<typeof ErrorReport>;
