import { bytes, enumeration, fixed, flags, latin1, list, reserved, struct, u16, u32 } from "@railvail/wire";

export const OrderFlags = {
  NEGOTIATEORDERSUPPORT: 0x0002,
  ZEROBOUNDSDELTASSUPPORT: 0x0008,
  COLORINDEXSUPPORT: 0x0020,
  SOLIDPATTERNBRUSHONLY: 0x0040,
  ORDERFLAGS_EXTRA_FLAGS: 0x0080,
} as const;

export const OrderSupportExFlags = {
  ORDERFLAGS_EX_CACHE_BITMAP_REV3_SUPPORT: 0x0002,
  ORDERFLAGS_EX_ALTSEC_FRAME_MARKER_SUPPORT: 0x0004,
} as const;

/** Places in `orderSupport`; the byte there is 1 if the primary drawing order is understood. */
export const OrderSupportIndex = {
  dstBlt: 0,
  patBlt: 1,
  scrBlt: 2,
  memBlt: 3,
  mem3Blt: 4,
  drawNineGrid: 7,
  lineTo: 8,
  multiDrawNineGrid: 9,
  saveBitmap: 11,
  multiDstBlt: 15,
  multiPatBlt: 16,
  multiScrBlt: 17,
  multiOpaqueRect: 18,
  fastIndex: 19,
  polygonSc: 20,
  polygonCb: 21,
  polyline: 22,
  fastGlyph: 24,
  ellipseSc: 25,
  ellipseCb: 26,
  glyphIndex: 27,
} as const;

/**
 * TS_ORDER_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.1.3: which drawing orders are understood. Real servers
 * leave numbers in the pads A, B and C, which are kept; send 0.
 */
export const orderCapability = {
  terminalDescriptor: latin1(fixed(16), { nul: "padded" }),
  pad4OctetsA: u32,
  desktopSaveXGranularity: u16,
  desktopSaveYGranularity: u16,
  pad2OctetsA: reserved(u16),
  maximumOrderLevel: u16,
  numberFonts: u16,
  orderFlags: flags(u16, OrderFlags),
  orderSupport: bytes(fixed(32)),
  textFlags: u16,
  orderSupportExFlags: flags(u16, OrderSupportExFlags),
  pad4OctetsB: u32,
  desktopSaveSize: u32,
  pad2OctetsC: u16,
  pad2OctetsD: reserved(u16),
  textAnsiCodePage: u16,
  pad2OctetsE: reserved(u16),
};

/** TS_COLORTABLE_CAPABILITYSET, [MS-RDPEGDI] 2.2.1.1: how many colour tables are kept. */
export const colorCacheCapability = {
  colorTableCacheSize: u16,
  pad2Octets: reserved(u16),
};

/** TS_BRUSH_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.1.7. */
export const brushCapability = {
  brushSupportLevel: enumeration(u32, {
    BRUSH_DEFAULT: 0,
    BRUSH_COLOR_8x8: 1,
    BRUSH_COLOR_FULL: 2,
  }),
};

const cacheDefinition = { cacheEntries: u16, cacheMaximumCellSize: u16 };

/** TS_GLYPHCACHE_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.1.8: ten glyph caches and one of fragments. */
export const glyphCacheCapability = {
  glyphCache: list(struct(cacheDefinition), fixed(10)),
  fragCache: struct(cacheDefinition),
  glyphSupportLevel: enumeration(u16, {
    GLYPH_SUPPORT_NONE: 0,
    GLYPH_SUPPORT_PARTIAL: 1,
    GLYPH_SUPPORT_FULL: 2,
    GLYPH_SUPPORT_ENCODE: 3,
  }),
  pad2Octets: reserved(u16),
};

/** TS_DRAW_NINEGRID_CAPABILITYSET, [MS-RDPEGDI] 2.2.1.2; the size is in kilobytes. */
export const drawNineGridCapability = {
  drawNineGridSupportLevel: enumeration(u32, {
    DRAW_NINEGRID_NO_SUPPORT: 0,
    DRAW_NINEGRID_SUPPORTED: 1,
    DRAW_NINEGRID_SUPPORTED_REV2: 2,
  }),
  drawNineGridCacheSize: u16,
  drawNineGridCacheEntries: u16,
};

/** TS_DRAW_GDIPLUS_CAPABILITYSET, [MS-RDPEGDI] 2.2.1.3; chunk sizes are in bytes. */
export const drawGdiPlusCapability = {
  drawGdiPlusSupportLevel: enumeration(u32, {
    TS_DRAW_GDIPLUS_DEFAULT: 0,
    TS_DRAW_GDIPLUS_SUPPORTED: 1,
  }),
  gdipVersion: u32,
  drawGdiPlusCacheLevel: enumeration(u32, {
    TS_DRAW_GDIPLUS_CACHE_LEVEL_DEFAULT: 0,
    TS_DRAW_GDIPLUS_CACHE_LEVEL_ONE: 1,
  }),
  gdipCacheEntries: struct({
    gdipGraphicsCacheEntries: u16,
    gdipBrushCacheEntries: u16,
    gdipPenCacheEntries: u16,
    gdipImageCacheEntries: u16,
    gdipImageAttributesCacheEntries: u16,
  }),
  gdipCacheChunkSize: struct({
    gdipGraphicsCacheChunkSize: u16,
    gdipObjectBrushCacheChunkSize: u16,
    gdipObjectPenCacheChunkSize: u16,
    gdipObjectImageAttributesCacheChunkSize: u16,
  }),
  gdipImageCacheProperties: struct({
    gdipObjectImageCacheChunkSize: u16,
    gdipObjectImageCacheTotalSize: u16,
    gdipObjectImageCacheMaxSize: u16,
  }),
};
