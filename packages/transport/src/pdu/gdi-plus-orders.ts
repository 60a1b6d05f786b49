import {
  bytes,
  enumeration,
  flags,
  length,
  literal,
  pdu,
  prefixed,
  reserved,
  sized,
  u16,
  u32,
  u8,
  type Infer,
} from "@railvail/wire";
import { AltsecOrderType } from "./altsec-orders.js";

const server = { sentBy: "server" } as const;
const header = (orderType: number) => ({
  controlFlags: literal(u8, (orderType << 2) | 2),
  pad1Octet: reserved(u8),
});

/** `cbSize` is hidden: the bytes of this batch. The totals are in bytes, over all batches. */
const batchWithTotals = {
  cbSize: length(u16),
  cbTotalSize: u32,
  cbTotalEmfSize: u32,
  emfRecords: bytes(sized("cbSize")),
};

/** First batch of EMF+ records. */
export const GdiPlusFirstOrder = pdu(
  "DRAW_GDIPLUS_FIRST_ORDER",
  "[MS-RDPEGDI] 2.2.2.2.1.3.6.5",
  {
    ...header(AltsecOrderType.gdiPlusFirst),
    ...batchWithTotals,
  },
  server,
);
export type GdiPlusFirstOrder = Infer<typeof GdiPlusFirstOrder>;

/** Another batch of EMF+ records. */
export const GdiPlusNextOrder = pdu(
  "DRAW_GDIPLUS_NEXT_ORDER",
  "[MS-RDPEGDI] 2.2.2.2.1.3.6.6",
  {
    ...header(AltsecOrderType.gdiPlusNext),
    emfRecords: bytes(prefixed(u16)),
  },
  server,
);
export type GdiPlusNextOrder = Infer<typeof GdiPlusNextOrder>;

/** Last batch of EMF+ records. */
export const GdiPlusEndOrder = pdu(
  "DRAW_GDIPLUS_END_ORDER",
  "[MS-RDPEGDI] 2.2.2.2.1.3.6.7",
  {
    ...header(AltsecOrderType.gdiPlusEnd),
    ...batchWithTotals,
  },
  server,
);
export type GdiPlusEndOrder = Infer<typeof GdiPlusEndOrder>;

/** `cacheType` of the orders that fill the GDI+ caches, [MS-RDPEGDI] 2.2.2.2.1.3.6.1.1. */
export const GdiPlusCacheType = {
  GDIP_CACHE_GRAPHICS_DATA: 1,
  GDIP_CACHE_OBJECT_BRUSH: 2,
  GDIP_CACHE_OBJECT_PEN: 3,
  GDIP_CACHE_OBJECT_IMAGE: 4,
  GDIP_CACHE_OBJECT_IMAGEATTRIBUTES: 5,
} as const;

const cacheHeader = (orderType: number) => ({
  controlFlags: literal(u8, (orderType << 2) | 2),
  flags: flags(u8, { GDIP_REMOVE_CACHEENTRY: 1 }),
  cacheType: enumeration(u16, GdiPlusCacheType),
  cacheIndex: u16,
});
const cacheBatchWithTotal = {
  cbSize: length(u16),
  cbTotalSize: u32,
  emfRecords: bytes(sized("cbSize")),
};

/** First batch of EMF+ records to be kept in a cache. */
export const GdiPlusCacheFirstOrder = pdu(
  "DRAW_GDIPLUS_CACHE_FIRST_ORDER",
  "[MS-RDPEGDI] 2.2.2.2.1.3.6.2",
  {
    ...cacheHeader(AltsecOrderType.gdiPlusCacheFirst),
    ...cacheBatchWithTotal,
  },
  server,
);
export type GdiPlusCacheFirstOrder = Infer<typeof GdiPlusCacheFirstOrder>;

/** Another batch of EMF+ records to be kept in a cache. */
export const GdiPlusCacheNextOrder = pdu(
  "DRAW_GDIPLUS_CACHE_NEXT_ORDER",
  "[MS-RDPEGDI] 2.2.2.2.1.3.6.3",
  {
    ...cacheHeader(AltsecOrderType.gdiPlusCacheNext),
    emfRecords: bytes(prefixed(u16)),
  },
  server,
);
export type GdiPlusCacheNextOrder = Infer<typeof GdiPlusCacheNextOrder>;

/** Last batch of EMF+ records to be kept in a cache. */
export const GdiPlusCacheEndOrder = pdu(
  "DRAW_GDIPLUS_CACHE_END_ORDER",
  "[MS-RDPEGDI] 2.2.2.2.1.3.6.4",
  {
    ...cacheHeader(AltsecOrderType.gdiPlusCacheEnd),
    ...cacheBatchWithTotal,
  },
  server,
);
export type GdiPlusCacheEndOrder = Infer<typeof GdiPlusCacheEndOrder>;
