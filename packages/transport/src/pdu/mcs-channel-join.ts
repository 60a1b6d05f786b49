import { bits, carrier, enumeration, flag, flags, literal, pdu, u16be, u8, when, type Infer } from "@railvail/wire";
import { McsResult } from "./mcs-connect-response.js";
import { DomainMcsPdu, userId } from "./mcs-domain-pdu.js";

/** Joins a channel. Client to server. */
export const ChannelJoinRequest = pdu(
  "MCS_CHANNEL_JOIN_REQUEST",
  "[MS-RDPBCGR] 2.2.1.8",
  {
    choice: literal(u8, DomainMcsPdu.channelJoinRequest << 2),
    initiator: userId,
    channelId: u16be,
  },
  { sentBy: "client" },
);
export type ChannelJoinRequest = Infer<typeof ChannelJoinRequest>;

/**
 * Answers {@link ChannelJoinRequest}; `channelId` is absent if the channel was not joined.
 * Server to client. `present` is 0: its bit follows from `channelId`.
 */
export const ChannelJoinConfirm = pdu(
  "MCS_CHANNEL_JOIN_CONFIRM",
  "[MS-RDPBCGR] 2.2.1.9",
  {
    header: carrier(u16be),
    choice: literal(bits("header", 10, 6), DomainMcsPdu.channelJoinConfirm),
    present: flags(bits("header", 9, 1), { CHANNEL_ID: 1 }),
    result: enumeration(bits("header", 5, 4), McsResult),
    initiator: userId,
    requested: u16be,
    channelId: when(flag("present", 1), u16be),
  },
  { sentBy: "server" },
);
export type ChannelJoinConfirm = Infer<typeof ChannelJoinConfirm>;
