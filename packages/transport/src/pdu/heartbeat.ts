import { pdu, reserved, u8, type Infer } from "@railvail/wire";
import { identifyingSecurityHeader, SecurityFlags } from "./security-header.js";

/**
 * Heartbeat: the connection is alive although nothing else is sent. Server to client. `period` is
 * the time between heartbeats in seconds; after `count1` missed ones the client warns its user,
 * after `count2` it reconnects.
 */
export const Heartbeat = pdu(
  "HEARTBEAT_PDU",
  "[MS-RDPBCGR] 2.2.16.1",
  {
    ...identifyingSecurityHeader(SecurityFlags.SEC_HEARTBEAT),
    reserved: reserved(u8),
    period: u8,
    count1: u8,
    count2: u8,
  },
  { sentBy: "server" },
);
export type Heartbeat = Infer<typeof Heartbeat>;
