import { bytes, enumeration, equals, length, sized, u16, u8, when, type ValueOf } from "@railvail/wire";

/** Bits of a pixel in an icon, [MS-RDPERP] 2.2.1.2.3; 16 is RGB 555, 32 is BGRA. */
export const IconDepth = { bpp1: 1, bpp4: 4, bpp8: 8, bpp16: 16, bpp24: 24, bpp32: 32 } as const;

/** What stands in `cacheId` and `cacheEntry` of an icon that is not to be cached. */
export const noIconCache = { cacheId: 0xff, cacheEntry: 0xffff } as const;

/**
 * Depths with a color table. The specification has 1, 4 and 8; servers that know a depth of 2
 * write a table for it too.
 */
const hasColorTable = equals("bpp", 1, 2, 4, 8);

/** Which icon it is and what it is like. */
const iconHead = { cacheEntry: u16, cacheId: u8, bpp: enumeration(u8, IconDepth), width: u16, height: u16 };

/**
 * TS_ICON_INFO, [MS-RDPERP] 2.2.1.2.3: two bitmaps, lowest row first, rows padded to 4 bytes. The
 * mask has one bit a pixel. Byte runs are views of the input.
 */
export const iconInfo = {
  ...iconHead,
  cbColorTable: when(hasColorTable, length(u16)),
  cbBitsMask: length(u16),
  cbBitsColor: length(u16),
  bitsMask: bytes(sized("cbBitsMask")),
  colorTable: when(hasColorTable, bytes(sized("cbColorTable"))),
  bitsColor: bytes(sized("cbBitsColor")),
};
export type IconInfo = ValueOf<typeof iconInfo>;

/**
 * An icon of 8 bits or less without the table it should have, nor its length, as xrdp sends those of
 * 8 bits. Read as one with a table it states more bytes than there are, so it is never misread.
 */
export const iconInfoWithoutColorTable = {
  ...iconHead,
  cbBitsMask: length(u16),
  cbBitsColor: length(u16),
  bitsMask: bytes(sized("cbBitsMask")),
  bitsColor: bytes(sized("cbBitsColor")),
};

/** TS_CACHED_ICON_INFO, [MS-RDPERP] 2.2.1.2.4: an icon that was sent before. */
export const cachedIconInfo = { cacheEntry: u16, cacheId: u8 };
export type CachedIconInfo = ValueOf<typeof cachedIconInfo>;
