import { flags, optional, pdu, u32, type Infer } from "@railvail/wire";
import { userDataHeader, UserDataType } from "./gcc-user-data-block.js";
import { SecurityProtocol } from "./x224-negotiation.js";

/** What a server supports before capability sets are exchanged. */
export const ServerEarlyCapabilityFlags = {
  RNS_UD_SC_EDGE_ACTIONS_SUPPORTED_V1: 0x01,
  RNS_UD_SC_DYNAMIC_DST_SUPPORTED: 0x02,
  RNS_UD_SC_EDGE_ACTIONS_SUPPORTED_V2: 0x04,
  RNS_UD_SC_SKIP_CHANNELJOIN_SUPPORTED: 0x08,
} as const;

/** What follows the header of TS_UD_SC_CORE; it also stands inside MCS Connect-Response. */
export const serverCoreFields = {
  version: u32,
  clientRequestedProtocols: optional(flags(u32, SecurityProtocol)),
  earlyCapabilityFlags: optional(flags(u32, ServerEarlyCapabilityFlags)),
};

/**
 * The server's version, and the protocols of the client's negotiation request, which the client
 * compares with what it sent. Server to client.
 */
export const ServerCoreData = pdu(
  "TS_UD_SC_CORE",
  "[MS-RDPBCGR] 2.2.1.4.2",
  { ...userDataHeader(UserDataType.SC_CORE), ...serverCoreFields },
  { sentBy: "server" },
);
export type ServerCoreData = Infer<typeof ServerCoreData>;
