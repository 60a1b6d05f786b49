import {
  bits,
  byteLength,
  bytes,
  carrier,
  enumeration,
  flags,
  literal,
  pdu,
  reserved,
  rest,
  u16,
  u32,
  u8,
  type Infer,
} from "@railvail/wire";

/** The low four bits of `pduType`, [MS-RDPBCGR] 2.2.8.1.1.1.1. */
export const PduType = {
  demandActive: 1,
  confirmActive: 3,
  deactivateAll: 6,
  data: 7,
  serverRedirection: 10,
} as const;

/** `pduType2` of a Data PDU, [MS-RDPBCGR] 2.2.8.1.1.1.2; 56 is of [MS-RDPRFX] 2.2.3.1. */
export const PduType2 = {
  update: 2,
  control: 20,
  pointer: 27,
  input: 28,
  synchronize: 31,
  refreshRect: 33,
  playSound: 34,
  suppressOutput: 35,
  shutdownRequest: 36,
  shutdownDenied: 37,
  saveSessionInfo: 38,
  fontList: 39,
  fontMap: 40,
  setKeyboardIndicators: 41,
  bitmapCachePersistentList: 43,
  bitmapCacheError: 44,
  setKeyboardImeStatus: 45,
  offscreenCacheError: 46,
  setErrorInfo: 47,
  drawNineGridError: 48,
  drawGdiPlusError: 49,
  autoReconnectStatus: 50,
  statusInfo: 54,
  monitorLayout: 55,
  frameAcknowledge: 56,
} as const;

/** Which stream a Data PDU belongs to; most peers state low or undefined. */
export const StreamId = { undefined: 0, low: 1, medium: 2, high: 4 } as const;

/**
 * Bits of `compressedType`. The low four bits are a number, 0 to 3: 8K, 64K, NCRUSH, XCRUSH. With
 * `compressed` set, what follows the header must be decompressed before it can be decoded.
 */
export const CompressedType = {
  type64K: 0x01,
  typeRdp6: 0x02,
  compressed: 0x20,
  atFront: 0x40,
  flushed: 0x80,
} as const;

/**
 * TS_SHARECONTROLHEADER without its last field, `pduSource`, which old servers leave out of a
 * Deactivate All. Peers state wrong lengths (0, or the length of a body that is missing), so the
 * length is compared with what is there and does not bound it.
 */
export const shareControlStart = (pduType: number) => ({
  totalLength: byteLength(u16, { lenient: true }),
  pduType: carrier(u16),
  pduKind: literal(bits("pduType", 0, 4), pduType),
  versionLow: reserved(bits("pduType", 4, 4), 1),
  versionHigh: reserved(bits("pduType", 8, 8), 0),
});

/** TS_SHARECONTROLHEADER, [MS-RDPBCGR] 2.2.8.1.1.1.1. `pduSource` is the sender's channel id. */
export const shareControlHeader = (pduType: number) => ({
  ...shareControlStart(pduType),
  pduSource: u16,
});

const shareDataStart = {
  ...shareControlHeader(PduType.data),
  shareId: u32,
  pad1: reserved(u8),
  streamId: enumeration(u8, StreamId),
  /** Peers count it from different places; it is of use only for buffers. In bytes. */
  uncompressedLength: u16,
};
const shareDataEnd = {
  compressedType: flags(u8, CompressedType),
  /** 0 when nothing is compressed; some servers state a length all the same. In bytes. */
  compressedLength: u16,
};

/** TS_SHAREDATAHEADER, [MS-RDPBCGR] 2.2.8.1.1.1.2, 18 bytes with the share control header. */
export const shareDataHeader = (pduType2: number) => ({
  ...shareDataStart,
  pduType2: literal(u8, pduType2),
  ...shareDataEnd,
});

/** Bytes of the share control header with `pduSource`. */
export const shareControlHeaderSize = 6;
/** Bytes of the share data header with the share control header. */
export const shareDataHeaderSize = 18;

/** Any Data PDU, its body as bytes: for compressed bodies and for unknown `pduType2`. */
export const ShareData = pdu("TS_SHAREDATAHEADER", "[MS-RDPBCGR] 2.2.8.1.1.1.2", {
  ...shareDataStart,
  pduType2: enumeration(u8, PduType2),
  ...shareDataEnd,
  data: bytes(rest),
});
export type ShareData = Infer<typeof ShareData>;

/** Any share PDU, its body as bytes: for unknown `pduType`. */
export const ShareControl = pdu("TS_SHARECONTROLHEADER", "[MS-RDPBCGR] 2.2.8.1.1.1.1", {
  totalLength: byteLength(u16, { lenient: true }),
  pduType: carrier(u16),
  pduKind: enumeration(bits("pduType", 0, 4), PduType),
  pduVersion: bits("pduType", 4, 12),
  data: bytes(rest),
});
export type ShareControl = Infer<typeof ShareControl>;

/** The marker that stands in the place of a length in a Flow PDU. */
export const flowMarker = 0x8000;

/**
 * Flow PDU: flow control of T.128, to be ignored. It stands where a share PDU would and starts
 * with a marker in the place of the length. T.128 has the pad before the type; what is sent, and
 * what other receivers read, has the type first.
 */
export const FlowPdu = pdu("FlowPDU", "[T128] 8.5", {
  marker: literal(u16, flowMarker),
  pduTypeFlow: u8,
  pad8bits: reserved(u8),
  flowIdentifier: u8,
  flowNumber: u8,
  pduSource: u16,
});
export type FlowPdu = Infer<typeof FlowPdu>;
