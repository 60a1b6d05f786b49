import { bytes, enumeration, flag, flags, pdu, rest, u8, when, type Infer } from "@railvail/wire";

/** `orderType` of a primary order, [MS-RDPEGDI] 2.2.2.2.1.1.2. */
export const PrimaryOrderType = {
  dstBlt: 0x00,
  patBlt: 0x01,
  scrBlt: 0x02,
  drawNineGrid: 0x07,
  multiDrawNineGrid: 0x08,
  lineTo: 0x09,
  opaqueRect: 0x0a,
  saveBitmap: 0x0b,
  memBlt: 0x0d,
  mem3Blt: 0x0e,
  multiDstBlt: 0x0f,
  multiPatBlt: 0x10,
  multiScrBlt: 0x11,
  multiOpaqueRect: 0x12,
  fastIndex: 0x13,
  polygonSC: 0x14,
  polygonCB: 0x15,
  polyline: 0x16,
  fastGlyph: 0x18,
  ellipseSC: 0x19,
  ellipseCB: 0x1a,
  glyphIndex: 0x1b,
} as const;

/** What the control byte of a primary order says, [MS-RDPEGDI] 2.2.2.2.1.1.2. */
export const PrimaryOrderFlags = {
  /** The class of all primary orders; TS_SECONDARY, 0x02, would make another class of it. */
  TS_STANDARD: 0x01,
  /** The order is clipped to the bounding rectangle. */
  TS_BOUNDS: 0x04,
  /** The type is stated; without it, it is that of the primary order before. */
  TS_TYPE_CHANGE: 0x08,
  /** Coordinates have one byte and are differences from those of the last order of the type. */
  TS_DELTA_COORDINATES: 0x10,
  /** With `TS_BOUNDS`: the bounding rectangle is the one before and not sent. */
  TS_ZERO_BOUNDS_DELTAS: 0x20,
  /** Low and high bit of how many of the last bytes of the field flags are zero and not sent. */
  TS_ZERO_FIELD_BYTE_BIT0: 0x40,
  TS_ZERO_FIELD_BYTE_BIT1: 0x80,
} as const;

/**
 * Any primary order. Server to client. How many bytes of flags stand in `encodedFields`, and what
 * fields follow, depends on the orders before: `PrimaryOrders` reads them.
 */
export const PrimaryOrder = pdu(
  "PRIMARY_DRAWING_ORDER",
  "[MS-RDPEGDI] 2.2.2.2.1.1.2",
  {
    controlFlags: flags(u8, PrimaryOrderFlags, { always: PrimaryOrderFlags.TS_STANDARD }),
    orderType: when(flag("controlFlags", PrimaryOrderFlags.TS_TYPE_CHANGE), enumeration(u8, PrimaryOrderType)),
    encodedFields: bytes(rest),
  },
  { sentBy: "server" },
);
export type PrimaryOrder = Infer<typeof PrimaryOrder>;
