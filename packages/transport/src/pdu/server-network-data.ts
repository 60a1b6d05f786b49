import { align, count, counted, list, pdu, u16, type Infer } from "@railvail/wire";
import { userDataHeader, UserDataType } from "./gcc-user-data-block.js";

/** What follows the header of TS_UD_SC_NET; it also stands inside MCS Connect-Response. */
export const serverNetworkFields = {
  mcsChannelId: u16,
  channelCount: count(u16),
  channelIds: list(u16, counted("channelCount")),
  padding: align(4),
};

/**
 * MCS channel ids of the I/O channel and of the static channels, in the order the client asked
 * for them; 0 for one that was not allocated. Server to client. Two zero bytes follow if the number
 * of channels is odd.
 */
export const ServerNetworkData = pdu(
  "TS_UD_SC_NET",
  "[MS-RDPBCGR] 2.2.1.4.4",
  { ...userDataHeader(UserDataType.SC_NET), ...serverNetworkFields },
  { sentBy: "server" },
);
export type ServerNetworkData = Infer<typeof ServerNetworkData>;
