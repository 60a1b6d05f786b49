import { byteLength, literal, reserved, u16, u8 } from "@railvail/wire";
import { identifyingSecurityHeader, SecurityFlags } from "./security-header.js";

/** `headerTypeId`: TYPE_ID_AUTODETECT_REQUEST and TYPE_ID_AUTODETECT_RESPONSE. */
const [request, response] = [0x00, 0x01];

/** The length of a message without a payload: it counts from the field itself to the end. */
const wholeLength = { headerLength: byteLength(u8, { from: "headerLength", lenient: true }) };

/** What a request without a payload starts with; it goes on with `requestType`. */
export const autoDetectRequest = {
  ...identifyingSecurityHeader(SecurityFlags.SEC_AUTODETECT_REQ),
  ...wholeLength,
  headerTypeId: literal(u8, request),
  sequenceNumber: u16,
};

/** What a request with a payload starts with: the payload does not count as header. */
export const autoDetectPayloadRequest = {
  ...identifyingSecurityHeader(SecurityFlags.SEC_AUTODETECT_REQ),
  headerLength: reserved(u8, 8),
  headerTypeId: literal(u8, request),
  sequenceNumber: u16,
};

/** What a response starts with; it goes on with `responseType`. */
export const autoDetectResponse = {
  ...identifyingSecurityHeader(SecurityFlags.SEC_AUTODETECT_RSP),
  ...wholeLength,
  headerTypeId: literal(u8, response),
  sequenceNumber: u16,
};

/** Bytes from the start of the security header to `requestType` or `responseType`. */
export const autoDetectTypeOffset = 8;
