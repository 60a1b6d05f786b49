import { bytes, enumeration, fixed, flags, literal, pad, reserved, u16, u32, u8 } from "@railvail/wire";

/** Security protocols in requests and responses; 0 is Standard RDP Security. */
export const SecurityProtocol = {
  PROTOCOL_SSL: 0x01,
  PROTOCOL_HYBRID: 0x02,
  PROTOCOL_RDSTLS: 0x04,
  PROTOCOL_HYBRID_EX: 0x08,
  PROTOCOL_RDSAAD: 0x10,
} as const;

/** Flags of RDP_NEG_REQ. */
export const NegotiationRequestFlags = {
  RESTRICTED_ADMIN_MODE_REQUIRED: 0x01,
  REDIRECTED_AUTHENTICATION_MODE_REQUIRED: 0x02,
  CORRELATION_INFO_PRESENT: 0x08,
} as const;

/** Flags of RDP_NEG_RSP. */
export const NegotiationResponseFlags = {
  EXTENDED_CLIENT_DATA_SUPPORTED: 0x01,
  DYNVC_GFX_PROTOCOL_SUPPORTED: 0x02,
  NEGRSP_FLAG_RESERVED: 0x04,
  RESTRICTED_ADMIN_MODE_SUPPORTED: 0x08,
  REDIRECTED_AUTHENTICATION_MODE_SUPPORTED: 0x10,
} as const;

/** Why a server refuses what the client requests. */
export const NegotiationFailureCode = {
  SSL_REQUIRED_BY_SERVER: 1,
  SSL_NOT_ALLOWED_BY_SERVER: 2,
  SSL_CERT_NOT_ON_SERVER: 3,
  INCONSISTENT_FLAGS: 4,
  HYBRID_REQUIRED_BY_SERVER: 5,
  SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER: 6,
} as const;

/** The fields of RDP_NEG_REQ, [MS-RDPBCGR] 2.2.1.1.1. */
export const negotiationRequest = {
  requestType: literal(u8, 0x01),
  flags: flags(u8, NegotiationRequestFlags),
  length: reserved(u16, 8),
  requestedProtocols: flags(u32, SecurityProtocol),
};

/**
 * The fields of RDP_NEG_CORRELATION_INFO, [MS-RDPBCGR] 2.2.1.1.2. No byte of `correlationId`
 * should be 0x0D, and the first one neither 0 nor 0xF4.
 */
export const correlationInfo = {
  infoType: literal(u8, 0x06),
  flags: reserved(u8),
  length: reserved(u16, 36),
  correlationId: bytes(fixed(16)),
  padding: pad(16),
};

/** What follows the type byte in RDP_NEG_RSP, [MS-RDPBCGR] 2.2.1.2.1. */
export const negotiationResponse = {
  flags: flags(u8, NegotiationResponseFlags),
  length: reserved(u16, 8),
  selectedProtocol: flags(u32, SecurityProtocol),
};

/** What follows the type byte in RDP_NEG_FAILURE, [MS-RDPBCGR] 2.2.1.2.2. */
export const negotiationFailure = {
  flags: reserved(u8),
  length: reserved(u16, 8),
  failureCode: enumeration(u32, NegotiationFailureCode),
};
