import { bits, carrier, enumeration, flag, flags, literal, pdu, u16be, u8, when, type Infer } from "@railvail/wire";
import { McsResult } from "./mcs-connect-response.js";
import { DomainMcsPdu, userId } from "./mcs-domain-pdu.js";

/** Asks for a user id. Client to server. */
export const AttachUserRequest = pdu(
  "MCS_ATTACH_USER_REQUEST",
  "[MS-RDPBCGR] 2.2.1.6",
  { choice: literal(u8, DomainMcsPdu.attachUserRequest << 2) },
  { sentBy: "client" },
);
export type AttachUserRequest = Infer<typeof AttachUserRequest>;

/**
 * Gives the client its user id, which is also the id of its user channel; absent if `result` is
 * not successful. Server to client. `present` is 0: its bit follows from `initiator`.
 */
export const AttachUserConfirm = pdu(
  "MCS_ATTACH_USER_CONFIRM",
  "[MS-RDPBCGR] 2.2.1.7",
  {
    header: carrier(u16be),
    choice: literal(bits("header", 10, 6), DomainMcsPdu.attachUserConfirm),
    present: flags(bits("header", 9, 1), { INITIATOR: 1 }),
    result: enumeration(bits("header", 5, 4), McsResult),
    initiator: when(flag("present", 1), userId),
  },
  { sentBy: "server" },
);
export type AttachUserConfirm = Infer<typeof AttachUserConfirm>;
