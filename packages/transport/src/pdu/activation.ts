import {
  bytes,
  count,
  counted,
  latin1,
  length,
  list,
  optional,
  pad,
  pdu,
  prefixed,
  sized,
  u16,
  u32,
  within,
  type Infer,
} from "@railvail/wire";
import { clientCapabilitySet, serverCapabilitySet } from "./capability-sets.js";
import { PduType, shareControlHeader, shareControlStart } from "./share-header.js";

/**
 * Demand Active: the server's capability sets, and the share id that the client must use from
 * then on. Server to client. `sourceDescriptor` is text with a NUL where the sender writes one.
 */
export const DemandActive = pdu(
  "TS_DEMAND_ACTIVE_PDU",
  "[MS-RDPBCGR] 2.2.1.13.1.1",
  {
    ...shareControlHeader(PduType.demandActive),
    shareId: u32,
    lengthSourceDescriptor: length(u16),
    lengthCombinedCapabilities: length(u16),
    sourceDescriptor: latin1(sized("lengthSourceDescriptor")),
    combinedCapabilities: within(sized("lengthCombinedCapabilities"), {
      numberCapabilities: count(u16),
      pad2Octets: pad(2),
      capabilitySets: list(serverCapabilitySet, counted("numberCapabilities")),
    }),
    /** Ignored by clients; some servers leave it out. */
    sessionId: optional(u32),
  },
  { sentBy: "server" },
);
export type DemandActive = Infer<typeof DemandActive>;

/** Confirm Active: the client's capability sets. `originatorId` is 0x03ea, the server's channel. */
export const ConfirmActive = pdu(
  "TS_CONFIRM_ACTIVE_PDU",
  "[MS-RDPBCGR] 2.2.1.13.2.1",
  {
    ...shareControlHeader(PduType.confirmActive),
    shareId: u32,
    originatorId: u16,
    lengthSourceDescriptor: length(u16),
    lengthCombinedCapabilities: length(u16),
    sourceDescriptor: latin1(sized("lengthSourceDescriptor")),
    combinedCapabilities: within(sized("lengthCombinedCapabilities"), {
      numberCapabilities: count(u16),
      pad2Octets: pad(2),
      capabilitySets: list(clientCapabilitySet, counted("numberCapabilities")),
    }),
  },
  { sentBy: "client" },
);
export type ConfirmActive = Infer<typeof ConfirmActive>;

/**
 * Deactivate All: the share ends; a Demand Active or a disconnection follows. Server to client.
 * Old servers stop after any of its fields.
 */
export const DeactivateAll = pdu(
  "TS_DEACTIVATE_ALL_PDU",
  "[MS-RDPBCGR] 2.2.3.1.1",
  {
    ...shareControlStart(PduType.deactivateAll),
    pduSource: optional(u16),
    shareId: optional(u32),
    sourceDescriptor: optional(bytes(prefixed(u16))),
  },
  { sentBy: "server" },
);
export type DeactivateAll = Infer<typeof DeactivateAll>;
