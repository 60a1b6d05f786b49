import { count, counted, fixed, flags, latin1, list, pdu, struct, u32, type Infer } from "@railvail/wire";
import { userDataHeader, UserDataType } from "./gcc-user-data-block.js";

/** Options of a static channel. */
export const ChannelOption = {
  CHANNEL_OPTION_INITIALIZED: 0x8000_0000,
  CHANNEL_OPTION_ENCRYPT_RDP: 0x4000_0000,
  CHANNEL_OPTION_ENCRYPT_SC: 0x2000_0000,
  CHANNEL_OPTION_ENCRYPT_CS: 0x1000_0000,
  CHANNEL_OPTION_PRI_HIGH: 0x0800_0000,
  CHANNEL_OPTION_PRI_MED: 0x0400_0000,
  CHANNEL_OPTION_PRI_LOW: 0x0200_0000,
  CHANNEL_OPTION_COMPRESS_RDP: 0x0080_0000,
  CHANNEL_OPTION_COMPRESS: 0x0040_0000,
  CHANNEL_OPTION_SHOW_PROTOCOL: 0x0020_0000,
  REMOTE_CONTROL_PERSISTENT: 0x0010_0000,
} as const;

/** What follows the header of TS_UD_CS_NET; it also stands inside MCS Connect-Initial. */
export const clientNetworkFields = {
  channelCount: count(u32),
  channels: list(
    struct({
      name: latin1(fixed(8), { nul: "padded" }),
      options: flags(u32, ChannelOption),
    }),
    counted("channelCount"),
  ),
};

/**
 * The static channels that the client asks for, at most 31; their order is that of the ids in the
 * server's answer. Client to server. A name has up to 7 characters.
 */
export const ClientNetworkData = pdu(
  "TS_UD_CS_NET",
  "[MS-RDPBCGR] 2.2.1.3.4",
  { ...userDataHeader(UserDataType.CS_NET), ...clientNetworkFields },
  { sentBy: "client" },
);
export type ClientNetworkData = Infer<typeof ClientNetworkData>;
