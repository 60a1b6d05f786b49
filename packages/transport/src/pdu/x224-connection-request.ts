import { block, byteLength, line, optional, pdu, reserved, struct, u16be, u8, type Infer } from "@railvail/wire";
import { tpktHeader } from "./tpkt.js";
import { correlationInfo, negotiationRequest } from "./x224-negotiation.js";
import { tpduCode, TpduCode } from "./x224-tpdu.js";

/**
 * Client X.224 Connection Request: opens the connection. Client to server; the whole TPKT packet.
 *
 * `token` is a routing token or a cookie (see {@link cookieToken}) without its CR LF. It is there
 * if a CR LF is, so no byte of the correlation id should be 0x0D.
 */
export const ConnectionRequest = pdu(
  "X224_CRQ",
  "[MS-RDPBCGR] 2.2.1.1",
  {
    ...tpktHeader,
    tpdu: block({
      lengthIndicator: byteLength(u8, { from: "codeCredit" }),
      ...tpduCode(TpduCode.connectionRequest),
      destinationReference: u16be,
      sourceReference: u16be,
      classOption: reserved(u8),
      token: line,
      negotiation: optional(struct(negotiationRequest)),
      correlation: optional(struct(correlationInfo)),
    }),
  },
  { sentBy: "client" },
);
export type ConnectionRequest = Infer<typeof ConnectionRequest>;

const cookiePrefix = "Cookie: mstshash=";

/** The token that carries a user name, for load balancing. */
export const cookieToken = (user: string): string => cookiePrefix + user;

/** The user name of a cookie, or undefined if the token is a routing token. */
export const cookieUser = (token: string): string | undefined =>
  token.startsWith(cookiePrefix) ? token.slice(cookiePrefix.length) : undefined;
