import { count, counted, list, pdu, struct, u16, u32, u64, type Infer } from "@railvail/wire";
import { point16, rect16 } from "./geometry.js";
import { CommandId, commandHeader } from "./header.js";

/** Slots of the bitmap cache are numbered from 1, [MS-RDPEGFX] 3.3.1.4. */
export const CacheSlots = { largest: 25_600, largestSmallCache: 4_096 } as const;

/** A cache import offer holds fewer entries than this, [MS-RDPEGFX] 2.2.2.16. */
export const cacheImportLimit = 5_462;

/** Stores a rectangle of a surface in a cache slot under a key. Server to client. */
export const SurfaceToCache = pdu(
  "RDPGFX_SURFACE_TO_CACHE_PDU",
  "[MS-RDPEGFX] 2.2.2.6",
  {
    ...commandHeader(CommandId.surfaceToCache),
    surfaceId: u16,
    cacheKey: u64,
    cacheSlot: u16,
    rectSrc: rect16,
  },
  { sentBy: "server" },
);
export type SurfaceToCache = Infer<typeof SurfaceToCache>;

/** Copies the bitmap of a cache slot to points of a surface. Server to client. */
export const CacheToSurface = pdu(
  "RDPGFX_CACHE_TO_SURFACE_PDU",
  "[MS-RDPEGFX] 2.2.2.7",
  {
    ...commandHeader(CommandId.cacheToSurface),
    cacheSlot: u16,
    surfaceId: u16,
    destPtsCount: count(u16),
    destPts: list(point16, counted("destPtsCount")),
  },
  { sentBy: "server" },
);
export type CacheToSurface = Infer<typeof CacheToSurface>;

/** Empties a cache slot. Server to client. */
export const EvictCacheEntry = pdu(
  "RDPGFX_EVICT_CACHE_ENTRY_PDU",
  "[MS-RDPEGFX] 2.2.2.8",
  { ...commandHeader(CommandId.evictCacheEntry), cacheSlot: u16 },
  { sentBy: "server" },
);
export type EvictCacheEntry = Infer<typeof EvictCacheEntry>;

/**
 * Offers bitmaps of a cache that outlived an earlier session; `bitmapLength` is in bytes
 * (RDPGFX_CACHE_ENTRY_METADATA, 2.2.2.16.1). Client to server.
 */
export const CacheImportOffer = pdu(
  "RDPGFX_CACHE_IMPORT_OFFER_PDU",
  "[MS-RDPEGFX] 2.2.2.16",
  {
    ...commandHeader(CommandId.cacheImportOffer),
    cacheEntriesCount: count(u16),
    cacheEntries: list(struct({ cacheKey: u64, bitmapLength: u32 }), counted("cacheEntriesCount")),
  },
  { sentBy: "client" },
);
export type CacheImportOffer = Infer<typeof CacheImportOffer>;

/** An entry of an offer; `bitmapLength` is in bytes. */
export type OfferedBitmap = CacheImportOffer["cacheEntries"][number];

/** Assigns slots to the first entries of the offer, in its order. Server to client. */
export const CacheImportReply = pdu(
  "RDPGFX_CACHE_IMPORT_REPLY_PDU",
  "[MS-RDPEGFX] 2.2.2.17",
  {
    ...commandHeader(CommandId.cacheImportReply),
    importedEntriesCount: count(u16),
    cacheSlots: list(u16, counted("importedEntriesCount")),
  },
  { sentBy: "server" },
);
export type CacheImportReply = Infer<typeof CacheImportReply>;
