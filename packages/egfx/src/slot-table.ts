/** A bitmap in the cache; width and height are 0 if they are not known, as for one of an earlier session. */
export interface CachedBitmap {
  readonly width: number;
  readonly height: number;
  readonly pixels: number;
}

/**
 * Which bitmaps are in which slots of the cache. Slots lie in pages, so that a change copies one page and the
 * list of pages, and not 25,600 slots.
 */
export interface SlotTable {
  readonly count: number;
  /** Of all bitmaps together. */
  readonly pixels: number;
  readonly pages: readonly (readonly (CachedBitmap | undefined)[] | undefined)[];
}

export const noSlots: SlotTable = { count: 0, pixels: 0, pages: [] };

const pageSize = 128;

export const cachedBitmap = (table: SlotTable, slot: number): CachedBitmap | undefined =>
  table.pages[Math.floor(slot / pageSize)]?.[slot % pageSize];

/** The table with another bitmap in a slot, or with none. */
export function withSlot(table: SlotTable, slot: number, bitmap: CachedBitmap | undefined): SlotTable {
  const number = Math.floor(slot / pageSize);
  const old = table.pages[number];
  const page = old === undefined ? new Array<CachedBitmap | undefined>(pageSize).fill(undefined) : [...old];
  const before = page[slot % pageSize];
  page[slot % pageSize] = bitmap;
  const pages = [...table.pages];
  while (pages.length < number) pages.push(undefined);
  pages[number] = page;
  return {
    count: table.count + (bitmap === undefined ? 0 : 1) - (before === undefined ? 0 : 1),
    pixels: table.pixels + (bitmap?.pixels ?? 0) - (before?.pixels ?? 0),
    pages,
  };
}

/** The lowest slot from 1 to `last` in which nothing is; undefined if there is none. */
export function emptySlot(table: SlotTable, last: number): number | undefined {
  if (table.count >= last) return undefined;
  for (let slot = 1; slot <= last; slot++) {
    // A page that is not there is empty.
    if (cachedBitmap(table, slot) === undefined) return slot;
  }
  return undefined;
}
