import { noIconCache, type CachedIconInfo, type IconInfo } from "./pdu/icon-info.js";

/** An icon that the model keeps: its bytes are copies. See `iconInfo` for their layout. */
export interface Icon {
  readonly bpp: number;
  readonly width: number;
  readonly height: number;
  readonly bitsMask: Uint8Array;
  readonly colorTable: Uint8Array | undefined;
  readonly bitsColor: Uint8Array;
}

/**
 * An icon and its place in the client's cache. `cacheId` 0xFF or `cacheEntry` 0xFFFF is no place.
 * `icon` is undefined if the server refers to a place where the model has none.
 */
export interface IconReference {
  readonly cacheId: number;
  readonly cacheEntry: number;
  readonly icon: Icon | undefined;
}

/** The icons of a window: for its title bar, for switching windows, on its taskbar button. */
export interface WindowIcons {
  readonly small?: IconReference | undefined;
  readonly big?: IconReference | undefined;
  readonly overlay?: IconReference | undefined;
}

/** Icons by their place. */
export type IconCache = ReadonlyMap<number, Icon>;

const placeOf = ({ cacheId, cacheEntry }: CachedIconInfo): number => cacheId * 0x1_0000 + cacheEntry;

/**
 * Takes an icon out of an order. It is added to a copy of the cache unless it is not to be cached
 * or the cache has `limit` icons already.
 */
export function takeIcon(
  cache: IconCache,
  info: IconInfo,
  limit: number,
): { cache: IconCache; reference: IconReference } {
  const icon: Icon = {
    bpp: info.bpp,
    width: info.width,
    height: info.height,
    bitsMask: info.bitsMask.slice(),
    colorTable: info.colorTable?.slice(),
    bitsColor: info.bitsColor.slice(),
  };
  const { cacheId, cacheEntry } = info;
  const reference = { cacheId, cacheEntry, icon };
  const place = placeOf(info);
  const uncached = cacheId === noIconCache.cacheId || cacheEntry === noIconCache.cacheEntry;
  if (uncached || (!cache.has(place) && cache.size >= limit)) return { cache, reference };
  return { cache: new Map(cache).set(place, icon), reference };
}

/** What a cached icon of an order refers to. */
export function findIcon(cache: IconCache, { cacheId, cacheEntry }: CachedIconInfo): IconReference {
  return { cacheId, cacheEntry, icon: cache.get(placeOf({ cacheId, cacheEntry })) };
}
