import { bytes, literal, pdu, reserved, rest, u8, type Infer } from "@railvail/wire";
import { tpktHeader } from "./tpkt.js";

/** Bytes of the TPKT header and the X.224 Data TPDU header together; the MCS PDU follows. */
export const dataTpduHeaderSize = 7;

/**
 * X.224 Data TPDU with its TPKT header: carries one MCS PDU. Sent by both sides.
 * The end-of-transmission byte is always 0x80 in RDP; nothing is segmented at this level.
 */
export const DataTpdu = pdu("X224_DATA", "[X224] 13.7", {
  ...tpktHeader,
  lengthIndicator: literal(u8, 2),
  code: literal(u8, 0xf0),
  endOfTransmission: reserved(u8, 0x80),
  data: bytes(rest),
});
export type DataTpdu = Infer<typeof DataTpdu>;
