import { bits, bytes, pdu, rest, selectedBy, selector, type Infer } from "@railvail/wire";
import { channelHeader, DynamicCommand, spare } from "./drdynvc-header.js";

const first = (command: number) => ({
  ...channelHeader(command, { len: selector(bits("header", 2, 2)) }),
  length: selectedBy("len"),
  data: bytes(rest),
});

/**
 * The first part of a message that does not fit one PDU. `length` is the size of the whole
 * message in bytes. Sent by both sides.
 */
export const DataFirst = pdu("DYNVC_DATA_FIRST", "[MS-RDPEDYC] 2.2.3.1", first(DynamicCommand.dataFirst));
export type DataFirst = Infer<typeof DataFirst>;

/** A whole message, or a further part of the one that {@link DataFirst} began. Both sides. */
export const Data = pdu("DYNVC_DATA", "[MS-RDPEDYC] 2.2.3.2", {
  ...channelHeader(DynamicCommand.data, spare),
  data: bytes(rest),
});
export type Data = Infer<typeof Data>;

/**
 * The compressed first part of a message; `length` is the uncompressed size of the whole message
 * and `data` an RDP_SEGMENTED_DATA structure. Version 3. Sent by both sides.
 */
export const DataFirstCompressed = pdu(
  "DYNVC_DATA_FIRST_COMPRESSED",
  "[MS-RDPEDYC] 2.2.3.3",
  first(DynamicCommand.dataFirstCompressed),
);
export type DataFirstCompressed = Infer<typeof DataFirstCompressed>;

/** A compressed message or further part: an RDP_SEGMENTED_DATA structure. Version 3. Both sides. */
export const DataCompressed = pdu("DYNVC_DATA_COMPRESSED", "[MS-RDPEDYC] 2.2.3.4", {
  ...channelHeader(DynamicCommand.dataCompressed, spare),
  data: bytes(rest),
});
export type DataCompressed = Infer<typeof DataCompressed>;
