import type { Icon } from "./icon-cache.js";
import { noIconCache, type CachedIconInfo, type IconInfo } from "./pdu/icon-info.js";
import { sameValue } from "./same-value.js";
import type { WindowingClient } from "./windowing-client.js";

/**
 * The icons that the server knows to be in the client's caches, by place, those not used for the
 * longest time first. A place is `cacheId * numIconCacheEntries + cacheEntry`.
 */
export interface IconPlaces {
  readonly icons: ReadonlyMap<number, Icon>;
  readonly entries: number;
  readonly size: number;
}

/** However many places a client offers: each icon that is sent is compared with all that are there. */
const mostPlaces = 256;

/** The caches of a client, empty: the smaller of what it offered and of what a server keeps. */
export function iconPlaces({ numIconCaches, numIconCacheEntries }: WindowingClient): IconPlaces {
  const caches = Math.min(numIconCaches, noIconCache.cacheId);
  const entries = Math.min(numIconCacheEntries, noIconCache.cacheEntry);
  return { icons: new Map(), entries, size: Math.min(caches * entries, mostPlaces) };
}

/** An icon to be sent, or the place at which the client has it. */
export type IconToSend =
  | { readonly cached: CachedIconInfo; readonly icon?: undefined }
  | { readonly icon: IconInfo; readonly cached?: undefined };

/** How to send an icon, and what the client's caches have after that. */
export function placeIcon(places: IconPlaces, icon: Icon): { places: IconPlaces; send: IconToSend } {
  if (places.size === 0) return { places, send: { icon: { ...noIconCache, ...icon } } };
  const known = placeOf(places, icon);
  const place = known ?? freePlace(places);
  const icons = new Map(places.icons);
  icons.delete(place);
  icons.set(place, icon);
  const at = { cacheId: Math.floor(place / places.entries), cacheEntry: place % places.entries };
  return { places: { ...places, icons }, send: known === undefined ? { icon: { ...at, ...icon } } : { cached: at } };
}

function placeOf({ icons }: IconPlaces, icon: Icon): number | undefined {
  for (const [place, known] of icons) if (sameValue(known, icon)) return place;
  return undefined;
}

/** A place that was never used, or the one that was not used for the longest time. */
function freePlace({ icons, size }: IconPlaces): number {
  if (icons.size < size) return icons.size;
  for (const place of icons.keys()) return place;
  return 0;
}
