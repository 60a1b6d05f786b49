import { bytes, fixed, flags, pdu, reserved, rest, u16, u8, type Infer } from "@railvail/wire";

/** Flags of security headers. */
export const SecurityFlags = {
  SEC_EXCHANGE_PKT: 0x0001,
  SEC_TRANSPORT_REQ: 0x0002,
  SEC_TRANSPORT_RSP: 0x0004,
  SEC_ENCRYPT: 0x0008,
  SEC_RESET_SEQNO: 0x0010,
  SEC_IGNORE_SEQNO: 0x0020,
  SEC_INFO_PKT: 0x0040,
  SEC_LICENSE_PKT: 0x0080,
  SEC_LICENSE_ENCRYPT: 0x0200,
  SEC_REDIRECTION_PKT: 0x0400,
  SEC_SECURE_CHECKSUM: 0x0800,
  SEC_AUTODETECT_REQ: 0x1000,
  SEC_AUTODETECT_RSP: 0x2000,
  SEC_HEARTBEAT: 0x4000,
  SEC_FLAGSHI_VALID: 0x8000,
} as const;

/**
 * The fields of the basic header. `flagsHi` means something only with SEC_FLAGSHI_VALID; servers
 * leave arbitrary values in it.
 */
export const basicSecurityHeader = {
  flags: flags(u16, SecurityFlags),
  flagsHi: u16,
};

/**
 * The basic header of a message whose kind one of its flags states; that flag is not in the value.
 */
export const identifyingSecurityHeader = (flag: number) => ({
  flags: flags(u16, SecurityFlags, { always: flag }),
  flagsHi: u16,
});

/** A message with the basic security header, not looked into. Sent by both sides. */
export const SecurityHeader = pdu("TS_SECURITY_HEADER", "[MS-RDPBCGR] 2.2.8.1.1.2.1", {
  ...basicSecurityHeader,
  data: bytes(rest),
});
export type SecurityHeader = Infer<typeof SecurityHeader>;

/**
 * An encrypted message under Standard RDP Security with a method other than FIPS.
 * `dataSignature` is a MAC over the plain data. Sent by both sides.
 */
export const NonFipsSecurityHeader = pdu("TS_SECURITY_HEADER1", "[MS-RDPBCGR] 2.2.8.1.1.2.2", {
  ...basicSecurityHeader,
  dataSignature: bytes(fixed(8)),
  data: bytes(rest),
});
export type NonFipsSecurityHeader = Infer<typeof NonFipsSecurityHeader>;

/**
 * A message encrypted with the FIPS method. `padlen` is the number of bytes at the end of
 * the decrypted data that are padding (0 to 7). Sent by both sides.
 */
export const FipsSecurityHeader = pdu("TS_SECURITY_HEADER2", "[MS-RDPBCGR] 2.2.8.1.1.2.3", {
  ...basicSecurityHeader,
  length: reserved(u16, 16),
  version: reserved(u8, 1),
  padlen: u8,
  dataSignature: bytes(fixed(8)),
  data: bytes(rest),
});
export type FipsSecurityHeader = Infer<typeof FipsSecurityHeader>;
