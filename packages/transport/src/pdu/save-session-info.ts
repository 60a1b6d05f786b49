import {
  block,
  byteLength,
  bytes,
  fixed,
  flag,
  flags,
  length,
  pad,
  pdu,
  prefixed,
  sized,
  tag,
  u16,
  u32,
  union,
  utf16,
  when,
  within,
  type Infer,
} from "@railvail/wire";
import { PduType2, shareDataHeader } from "./share-header.js";

/** ARC_SC_PRIVATE_PACKET, [MS-RDPBCGR] 2.2.4.2: the cookie for an automatic reconnection. */
const autoReconnectCookie = {
  cbLen: byteLength(u32, { lenient: true }),
  version: u32,
  logonId: u32,
  arcRandomBits: bytes(fixed(16)),
};

/** TS_LOGON_ERRORS_INFO, [MS-RDPBCGR] 2.2.10.1.1.4.1.1. */
const logonErrors = { errorNotificationType: u32, errorNotificationData: u32 };

const infoData = {
  /** TS_LOGON_INFO, [MS-RDPBCGR] 2.2.10.1.1.1. Sizes are in bytes and count the NUL. */
  logon: [
    0,
    {
      cbDomain: u32,
      domain: utf16(fixed(52), { nul: "padded" }),
      cbUserName: u32,
      userName: utf16(fixed(512), { nul: "padded" }),
      sessionId: u32,
    },
  ],
  /** TS_LOGON_INFO_VERSION_2, [MS-RDPBCGR] 2.2.10.1.1.2; `size` is 18 in practice. */
  logonLong: [
    1,
    {
      version: u16,
      size: u32,
      sessionId: u32,
      cbDomain: length(u32),
      cbUserName: length(u32),
      pad: pad(558),
      domain: utf16(sized("cbDomain"), { nul: "counted" }),
      userName: utf16(sized("cbUserName"), { nul: "counted" }),
    },
  ],
  /** TS_PLAIN_NOTIFY, [MS-RDPBCGR] 2.2.10.1.1.3. */
  plainNotify: [2, { pad: pad(576) }],
  /** TS_LOGON_INFO_EXTENDED, [MS-RDPBCGR] 2.2.10.1.1.4. */
  extended: [
    3,
    {
      info: block({
        length: byteLength(u16, { lenient: true }),
        fieldsPresent: flags(u32, { LOGON_EX_AUTORECONNECTCOOKIE: 1, LOGON_EX_LOGONERRORS: 2 }),
        autoReconnectCookie: when(flag("fieldsPresent", 1), within(prefixed(u32), autoReconnectCookie)),
        logonErrors: when(flag("fieldsPresent", 2), within(prefixed(u32), logonErrors)),
      }),
      pad: pad(570),
    },
  ],
} as const;

/** Save Session Info: who is logged on, and the cookie for reconnecting. Server to client. */
export const SaveSessionInfo = pdu(
  "TS_SAVE_SESSION_INFO_PDU_DATA",
  "[MS-RDPBCGR] 2.2.10.1.1",
  {
    ...shareDataHeader(PduType2.saveSessionInfo),
    infoType: tag(u32),
    infoData: union("infoType", infoData),
  },
  { sentBy: "server" },
);
export type SaveSessionInfo = Infer<typeof SaveSessionInfo>;
