import {
  either,
  enumeration,
  flag,
  flags,
  latin1,
  length,
  pdu,
  reserved,
  sized,
  u16,
  u32,
  utf16,
  type Infer,
} from "@railvail/wire";
import { deviceHeader, DevicePacketId } from "./device-header.js";

/** The only major version: [MS-RDPEFS] 2.2.2.2. */
export const DeviceMajorVersion = { version1: 0x0001 } as const;

/** Minor versions that are defined: [MS-RDPEFS] 2.2.2.3. */
export const DeviceMinorVersion = {
  version2: 0x0002,
  version5: 0x0005,
  version10: 0x000a,
  version12: 0x000c,
  version13: 0x000d,
} as const;

const versionAndId = {
  versionMajor: enumeration(u16, DeviceMajorVersion),
  versionMinor: enumeration(u16, DeviceMinorVersion),
  clientId: u32,
};

/** Opens the conversation with the server's version and a number it made for the client. */
export const ServerAnnounce = pdu(
  "DR_CORE_SERVER_ANNOUNCE_REQ",
  "[MS-RDPEFS] 2.2.2.2",
  { ...deviceHeader(DevicePacketId.serverAnnounce), ...versionAndId },
  { sentBy: "server" },
);
export type ServerAnnounce = Infer<typeof ServerAnnounce>;

/** The client's version, and the server's number for it or one of its own. */
export const ClientAnnounceReply = pdu(
  "DR_CORE_CLIENT_ANNOUNCE_RSP",
  "[MS-RDPEFS] 2.2.2.3",
  { ...deviceHeader(DevicePacketId.clientIdConfirm), ...versionAndId },
  { sentBy: "client" },
);
export type ClientAnnounceReply = Infer<typeof ClientAnnounceReply>;

/** The server takes the client's version and number. */
export const ServerClientIdConfirm = pdu(
  "DR_CORE_SERVER_CLIENTID_CONFIRM",
  "[MS-RDPEFS] 2.2.2.6",
  { ...deviceHeader(DevicePacketId.clientIdConfirm), ...versionAndId },
  { sentBy: "server" },
);
export type ServerClientIdConfirm = Infer<typeof ServerClientIdConfirm>;

/** How the name of the client is stored: [MS-RDPEFS] 2.2.2.4. Readers ignore the other bits. */
export const ClientNameFlags = { unicode: 0x0000_0001 } as const;

/** The name of the client's machine, sent right after its reply; ASCII unless `unicodeFlag` says other. */
export const ClientName = pdu(
  "DR_CORE_CLIENT_NAME_REQ",
  "[MS-RDPEFS] 2.2.2.4",
  {
    ...deviceHeader(DevicePacketId.clientName),
    unicodeFlag: flags(u32, ClientNameFlags),
    codePage: reserved(u32),
    computerNameLen: length(u32),
    computerName: either(
      flag("unicodeFlag", ClientNameFlags.unicode),
      utf16(sized("computerNameLen"), { nul: "always" }),
      latin1(sized("computerNameLen"), { nul: "always" }),
    ),
  },
  { sentBy: "client" },
);
export type ClientName = Infer<typeof ClientName>;

/** The user is logged on: the client may announce devices that had to wait for it. */
export const UserLoggedOn = pdu(
  "DR_CORE_USER_LOGGEDON",
  "[MS-RDPEFS] 2.2.2.5",
  { ...deviceHeader(DevicePacketId.userLoggedOn) },
  { sentBy: "server" },
);
export type UserLoggedOn = Infer<typeof UserLoggedOn>;
