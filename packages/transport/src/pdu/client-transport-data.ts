import { flags, pdu, u32, type Infer } from "@railvail/wire";
import { userDataHeader, UserDataType } from "./gcc-user-data-block.js";

/** Transports besides the main connection, in the blocks of both sides. */
export const MultitransportFlags = {
  TRANSPORTTYPE_UDPFECR: 0x001,
  TRANSPORTTYPE_UDPFECL: 0x004,
  TRANSPORTTYPE_UDP_PREFERRED: 0x100,
  SOFTSYNC_TCP_TO_UDP: 0x200,
} as const;

/** What follows the header of TS_UD_CS_MCS_MSGCHANNEL; it stands inside MCS Connect-Initial. */
export const clientMessageChannelFields = { flags: u32 };

/** What follows the header of TS_UD_CS_MULTITRANSPORT; it stands inside MCS Connect-Initial. */
export const clientMultitransportFields = { flags: flags(u32, MultitransportFlags) };

/** Asks for the MCS message channel. Client to server. `flags` is unused and 0. */
export const ClientMessageChannelData = pdu(
  "TS_UD_CS_MCS_MSGCHANNEL",
  "[MS-RDPBCGR] 2.2.1.3.7",
  { ...userDataHeader(UserDataType.CS_MCS_MSGCHANNEL), ...clientMessageChannelFields },
  { sentBy: "client" },
);
export type ClientMessageChannelData = Infer<typeof ClientMessageChannelData>;

/** The UDP transports that the client supports. Client to server. */
export const ClientMultitransportData = pdu(
  "TS_UD_CS_MULTITRANSPORT",
  "[MS-RDPBCGR] 2.2.1.3.8",
  { ...userDataHeader(UserDataType.CS_MULTITRANSPORT), ...clientMultitransportFields },
  { sentBy: "client" },
);
export type ClientMultitransportData = Infer<typeof ClientMultitransportData>;
