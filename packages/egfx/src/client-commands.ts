import type { EgfxClientOutput, EgfxClientState } from "./client-state.js";
import { cleared, refusePeer } from "./client-surfaces.js";
import { egfxSend, egfxViolation, type EgfxRule } from "./egfx-machine.js";
import { cacheImportLimit, type OfferedBitmap } from "./pdu/bitmap-cache.js";
import { QueueDepth, type QoeFrameAcknowledge } from "./pdu/frame.js";
import { cachedBitmap, withSlot } from "./slot-table.js";

type State = EgfxClientState;
type Outputs = EgfxClientOutput[];

export type EgfxClientCommand =
  /** How many bytes wait to be drawn: the next acknowledgements say so. 0: not known. */
  | { readonly type: "setQueueDepth"; readonly queueDepth: number }
  /** The next frame is acknowledged, and none after it: the server shall not wait. */
  | { readonly type: "suspendAcknowledgements" }
  /** Frames are acknowledged again. */
  | { readonly type: "resumeAcknowledgements" }
  /** How long a frame took, after its acknowledgement; {@link QoeFrameAcknowledge} says what the fields mean. */
  | ({ readonly type: "reportQuality" } & QoeFrameAcknowledge)
  /** Offers bitmaps of an earlier session: see `cacheImported`. At most 5461, the best first. */
  | { readonly type: "offerCache"; readonly entries: readonly OfferedBitmap[] }
  /** Forgets all there is, and begins with the capabilities again. */
  | { readonly type: "restart" };

export function commanded(state: State, command: EgfxClientCommand, outputs: Outputs): State {
  const refuse = (rule: EgfxRule): State => {
    outputs.push(egfxViolation("local", rule));
    return state;
  };
  const isReady = state.phase === "ready";
  switch (command.type) {
    case "setQueueDepth": {
      const { queueDepth } = command;
      if (!(queueDepth >= 0 && queueDepth < QueueDepth.suspendFrameAcknowledgement)) return refuse("queue-depth");
      return { ...state, queueDepth };
    }
    case "suspendAcknowledgements":
      return state.acknowledgements === "sent" ? { ...state, acknowledgements: "suspending" } : state;
    case "resumeAcknowledgements":
      return state.acknowledgements === "sent" ? state : { ...state, acknowledgements: "sent" };
    case "reportQuality": {
      if (!isReady) return refuse("not-ready");
      if (state.capability?.quality !== true) return refuse("quality-not-agreed");
      const { frameId, timestamp, timeDiffSE, timeDiffEDR } = command;
      const value = { frameId, timestamp, timeDiffSE, timeDiffEDR };
      outputs.push(egfxSend({ message: "qoeFrameAcknowledge", value }));
      return state;
    }
    case "offerCache": {
      const { entries } = command;
      if (!isReady) return refuse("not-ready");
      if (entries.length >= cacheImportLimit) return refuse("offer-too-long");
      if (state.offered !== undefined) return refuse("offer-again");
      outputs.push(egfxSend({ message: "cacheImportOffer", value: { cacheEntries: [...entries] } }));
      return { ...state, offered: entries };
    }
    case "restart":
      if (!isReady) return refuse("not-ready");
      return state.capability?.restart === true ? restarted(state, outputs) : refuse("restart-not-agreed");
  }
}

/** [MS-RDPEGFX] 3.3.5.19. The server expects acknowledgements again. */
function restarted(state: State, outputs: Outputs): State {
  const next = cleared(state, outputs);
  outputs.push(egfxSend({ message: "capsAdvertise", value: { capsSets: [...state.options.capsSets] } }));
  const acknowledgements = state.acknowledgements === "suspended" ? "suspending" : state.acknowledgements;
  return { ...next, phase: "restarting", capability: undefined, acknowledgements };
}

export function cacheImported(state: State, slots: readonly number[], outputs: Outputs): State {
  const { offered, capability, options } = state;
  if (offered === undefined || capability === undefined) return refusePeer(state, "no-offer", outputs);
  if (slots.length > offered.length) refusePeer(state, "reply-too-long", outputs);
  const bitmaps: (OfferedBitmap & { readonly cacheSlot: number })[] = [];
  let { cache } = state.graphics;
  for (const [index, entry] of offered.slice(0, slots.length).entries()) {
    const cacheSlot = slots[index] ?? 0;
    const pixels = Math.ceil(entry.bitmapLength / 4);
    const fault = importFault(cacheSlot, cachedBitmap(cache, cacheSlot) !== undefined, cache.pixels + pixels);
    if (fault !== undefined) refusePeer(state, fault, outputs);
    else {
      cache = withSlot(cache, cacheSlot, { width: 0, height: 0, pixels });
      bitmaps.push({ ...entry, cacheSlot });
    }
  }
  outputs.push({ type: "cacheImported", bitmaps });
  return { ...state, offered: undefined, graphics: { ...state.graphics, cache } };

  function importFault(slot: number, isUsed: boolean, pixels: number): EgfxRule | undefined {
    if (capability === undefined || slot < 1 || slot > capability.cacheSlots) return "slot-range";
    if (isUsed) return "slot-in-use";
    if (pixels * 4 > capability.cacheBytes) return "cache-full";
    return state.graphics.surfacePixels + pixels > options.maxPixels ? "too-many-pixels" : undefined;
  }
}
