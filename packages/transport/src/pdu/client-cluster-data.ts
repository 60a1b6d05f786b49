import { bits, carrier, enumeration, pdu, u32, type Infer } from "@railvail/wire";
import { userDataHeader, UserDataType } from "./gcc-user-data-block.js";

/** Versions of server redirection as they stand in the flags: one below the named version. */
export const RedirectionVersion = {
  REDIRECTION_VERSION1: 0,
  REDIRECTION_VERSION2: 1,
  REDIRECTION_VERSION3: 2,
  REDIRECTION_VERSION4: 3,
  REDIRECTION_VERSION5: 4,
  REDIRECTION_VERSION6: 5,
} as const;

/** What follows the header of TS_UD_CS_CLUSTER; it also stands inside MCS Connect-Initial. */
export const clientClusterFields = {
  flags: carrier(u32),
  redirectionSupported: bits("flags", 0, 1),
  redirectedSessionIdFieldValid: bits("flags", 1, 1),
  serverSessionRedirectionVersion: enumeration(bits("flags", 2, 4), RedirectionVersion),
  redirectedSmartcard: bits("flags", 6, 1),
  otherFlags: bits("flags", 7, 25),
  redirectedSessionId: u32,
};

/**
 * Whether the client follows server redirection, and the session it wants to be connected to.
 * Client to server. The one-bit fields are 0 or 1; `otherFlags` has no meaning and is 0.
 */
export const ClientClusterData = pdu(
  "TS_UD_CS_CLUSTER",
  "[MS-RDPBCGR] 2.2.1.3.5",
  { ...userDataHeader(UserDataType.CS_CLUSTER), ...clientClusterFields },
  { sentBy: "client" },
);
export type ClientClusterData = Infer<typeof ClientClusterData>;
