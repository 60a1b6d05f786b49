import { enumeration, pdu, u32, type Infer } from "@railvail/wire";
import { licenseBlob, licenseHeader, LicenseMessageType } from "./license-preamble.js";

/** Error codes of licensing; STATUS_VALID_CLIENT says that no licence is needed. */
export const LicenseErrorCode = {
  ERR_INVALID_SERVER_CERTIFICATE: 0x01,
  ERR_NO_LICENSE: 0x02,
  ERR_INVALID_MAC: 0x03,
  ERR_INVALID_SCOPE: 0x04,
  ERR_NO_LICENSE_SERVER: 0x06,
  STATUS_VALID_CLIENT: 0x07,
  ERR_INVALID_CLIENT: 0x08,
  ERR_INVALID_PRODUCTID: 0x0b,
  ERR_INVALID_MESSAGE_LEN: 0x0c,
} as const;

/** What the receiver of an error does with the licensing state machine. */
export const LicenseStateTransition = {
  ST_TOTAL_ABORT: 1,
  ST_NO_TRANSITION: 2,
  ST_RESET_PHASE_TO_START: 3,
  ST_RESEND_LAST_MESSAGE: 4,
} as const;

/**
 * An error of licensing, or, with STATUS_VALID_CLIENT and ST_NO_TRANSITION, its short cut: the
 * connection goes on. Sent by both sides, mostly by the server.
 */
export const LicenseErrorMessage = pdu("LICENSE_ERROR_MESSAGE", "[MS-RDPBCGR] 2.2.1.12.1.3", {
  ...licenseHeader(LicenseMessageType.ERROR_ALERT),
  errorCode: enumeration(u32, LicenseErrorCode),
  stateTransition: enumeration(u32, LicenseStateTransition),
  errorInfo: licenseBlob,
});
export type LicenseErrorMessage = Infer<typeof LicenseErrorMessage>;
