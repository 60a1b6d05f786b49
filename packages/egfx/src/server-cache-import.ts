import { egfxSend, egfxViolation } from "./egfx-machine.js";
import { cacheImportLimit, type OfferedBitmap } from "./pdu/bitmap-cache.js";
import type { EgfxServerOutput, EgfxServerState } from "./server-state.js";
import type { Commanded } from "./server-surfaces.js";
import { cachedBitmap, withSlot } from "./slot-table.js";

type State = EgfxServerState;
type Outputs = EgfxServerOutput[];

/**
 * Puts the first of the offered bitmaps, as many as there are slots, into these slots. The server knows their
 * keys and not their widths: see `cacheOffered`. [MS-RDPEGFX] 3.2.5.17.
 */
export interface ReplyCacheImportCommand {
  readonly type: "replyCacheImport";
  readonly cacheSlots: readonly number[];
}

const reply = (cacheSlots: readonly number[]): EgfxServerOutput =>
  egfxSend({ message: "cacheImportReply", value: { cacheSlots: [...cacheSlots] } });

export function offered(state: State, offer: readonly OfferedBitmap[], outputs: Outputs): State {
  if (offer.length >= cacheImportLimit) outputs.push(egfxViolation("peer", "offer-too-long"));
  if (state.options.cacheImport === "none") {
    outputs.push(reply([]));
    return state;
  }
  if (state.offered !== undefined) outputs.push(egfxViolation("peer", "offer-again"));
  const entries = offer.slice(0, cacheImportLimit - 1);
  outputs.push({ type: "cacheOffered", entries });
  return { ...state, offered: entries };
}

export function replyCacheImport(state: State, { cacheSlots }: ReplyCacheImportCommand, outputs: Outputs): Commanded {
  const { offered: entries, capability, options } = state;
  if (entries === undefined || capability === undefined) return "no-offer";
  if (cacheSlots.length > entries.length) return "reply-too-long";
  let { cache } = state.graphics;
  for (const [index, slot] of cacheSlots.entries()) {
    if (!(slot >= 1 && slot <= capability.cacheSlots)) return "slot-range";
    if (cachedBitmap(cache, slot) !== undefined) return "slot-in-use";
    const pixels = Math.ceil((entries[index]?.bitmapLength ?? 0) / 4);
    cache = withSlot(cache, slot, { width: 0, height: 0, pixels });
  }
  if (cache.pixels * 4 > capability.cacheBytes) return "cache-full";
  if (state.graphics.surfacePixels + cache.pixels > options.maxPixels) return "too-many-pixels";
  outputs.push(reply(cacheSlots));
  return { ...state, offered: undefined, graphics: { ...state.graphics, cache } };
}
