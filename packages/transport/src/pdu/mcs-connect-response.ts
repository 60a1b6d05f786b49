import {
  berInteger,
  berLength,
  byteLength,
  enumeration,
  length,
  literal,
  pdu,
  sized,
  u16be,
  u8,
  within,
  type Infer,
} from "@railvail/wire";
import { conferenceCreateResponse } from "./gcc-conference-create.js";
import { domainParameters } from "./mcs-domain-parameters.js";

/** Results of MCS requests, [T125] section 7. */
export const McsResult = {
  successful: 0,
  domainMerging: 1,
  domainNotHierarchical: 2,
  noSuchChannel: 3,
  noSuchDomain: 4,
  noSuchUser: 5,
  notAdmitted: 6,
  otherUserId: 7,
  parametersUnacceptable: 8,
  tokenNotAvailable: 9,
  tokenNotPossessed: 10,
  tooManyChannels: 11,
  tooManyTokens: 12,
  tooManyUsers: 13,
  unspecifiedFailure: 14,
  userRejected: 15,
} as const;

/**
 * MCS Connect-Response with GCC Conference Create Response: carries the server's settings blocks.
 * Server to client; from the first MCS byte.
 */
export const ConnectResponse = pdu(
  "MCS_CONNECT_RESPONSE",
  "[MS-RDPBCGR] 2.2.1.4",
  {
    applicationTag: literal(u16be, 0x7f66),
    applicationLength: byteLength(berLength, { from: "resultTag" }),
    resultTag: literal(u16be, 0x0a01),
    result: enumeration(u8, McsResult),
    calledConnectIdTag: literal(u8, 0x02),
    calledConnectId: berInteger,
    domainParameters,
    userDataTag: literal(u8, 0x04),
    userDataLength: length(berLength),
    userData: within(sized("userDataLength"), conferenceCreateResponse),
  },
  { sentBy: "server" },
);
export type ConnectResponse = Infer<typeof ConnectResponse>;
