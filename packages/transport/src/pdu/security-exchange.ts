import { bytes, length, pdu, sized, u32, type Infer } from "@railvail/wire";
import { basicSecurityHeader } from "./security-header.js";

/**
 * The client's random number, encrypted with the server's public key and followed by eight zero
 * bytes that count. Client to server, under Standard RDP Security only; `flags` has
 * SEC_EXCHANGE_PKT.
 */
export const SecurityExchange = pdu(
  "TS_SECURITY_PACKET",
  "[MS-RDPBCGR] 2.2.1.10.1",
  {
    ...basicSecurityHeader,
    length: length(u32),
    encryptedClientRandom: bytes(sized("length")),
  },
  { sentBy: "client" },
);
export type SecurityExchange = Infer<typeof SecurityExchange>;
