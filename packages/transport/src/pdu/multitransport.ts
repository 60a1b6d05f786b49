import { bytes, enumeration, fixed, pdu, reserved, u16, u32, type Infer } from "@railvail/wire";
import { identifyingSecurityHeader, SecurityFlags } from "./security-header.js";

/** Transports over UDP that a server asks for: reliable, lossy. The names are the specification's. */
export const MultitransportProtocol = {
  INITITATE_REQUEST_PROTOCOL_UDPFECR: 0x01,
  INITITATE_REQUEST_PROTOCOL_UDPFECL: 0x02,
} as const;

/**
 * Initiate Multitransport Request: asks for a connection over UDP, which the client opens with
 * `requestId` and `securityCookie`. Server to client.
 */
export const MultitransportRequest = pdu(
  "INITIATE_MULTITRANSPORT_REQUEST_PDU",
  "[MS-RDPBCGR] 2.2.15.1",
  {
    ...identifyingSecurityHeader(SecurityFlags.SEC_TRANSPORT_REQ),
    requestId: u32,
    requestedProtocol: enumeration(u16, MultitransportProtocol),
    reserved: reserved(u16),
    securityCookie: bytes(fixed(16)),
  },
  { sentBy: "server" },
);
export type MultitransportRequest = Infer<typeof MultitransportRequest>;

/**
 * Initiate Multitransport Response: whether the client could open the connection, as an HRESULT.
 * Client to server.
 */
export const MultitransportResponse = pdu(
  "INITIATE_MULTITRANSPORT_RESPONSE_PDU",
  "[MS-RDPBCGR] 2.2.15.2",
  {
    ...identifyingSecurityHeader(SecurityFlags.SEC_TRANSPORT_RSP),
    requestId: u32,
    hrResponse: enumeration(u32, { S_OK: 0, E_ABORT: 0x8000_4004 }),
  },
  { sentBy: "client" },
);
export type MultitransportResponse = Infer<typeof MultitransportResponse>;
