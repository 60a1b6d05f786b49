import { bits, carrier, enumeration, fixed, flags, list, pad, reserved, struct, u16, u32, u8 } from "@railvail/wire";

export const DrawingFlags = {
  DRAW_ALLOW_DYNAMIC_COLOR_FIDELITY: 0x02,
  DRAW_ALLOW_COLOR_SUBSAMPLING: 0x04,
  DRAW_ALLOW_SKIP_ALPHA: 0x08,
  DRAW_UNUSED_FLAG: 0x10,
} as const;

/** TS_BITMAP_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.1.2: depth and size of the desktop in pixels. */
export const bitmapCapability = {
  preferredBitsPerPixel: u16,
  receive1BitPerPixel: u16,
  receive4BitsPerPixel: u16,
  receive8BitsPerPixel: u16,
  desktopWidth: u16,
  desktopHeight: u16,
  pad2Octets: reserved(u16),
  desktopResizeFlag: u16,
  bitmapCompressionFlag: u16,
  highColorFlags: u8,
  drawingFlags: flags(u8, DrawingFlags),
  multipleRectangleSupport: u16,
  pad2OctetsB: reserved(u16),
};

/**
 * TS_BITMAPCACHE_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.1.4.1: three caches in memory;
 * `maximumCellSize` is in bytes.
 */
export const bitmapCacheCapability = {
  pad1: pad(24),
  caches: list(struct({ cacheEntries: u16, cacheMaximumCellSize: u16 }), fixed(3)),
};

/** TS_BITMAPCACHE_CAPABILITYSET_REV2, [MS-RDPBCGR] 2.2.7.1.4.2: five caches, some on disk. */
export const bitmapCacheRev2Capability = {
  cacheFlags: flags(u16, { PERSISTENT_KEYS_EXPECTED_FLAG: 1, ALLOW_CACHE_WAITING_LIST_FLAG: 2 }),
  pad2: reserved(u8),
  numCellCaches: u8,
  cellInfos: list(
    struct({
      cellInfo: carrier(u32),
      numEntries: bits("cellInfo", 0, 31),
      /** 1 if the cache is kept on disk. */
      persistent: bits("cellInfo", 31, 1),
    }),
    fixed(5),
  ),
  pad3: pad(12),
};

/** TS_BITMAPCACHE_HOSTSUPPORT_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.2.1: the server has revision 2. */
export const bitmapCacheHostSupportCapability = {
  cacheVersion: enumeration(u8, { TS_BITMAPCACHE_REV2: 1 }),
  pad1: reserved(u8),
  pad2: reserved(u16),
};

/** TS_OFFSCREEN_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.1.9; the size is in kilobytes. */
export const offscreenCapability = {
  offscreenSupportLevel: enumeration(u32, { FALSE: 0, TRUE: 1 }),
  offscreenCacheSize: u16,
  offscreenCacheEntries: u16,
};
