import type { Wake } from "@railvail/wire";
import { knownVersions, type EgfxCapability } from "./egfx-capability.js";
import type { EgfxSend, EgfxViolation } from "./egfx-machine.js";
import { freshPacing, mayBegin, type FramePacing, type PacingOptions } from "./frame-pacing.js";
import { noGraphics, type Graphics, type GraphicsLimits } from "./graphics-model.js";
import type { OfferedBitmap } from "./pdu/bitmap-cache.js";
import { CapsVersion } from "./pdu/capabilities.js";
import type { FrameAcknowledge, QoeFrameAcknowledge } from "./pdu/frame.js";
import { emptySlot } from "./slot-table.js";

/** Times in milliseconds; numbers of things that may be there at a time. */
export interface EgfxServerOptions extends GraphicsLimits, PacingOptions {
  /**
   * `wslg`: windows are always mapped by the scaled form, as WSLg does because Microsoft's client cannot mix
   * the two; with any version, unless a flag forbids it.
   */
  readonly compat: "specification" | "wslg";
  /** Numbers of `CapsVersion` that may be confirmed. */
  readonly versions: readonly number[];
  /** The first version with which scaled mappings are sent. The specification names none. */
  readonly scaledMapsFrom: number;
  /** Whether H.264 may be sent; if not, the confirmed set says so. */
  readonly avc: boolean;
  /** `none`: an offer of cached bitmaps is answered at once with no slots. `ask`: see `cacheOffered`. */
  readonly cacheImport: "none" | "ask";
  /** How long the client may take from `opening` or `opened` until it has stated its capabilities. WSLg: 100,000. */
  readonly negotiationTimeout: number;
}

const usualOptions: EgfxServerOptions = {
  compat: "specification",
  versions: knownVersions,
  scaledMapsFrom: CapsVersion.version105,
  avc: false,
  cacheImport: "none",
  negotiationTimeout: 10_000,
  maxSurfaces: 1024,
  maxPixels: Infinity,
  maxFrames: 2,
  maxQueueDepth: 2 ** 25,
  acknowledgeTimeout: 5000,
  maxUnawaited: 256,
};

/** The server's end: the compositor, which draws. */
export interface EgfxServerState {
  readonly options: EgfxServerOptions;
  /** `unavailable`: the channel is there or was asked for, and will not be used. */
  readonly phase: "closed" | "opening" | "negotiating" | "ready" | "unavailable";
  /** When the client's silence counts as a refusal. */
  readonly negotiateUntil: number | undefined;
  /** What was confirmed; there in `ready`. */
  readonly capability: EgfxCapability | undefined;
  readonly graphics: Graphics;
  readonly pacing: FramePacing;
  /** The cached bitmaps of an earlier session that wait for `replyCacheImport`. */
  readonly offered: readonly OfferedBitmap[] | undefined;
  /** Where ids go on; they survive the connection. */
  readonly nextSurfaceId: number;
  readonly nextFrameId: number;
}

/** Why nothing can be drawn: refused, closed, no answer in time, or no version that is known. */
export type EgfxUnavailable = "refused" | "closed" | "silence" | "version";

export type EgfxServerOutput =
  | EgfxSend
  /** Draw. With `restarted` the client began anew: no surface, mapping or cached bitmap is there any more. */
  | { readonly type: "ready"; readonly capability: EgfxCapability; readonly restarted: boolean }
  /** Draw by other means, and close the channel if it is open. All surfaces are gone. */
  | { readonly type: "unavailable"; readonly reason: EgfxUnavailable }
  /** The client has decoded a frame; `queueDepth` is in bytes, or one of `QueueDepth`. */
  | ({ readonly type: "acknowledged" } & FrameAcknowledge)
  /** The client acknowledges no more frames, and none is waited for: `mayStartFrame` is always true. */
  | { readonly type: "acknowledgementsSuspended" }
  /** Frames are waited for again. */
  | { readonly type: "acknowledgementsResumed" }
  /** How long the client took for a frame. */
  | ({ readonly type: "quality" } & QoeFrameAcknowledge)
  /** Bitmaps that the client still has; answer with `replyCacheImport`. */
  | { readonly type: "cacheOffered"; readonly entries: readonly OfferedBitmap[] }
  | Wake
  | EgfxViolation;

/** The largest id that is given out; WSLg's go from 1 to this. */
const lastSurfaceId = 0xfffe;

/** The server before the channel is open. */
export function egfxServer(options: Partial<EgfxServerOptions> = {}): EgfxServerState {
  const all = { ...usualOptions, ...options };
  return {
    options: { ...all, maxSurfaces: Math.min(all.maxSurfaces, lastSurfaceId) },
    phase: "closed",
    negotiateUntil: undefined,
    capability: undefined,
    graphics: noGraphics,
    pacing: freshPacing,
    offered: undefined,
    nextSurfaceId: 1,
    nextFrameId: 1,
  };
}

/** Whether a frame may be sent now: not too many wait for the client. */
export const mayStartFrame = ({ phase, pacing, options }: EgfxServerState): boolean =>
  phase === "ready" && mayBegin(pacing, options);

export const surfaceIdAfter = (surfaceId: number): number => (surfaceId >= lastSurfaceId ? 1 : surfaceId + 1);

/** An id for a new surface; ids that were free for the shortest time come last. Undefined if no more are allowed. */
export function freeSurfaceId({ graphics: { surfaces }, options, nextSurfaceId }: EgfxServerState): number | undefined {
  if (surfaces.size >= options.maxSurfaces) return undefined;
  let surfaceId = nextSurfaceId;
  while (surfaces.has(surfaceId)) surfaceId = surfaceIdAfter(surfaceId);
  return surfaceId;
}

/** The lowest slot of the bitmap cache in which nothing is. Undefined if there is none. */
export const freeCacheSlot = ({ graphics, capability }: EgfxServerState): number | undefined =>
  capability === undefined ? undefined : emptySlot(graphics.cache, capability.cacheSlots);

/** Whether a surface may be shown in another size than its own: see `scaledMapsFrom`. */
export const mayScale = ({ capability, options }: EgfxServerState): boolean =>
  capability?.scaledMaps === true && (options.compat === "wslg" || capability.version >= options.scaledMapsFrom);
