import {
  berLength,
  byteLength,
  bytes,
  length,
  literal,
  pdu,
  sized,
  u16be,
  u8,
  within,
  type Infer,
} from "@railvail/wire";
import { conferenceCreateRequest } from "./gcc-conference-create.js";
import { domainParameters } from "./mcs-domain-parameters.js";

const octetString = literal(u8, 0x04);

/**
 * MCS Connect-Initial with GCC Conference Create Request: opens the MCS domain and carries the
 * client's settings blocks. Client to server; from the first MCS byte. BER down to `userData`,
 * PER inside it. `upwardFlag` is 0 or 0xFF.
 */
export const ConnectInitial = pdu(
  "MCS_CONNECT_INITIAL",
  "[MS-RDPBCGR] 2.2.1.3",
  {
    applicationTag: literal(u16be, 0x7f65),
    applicationLength: byteLength(berLength, { from: "callingDomainSelectorTag" }),
    callingDomainSelectorTag: octetString,
    callingDomainSelectorLength: length(berLength),
    callingDomainSelector: bytes(sized("callingDomainSelectorLength")),
    calledDomainSelectorTag: octetString,
    calledDomainSelectorLength: length(berLength),
    calledDomainSelector: bytes(sized("calledDomainSelectorLength")),
    upwardFlagTag: literal(u16be, 0x0101),
    upwardFlag: u8,
    targetParameters: domainParameters,
    minimumParameters: domainParameters,
    maximumParameters: domainParameters,
    userDataTag: octetString,
    userDataLength: length(berLength),
    userData: within(sized("userDataLength"), conferenceCreateRequest),
  },
  { sentBy: "client" },
);
export type ConnectInitial = Infer<typeof ConnectInitial>;
