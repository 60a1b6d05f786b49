import {
  bits,
  bytes,
  carrier,
  enumeration,
  length,
  literal,
  pdu,
  perLength,
  sized,
  u16be,
  u8,
  type Infer,
} from "@railvail/wire";
import { DomainMcsPdu, userId } from "./mcs-domain-pdu.js";

/** Priorities of MCS data; RDP sends everything as `high`. */
export const DataPriority = { top: 0, high: 1, medium: 2, low: 3 } as const;

const sendData = (choice: number) => ({
  choice: literal(u8, choice << 2),
  initiator: userId,
  channelId: u16be,
  header: carrier(u8),
  dataPriority: enumeration(bits("header", 6, 2), DataPriority),
  segmentation: bits("header", 4, 2),
  userDataLength: length(perLength),
  userData: bytes(sized("userDataLength")),
});

/**
 * Data from the client on a channel. `segmentation` is 3 (begin and end) in RDP: nothing is
 * segmented at this level. `userData` holds up to 16,383 bytes (PER lengths of two bytes).
 */
export const SendDataRequest = pdu("MCS_SEND_DATA_REQUEST", "[T125] 11.32", sendData(DomainMcsPdu.sendDataRequest), {
  sentBy: "client",
});
export type SendDataRequest = Infer<typeof SendDataRequest>;

/** Data from the server on a channel; fields as in {@link SendDataRequest}. */
export const SendDataIndication = pdu(
  "MCS_SEND_DATA_INDICATION",
  "[T125] 11.33",
  sendData(DomainMcsPdu.sendDataIndication),
  { sentBy: "server" },
);
export type SendDataIndication = Infer<typeof SendDataIndication>;
