import {
  bytes,
  enumeration,
  length,
  optional,
  pdu,
  reserved,
  sized,
  struct,
  tag,
  u16,
  u32,
  u8,
  union,
  type Infer,
} from "@railvail/wire";
import { PduType2, shareDataHeader } from "./share-header.js";

const point = struct({ xPos: u16, yPos: u16 });

/** TS_POINTERPOSATTRIBUTE, [MS-RDPBCGR] 2.2.9.1.1.4.2, in pixels of the desktop. */
const position = { xPos: u16, yPos: u16 };

/** TS_COLORPOINTERATTRIBUTE, [MS-RDPBCGR] 2.2.9.1.1.4.4; masks are bottom row first. */
const colorPointer = {
  cacheIndex: u16,
  hotSpot: point,
  width: u16,
  height: u16,
  lengthAndMask: length(u16),
  lengthXorMask: length(u16),
  xorMaskData: bytes(sized("lengthXorMask")),
  andMaskData: bytes(sized("lengthAndMask")),
  pad: optional(u8),
};

/** TS_POINTERATTRIBUTE, [MS-RDPBCGR] 2.2.9.1.1.4.5. */
const newPointer = { xorBpp: u16, ...colorPointer };

/** TS_CACHEDPOINTERATTRIBUTE, [MS-RDPBCGR] 2.2.9.1.1.4.6. */
const cachedPointer = { cacheIndex: u16 };

/** Pointer position. Like the others here: the body of a fast-path update. Server to client. */
export const PointerPosition = pdu("TS_POINTERPOSATTRIBUTE", "[MS-RDPBCGR] 2.2.9.1.1.4.2", position, {
  sentBy: "server",
});
export type PointerPosition = Infer<typeof PointerPosition>;

/** A pointer of 24 bits per pixel, put into the cache and shown. */
export const ColorPointer = pdu("TS_COLORPOINTERATTRIBUTE", "[MS-RDPBCGR] 2.2.9.1.1.4.4", colorPointer, {
  sentBy: "server",
});
export type ColorPointer = Infer<typeof ColorPointer>;

/** A pointer of any depth, put into the cache and shown. */
export const NewPointer = pdu("TS_POINTERATTRIBUTE", "[MS-RDPBCGR] 2.2.9.1.1.4.5", newPointer, {
  sentBy: "server",
});
export type NewPointer = Infer<typeof NewPointer>;

/** Shows a pointer of the cache. */
export const CachedPointer = pdu("TS_CACHEDPOINTERATTRIBUTE", "[MS-RDPBCGR] 2.2.9.1.1.4.6", cachedPointer, {
  sentBy: "server",
});
export type CachedPointer = Infer<typeof CachedPointer>;

/** A pointer of up to 384 by 384 pixels; fast path only. This is the one WSLg sends. */
export const LargePointer = pdu(
  "TS_FP_LARGEPOINTERATTRIBUTE",
  "[MS-RDPBCGR] 2.2.9.1.2.1.11",
  {
    xorBpp: u16,
    cacheIndex: u16,
    hotSpot: point,
    width: u16,
    height: u16,
    lengthAndMask: length(u32),
    lengthXorMask: length(u32),
    xorMaskData: bytes(sized("lengthXorMask")),
    andMaskData: bytes(sized("lengthAndMask")),
    pad: optional(u8),
  },
  { sentBy: "server" },
);
export type LargePointer = Infer<typeof LargePointer>;

/** `messageType` of a slow-path Pointer PDU, [MS-RDPBCGR] 2.2.9.1.1.4. */
export const PointerMessageType = {
  system: 1,
  position: 3,
  color: 6,
  cached: 7,
  pointer: 8,
} as const;

export const SystemPointerType = { SYSPTR_NULL: 0, SYSPTR_DEFAULT: 0x7f00 } as const;

/** Slow-path pointer update. Server to client. */
export const PointerUpdate = pdu(
  "TS_POINTER_PDU",
  "[MS-RDPBCGR] 2.2.9.1.1.4",
  {
    ...shareDataHeader(PduType2.pointer),
    messageType: tag(u16),
    pad2Octets: reserved(u16),
    pointerAttributeData: union("messageType", {
      system: [PointerMessageType.system, { systemPointerType: enumeration(u32, SystemPointerType) }],
      position: [PointerMessageType.position, position],
      color: [PointerMessageType.color, colorPointer],
      cached: [PointerMessageType.cached, cachedPointer],
      pointer: [PointerMessageType.pointer, newPointer],
    }),
  },
  { sentBy: "server" },
);
export type PointerUpdate = Infer<typeof PointerUpdate>;
