import { atLeast, bits, carrier, literal, pad, pdu, struct, u16, u8, when, type Infer } from "@railvail/wire";
import { DynamicCommand } from "./drdynvc-header.js";

const capabilitiesHeader = {
  header: carrier(u8),
  cbId: bits("header", 0, 2),
  sp: bits("header", 2, 2),
  cmd: literal(bits("header", 4, 4), DynamicCommand.capabilities),
  padding: pad(1),
};

/**
 * The highest version of the dynamic channel protocol that the server supports: 1, 2 (priority
 * classes) or 3 (compression). Server to client. From version 2 on `priorityCharges` says what
 * share of the bandwidth each of four priority classes has.
 * `cbId` and `sp` mean nothing and are 0.
 */
export const CapabilitiesRequest = pdu(
  "DYNVC_CAPS",
  "[MS-RDPEDYC] 2.2.1.1",
  {
    ...capabilitiesHeader,
    version: u16,
    priorityCharges: when(
      atLeast("version", 2),
      struct({
        priorityCharge0: u16,
        priorityCharge1: u16,
        priorityCharge2: u16,
        priorityCharge3: u16,
      }),
    ),
  },
  { sentBy: "server" },
);
export type CapabilitiesRequest = Infer<typeof CapabilitiesRequest>;

/** The version that the client chose. Client to server. */
export const CapabilitiesResponse = pdu(
  "DYNVC_CAPS_RSP",
  "[MS-RDPEDYC] 2.2.1.2",
  { ...capabilitiesHeader, version: u16 },
  { sentBy: "client" },
);
export type CapabilitiesResponse = Infer<typeof CapabilitiesResponse>;
