import {
  bits,
  byteLength,
  bytes,
  carrier,
  enumeration,
  latin1,
  length,
  literal,
  prefixed,
  sized,
  struct,
  u16,
  u8,
} from "@railvail/wire";
import { basicSecurityHeader } from "./security-header.js";

/** Types of licensing messages. */
export const LicenseMessageType = {
  LICENSE_REQUEST: 0x01,
  PLATFORM_CHALLENGE: 0x02,
  NEW_LICENSE: 0x03,
  UPGRADE_LICENSE: 0x04,
  LICENSE_INFO: 0x12,
  NEW_LICENSE_REQUEST: 0x13,
  PLATFORM_CHALLENGE_RESPONSE: 0x15,
  ERROR_ALERT: 0xff,
} as const;

/** Versions of the licensing protocol: RDP 4.0, and everything since. */
export const LicenseVersion = { PREAMBLE_VERSION_2_0: 2, PREAMBLE_VERSION_3_0: 3 } as const;

/** Types of the blobs in licensing messages; some senders leave another value in an empty one. */
export const LicenseBlobType = {
  BB_ANY_BLOB: 0x0000,
  BB_DATA_BLOB: 0x0001,
  BB_RANDOM_BLOB: 0x0002,
  BB_CERTIFICATE_BLOB: 0x0003,
  BB_ERROR_BLOB: 0x0004,
  BB_ENCRYPTED_DATA_BLOB: 0x0009,
  BB_KEY_EXCHG_ALG_BLOB: 0x000d,
  BB_SCOPE_BLOB: 0x000e,
  BB_CLIENT_USER_NAME_BLOB: 0x000f,
  BB_CLIENT_MACHINE_NAME_BLOB: 0x0010,
} as const;

/** Key exchange algorithms of licensing. */
export const KeyExchangeAlgorithm = { KEY_EXCHANGE_ALG_RSA: 1 } as const;

/**
 * What every licensing message starts with: the basic security header, whose `flags` have
 * SEC_LICENSE_PKT, and LICENSE_PREAMBLE ([MS-RDPBCGR] 2.2.1.12.1.1). The size counts from the
 * preamble; some servers count the security header too, so a wrong one is only reported.
 * `extendedErrorSupported` is 0 or 1.
 */
export const licenseHeader = (type: number) => ({
  ...basicSecurityHeader,
  messageType: literal(u8, type),
  preambleFlags: carrier(u8),
  preambleVersion: enumeration(bits("preambleFlags", 0, 4), LicenseVersion),
  extendedErrorSupported: bits("preambleFlags", 7, 1),
  messageSize: byteLength(u16, { from: "messageType", lenient: true }),
});

/** LICENSE_BINARY_BLOB, [MS-RDPBCGR] 2.2.1.12.1.2. */
export const licenseBlob = struct({
  blobType: enumeration(u16, LicenseBlobType),
  data: bytes(prefixed(u16)),
});

/** A blob that holds text of one byte a character, with a NUL that counts. */
export const licenseTextBlob = struct({
  blobType: enumeration(u16, LicenseBlobType),
  textLength: length(u16),
  text: latin1(sized("textLength"), { nul: "always" }),
});
