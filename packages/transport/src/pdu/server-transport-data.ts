import { flags, pdu, u16, u32, type Infer } from "@railvail/wire";
import { MultitransportFlags } from "./client-transport-data.js";
import { userDataHeader, UserDataType } from "./gcc-user-data-block.js";

/** What follows the header of TS_UD_SC_MCS_MSGCHANNEL; it stands inside MCS Connect-Response. */
export const serverMessageChannelFields = { mcsChannelId: u16 };

/** What follows the header of TS_UD_SC_MULTITRANSPORT; it stands inside MCS Connect-Response. */
export const serverMultitransportFields = { flags: flags(u32, MultitransportFlags) };

/** The MCS channel id of the message channel. Server to client. */
export const ServerMessageChannelData = pdu(
  "TS_UD_SC_MCS_MSGCHANNEL",
  "[MS-RDPBCGR] 2.2.1.4.5",
  { ...userDataHeader(UserDataType.SC_MCS_MSGCHANNEL), ...serverMessageChannelFields },
  { sentBy: "server" },
);
export type ServerMessageChannelData = Infer<typeof ServerMessageChannelData>;

/** The UDP transports that the server supports. Server to client. */
export const ServerMultitransportData = pdu(
  "TS_UD_SC_MULTITRANSPORT",
  "[MS-RDPBCGR] 2.2.1.4.6",
  { ...userDataHeader(UserDataType.SC_MULTITRANSPORT), ...serverMultitransportFields },
  { sentBy: "server" },
);
export type ServerMultitransportData = Infer<typeof ServerMultitransportData>;
