import {
  berInteger,
  berLength,
  block,
  byteLength,
  bytes,
  enumeration,
  length,
  list,
  literal,
  pdu,
  rest,
  sized,
  struct,
  tag,
  u32,
  u8,
  union,
  within,
  type Infer,
} from "@railvail/wire";

const sequenceTag = literal(u8, 0x30);
const octetStringTag = literal(u8, 0x04);
const integerTag = literal(u8, 0x02);

/** NegoData, [MS-CSSP] 2.2.1.1: an element has one token, which may hold several of SPNEGO's. */
const negoToken = block({
  elementTag: sequenceTag,
  elementLength: byteLength(berLength, { from: "tokenTag" }),
  tokenTag: literal(u8, 0xa0),
  tokenLength: length(berLength),
  token: within(sized("tokenLength"), {
    octetStringTag,
    octetStringLength: length(berLength),
    negoToken: bytes(sized("octetStringLength")),
  }),
});

/** The fields by their context tags: 0xA0 and the number in the ASN.1 module. */
const fields = {
  version: [0xa0, { integerTag, version: berInteger }],
  negoTokens: [
    0xa1,
    {
      sequenceTag,
      sequenceLength: length(berLength),
      negoTokens: list(negoToken, sized("sequenceLength")),
    },
  ],
  authInfo: [
    0xa2,
    { octetStringTag, octetStringLength: length(berLength), authInfo: bytes(sized("octetStringLength")) },
  ],
  pubKeyAuth: [
    0xa3,
    { octetStringTag, octetStringLength: length(berLength), pubKeyAuth: bytes(sized("octetStringLength")) },
  ],
  errorCode: [0xa4, { integerTag, errorCode: berInteger }],
  clientNonce: [
    0xa5,
    { octetStringTag, octetStringLength: length(berLength), clientNonce: bytes(sized("octetStringLength")) },
  ],
} as const;

/**
 * A message of CredSSP, which authenticates inside TLS before RDP begins: DER, all fields but
 * `version` optional, in the order in which they are sent. `authInfo` and `pubKeyAuth` are encrypted
 * with what the tokens negotiate; `errorCode` is an NTSTATUS, from the server only. Sent by both
 * sides.
 */
export const TsRequest = pdu("TSRequest", "[MS-CSSP] 2.2.1", {
  sequenceTag,
  sequenceLength: byteLength(berLength, { from: "fields" }),
  fields: list(
    struct({
      fieldTag: tag(u8),
      fieldLength: length(berLength),
      field: union("fieldTag", fields, sized("fieldLength")),
    }),
    rest,
  ),
});
export type TsRequest = Infer<typeof TsRequest>;

/** Whether the user may log on. */
export const AuthorizationResult = { AUTHZ_SUCCESS: 0x0000_0000, AUTHZ_ACCESS_DENIED: 0x0000_0005 } as const;

/**
 * Early User Authorization Result: comes after the last CredSSP message where PROTOCOL_HYBRID_EX
 * was chosen, and stands by itself in the stream. Server to client.
 */
export const EarlyUserAuthorizationResult = pdu(
  "EARLY_USER_AUTHORIZATION_RESULT_PDU",
  "[MS-RDPBCGR] 2.2.10.2",
  { authorizationResult: enumeration(u32, AuthorizationResult) },
  { sentBy: "server" },
);
export type EarlyUserAuthorizationResult = Infer<typeof EarlyUserAuthorizationResult>;
