import { bits, carrier, enumeration, literal, pdu, u16be, type Infer } from "@railvail/wire";
import { DomainMcsPdu } from "./mcs-domain-pdu.js";

/** Reasons of MCS, [T125] section 7; RDP uses `providerInitiated` and `userRequested`. */
export const McsReason = {
  domainDisconnected: 0,
  providerInitiated: 1,
  tokenPurged: 2,
  userRequested: 3,
  channelPurged: 4,
} as const;

/** Says that the sender ends the connection and why. Sent by both sides. */
export const DisconnectProviderUltimatum = pdu("MCS_DISCONNECT_PROVIDER_ULTIMATUM", "[MS-RDPBCGR] 2.2.2.3", {
  header: carrier(u16be),
  choice: literal(bits("header", 10, 6), DomainMcsPdu.disconnectProviderUltimatum),
  reason: enumeration(bits("header", 7, 3), McsReason),
});
export type DisconnectProviderUltimatum = Infer<typeof DisconnectProviderUltimatum>;
