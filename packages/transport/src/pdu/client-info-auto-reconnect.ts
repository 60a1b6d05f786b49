import { bytes, fixed, pdu, reserved, u32, type Infer } from "@railvail/wire";

/**
 * What the server gives a client so that it can reconnect without credentials: the session and a
 * random number of 16 bytes. Server to client, in Save Session Info.
 */
export const AutoReconnectServer = pdu(
  "ARC_SC_PRIVATE_PACKET",
  "[MS-RDPBCGR] 2.2.4.2",
  {
    cbLen: reserved(u32, 28),
    version: reserved(u32, 1),
    logonId: u32,
    arcRandomBits: bytes(fixed(16)),
  },
  { sentBy: "server" },
);
export type AutoReconnectServer = Infer<typeof AutoReconnectServer>;

/**
 * The cookie with which a client reconnects: the session, and an HMAC over the client's random
 * number with the server's as key. Client to server, in `autoReconnectCookie` of Client Info.
 */
export const AutoReconnectClient = pdu(
  "ARC_CS_PRIVATE_PACKET",
  "[MS-RDPBCGR] 2.2.4.3",
  {
    cbLen: reserved(u32, 28),
    version: reserved(u32, 1),
    logonId: u32,
    securityVerifier: bytes(fixed(16)),
  },
  { sentBy: "client" },
);
export type AutoReconnectClient = Infer<typeof AutoReconnectClient>;
