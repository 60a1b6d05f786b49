import {
  block,
  byteLength,
  bytes,
  count,
  counted,
  fixed,
  flag,
  flags,
  list,
  optional,
  pdu,
  prefixed,
  reserved,
  u16,
  u32,
  u8,
  utf16,
  when,
  within,
  type Infer,
} from "@railvail/wire";
import { PduType, shareControlHeader } from "./share-header.js";

/** Bits of `redirFlags`: which fields are there, and how to reconnect. */
export const RedirectionFlags = {
  LB_TARGET_NET_ADDRESS: 0x0001,
  LB_LOAD_BALANCE_INFO: 0x0002,
  LB_USERNAME: 0x0004,
  LB_DOMAIN: 0x0008,
  LB_PASSWORD: 0x0010,
  LB_DONTSTOREUSERNAME: 0x0020,
  LB_SMARTCARD_LOGON: 0x0040,
  LB_NOREDIRECT: 0x0080,
  LB_TARGET_FQDN: 0x0100,
  LB_TARGET_NETBIOS_NAME: 0x0200,
  LB_TARGET_NET_ADDRESSES: 0x0800,
  LB_CLIENT_TSV_URL: 0x1000,
  LB_SERVER_TSV_CAPABLE: 0x2000,
  LB_PASSWORD_IS_PK_ENCRYPTED: 0x4000,
  LB_REDIRECTION_GUID: 0x8000,
  LB_TARGET_CERTIFICATE: 0x0001_0000,
} as const;

const text = utf16(prefixed(u32), { nul: "counted" });
const blob = bytes(prefixed(u32));
const given = (name: keyof typeof RedirectionFlags) => flag("redirFlags", RedirectionFlags[name]);

/** Text is UTF-16LE; blobs are kept as they are, among them the password, which may be encrypted. */
const redirectionPacket = {
  flags: reserved(u16, 0x0400),
  length: byteLength(u16),
  sessionId: u32,
  redirFlags: flags(u32, RedirectionFlags),
  targetNetAddress: when(given("LB_TARGET_NET_ADDRESS"), text),
  loadBalanceInfo: when(given("LB_LOAD_BALANCE_INFO"), blob),
  userName: when(given("LB_USERNAME"), text),
  domain: when(given("LB_DOMAIN"), text),
  password: when(given("LB_PASSWORD"), blob),
  targetFqdn: when(given("LB_TARGET_FQDN"), text),
  targetNetBiosName: when(given("LB_TARGET_NETBIOS_NAME"), text),
  tsvUrl: when(given("LB_CLIENT_TSV_URL"), blob),
  redirectionGuid: when(given("LB_REDIRECTION_GUID"), blob),
  targetCertificate: when(given("LB_TARGET_CERTIFICATE"), blob),
  targetNetAddresses: when(
    given("LB_TARGET_NET_ADDRESSES"),
    within(prefixed(u32), {
      addressCount: count(u32),
      address: list(text, counted("addressCount")),
    }),
  ),
  /** Means nothing, and has any value; not all servers send it. */
  pad: optional(bytes(fixed(8))),
};

/**
 * Server Redirection Packet: where the client should connect instead. Under standard security it
 * follows the security header directly.
 */
export const ServerRedirectionPacket = pdu(
  "RDP_SERVER_REDIRECTION_PACKET",
  "[MS-RDPBCGR] 2.2.13.1",
  redirectionPacket,
  { sentBy: "server" },
);
export type ServerRedirectionPacket = Infer<typeof ServerRedirectionPacket>;

/** The redirection as a share PDU, under enhanced security. */
export const EnhancedServerRedirection = pdu(
  "TS_ENHANCED_SECURITY_SERVER_REDIRECTION",
  "[MS-RDPBCGR] 2.2.13.3.1",
  {
    ...shareControlHeader(PduType.serverRedirection),
    pad2Octets: reserved(u16),
    serverRedirectionPdu: block(redirectionPacket),
    pad1Octet: optional(u8),
  },
  { sentBy: "server" },
);
export type EnhancedServerRedirection = Infer<typeof EnhancedServerRedirection>;
