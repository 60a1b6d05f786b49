import { flags, pdu, u32, type Infer } from "@railvail/wire";
import { railHeader, RailOrderType } from "./rail-header.js";

/**
 * Says that its sender is ready for the `rail` channel. The server sends it, or HandshakeEx,
 * first; the client answers with it.
 *
 * The length is lenient: xrdp 0.9 states 4 bytes and sends all 8.
 */
export const Handshake = pdu("TS_RAIL_ORDER_HANDSHAKE", "[MS-RDPERP] 2.2.2.2.1", {
  ...railHeader(RailOrderType.handshake, { lenient: true }),
  buildNumber: u32,
});
export type Handshake = Infer<typeof Handshake>;

/** What a server can do beyond the Handshake PDU, [MS-RDPERP] 2.2.2.2.3. */
export const RailHandshakeFlags = {
  hidef: 0x01,
  extendedSpiSupported: 0x02,
  snapArrangeSupported: 0x04,
  textScaleSupported: 0x08,
  caretBlinkSupported: 0x10,
  extendedSpi2Supported: 0x20,
  extendedSpi3Supported: 0x40,
} as const;

/** Stands for the server's Handshake if both sides can read it; the client answers with that. */
export const HandshakeEx = pdu(
  "TS_RAIL_ORDER_HANDSHAKE_EX",
  "[MS-RDPERP] 2.2.2.2.3",
  {
    ...railHeader(RailOrderType.handshakeEx),
    buildNumber: u32,
    railHandshakeFlags: flags(u32, RailHandshakeFlags),
  },
  { sentBy: "server" },
);
export type HandshakeEx = Infer<typeof HandshakeEx>;
