import { block, byteLength, enumeration, pdu, u16be, u8, type Infer } from "@railvail/wire";
import { tpktHeader } from "./tpkt.js";
import { tpduCode, TpduCode } from "./x224-tpdu.js";

/** Reasons of an X.224 disconnect, [X224] section 13.5.3. */
export const TpduDisconnectReason = {
  notSpecified: 0,
  congestion: 1,
  sessionEntityNotAttached: 2,
  addressUnknown: 3,
} as const;

/**
 * X.224 Disconnect Request: ends the transport connection, or refuses it instead of a Connection
 * Confirm. Sent by both sides; the whole TPKT packet.
 */
export const DisconnectRequest = pdu("X224_DR", "[X224] 13.5", {
  ...tpktHeader,
  tpdu: block({
    lengthIndicator: byteLength(u8, { from: "codeCredit" }),
    ...tpduCode(TpduCode.disconnectRequest),
    destinationReference: u16be,
    sourceReference: u16be,
    reason: enumeration(u8, TpduDisconnectReason),
  }),
});
export type DisconnectRequest = Infer<typeof DisconnectRequest>;
