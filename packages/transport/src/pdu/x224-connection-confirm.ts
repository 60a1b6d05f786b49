import { block, byteLength, optional, pdu, reserved, struct, tag, u16be, u8, union, type Infer } from "@railvail/wire";
import { tpktHeader } from "./tpkt.js";
import { negotiationFailure, negotiationResponse } from "./x224-negotiation.js";
import { tpduCode, TpduCode } from "./x224-tpdu.js";

/**
 * Server X.224 Connection Confirm: answers the request and says which security protocol is used,
 * or why none is. A server that got no negotiation request answers without `negotiation`.
 * Server to client; the whole TPKT packet. Windows sends 0x1234 as `sourceReference`.
 */
export const ConnectionConfirm = pdu(
  "X224_CCF",
  "[MS-RDPBCGR] 2.2.1.2",
  {
    ...tpktHeader,
    tpdu: block({
      lengthIndicator: byteLength(u8, { from: "codeCredit" }),
      ...tpduCode(TpduCode.connectionConfirm),
      destinationReference: u16be,
      sourceReference: u16be,
      classOption: reserved(u8),
      negotiation: optional(
        struct({
          messageType: tag(u8),
          message: union("messageType", {
            response: [2, negotiationResponse],
            failure: [3, negotiationFailure],
          }),
        }),
      ),
    }),
  },
  { sentBy: "server" },
);
export type ConnectionConfirm = Infer<typeof ConnectionConfirm>;
