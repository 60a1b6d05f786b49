import { byteLength, bytes, enumeration, i16, literal, pdu, rest, u16, u8, type Infer } from "@railvail/wire";

/** `orderType` of a secondary order, [MS-RDPEGDI] 2.2.2.2.1.2.1.1. */
export const SecondaryOrderType = {
  cacheBitmapUncompressed: 0x00,
  cacheColorTable: 0x01,
  cacheBitmapCompressed: 0x02,
  cacheGlyph: 0x03,
  cacheBitmapUncompressedRev2: 0x04,
  cacheBitmapCompressedRev2: 0x05,
  cacheBrush: 0x07,
  cacheBitmapCompressedRev3: 0x08,
} as const;

/** What the stated length of a secondary order is short of, for historical reasons. */
export const secondaryOrderLengthBias = 13;

/** Any secondary order: something for one of the client's caches, its body as bytes. */
export const SecondaryOrder = pdu(
  "SECONDARY_DRAWING_ORDER_HEADER",
  "[MS-RDPEGDI] 2.2.2.2.1.2.1.1",
  {
    controlFlags: literal(u8, 0x03),
    orderLength: byteLength(i16, { bias: -secondaryOrderLengthBias }),
    extraFlags: u16,
    orderType: enumeration(u8, SecondaryOrderType),
    data: bytes(rest),
  },
  { sentBy: "server" },
);
export type SecondaryOrder = Infer<typeof SecondaryOrder>;
