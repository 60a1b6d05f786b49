import { literal, pdu, perInteger, u8, type Infer } from "@railvail/wire";
import { DomainMcsPdu } from "./mcs-domain-pdu.js";

/** Says how high the sender's domain is. Client to server; both values are 0 in RDP. */
export const ErectDomainRequest = pdu(
  "MCS_ERECT_DOMAIN_REQUEST",
  "[MS-RDPBCGR] 2.2.1.5",
  {
    choice: literal(u8, DomainMcsPdu.erectDomainRequest << 2),
    subHeight: perInteger,
    subInterval: perInteger,
  },
  { sentBy: "client" },
);
export type ErectDomainRequest = Infer<typeof ErectDomainRequest>;
