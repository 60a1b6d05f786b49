import { capsWithoutAvc, type EgfxCapability } from "./egfx-capability.js";
import type { EgfxDrawing, EgfxSend, EgfxViolation } from "./egfx-machine.js";
import {
  noGraphics,
  type EgfxSurface,
  type Graphics,
  type GraphicsLimits,
  type SurfaceMapping,
} from "./graphics-model.js";
import type { OfferedBitmap } from "./pdu/bitmap-cache.js";
import type { CapsSet } from "./pdu/capabilities.js";
import { QueueDepth, type StartFrame } from "./pdu/frame.js";
import type { ResetGraphics } from "./pdu/reset-graphics.js";

export interface EgfxClientOptions extends GraphicsLimits {
  /** `wslg`: a monitor's `right` and `bottom` are its width and height, as WSLg's server sends them. */
  readonly compat: "specification" | "wslg";
  /** What is offered, each version once. */
  readonly capsSets: readonly CapsSet[];
}

/** The limits are those of `SurfaceCanvases`. */
const usualOptions: EgfxClientOptions = {
  compat: "specification",
  capsSets: capsWithoutAvc,
  maxSurfaces: 1024,
  maxPixels: 2 ** 25,
};

/** The client's end, which shows what is drawn. */
export interface EgfxClientState {
  readonly options: EgfxClientOptions;
  /** `restarting`: it began anew, and passes over all that comes before the server's answer. */
  readonly phase: "closed" | "negotiating" | "ready" | "restarting";
  /** What the server confirmed; there in `ready`. */
  readonly capability: EgfxCapability | undefined;
  readonly graphics: Graphics;
  /** The frame that has begun and not ended. */
  readonly openFrame: number | undefined;
  /** Frames that ended since the channel was opened; goes on at 0 after 2^32 - 1. */
  readonly framesDecoded: number;
  /** `suspending`: the next frame is the last that is acknowledged. */
  readonly acknowledgements: "sent" | "suspending" | "suspended";
  /** Stated with each acknowledgement. */
  readonly queueDepth: number;
  /** The cached bitmaps of an earlier session that were offered, until the server's reply. */
  readonly offered: readonly OfferedBitmap[] | undefined;
}

/** Events come in the order of the commands. Pixels: hand each output to `paintEgfx`. */
export type EgfxClientOutput =
  | EgfxSend
  /** The server draws from now on. */
  | { readonly type: "ready"; readonly capability: EgfxCapability; readonly restarted: boolean }
  /** The output has this size, and these monitors. Surfaces, mappings and cached bitmaps stay. */
  | {
      readonly type: "graphicsReset";
      readonly width: number;
      readonly height: number;
      /** `right` and `bottom` are inclusive. */
      readonly monitors: readonly ResetGraphics["monitorDefArray"][number][];
    }
  | { readonly type: "surfaceCreated"; readonly surface: EgfxSurface }
  | { readonly type: "surfaceDeleted"; readonly surfaceId: number }
  /** The surface is shown there, and nowhere else; what was mapped before to the same window is `unmapped`. */
  | { readonly type: "mapped"; readonly surfaceId: number; readonly mapping: SurfaceMapping }
  /**
   * The surface is not shown there any more. `replacedBy`: the window shows this surface instead, as the next
   * event says.
   */
  | {
      readonly type: "unmapped";
      readonly surfaceId: number;
      readonly mapping: SurfaceMapping;
      readonly replacedBy: number | undefined;
    }
  | { readonly type: "frameStarted"; readonly frameId: number; readonly timestamp: StartFrame["timestamp"] }
  /** A drawing, in its order; its bytes are views of what was received. */
  | { readonly type: "draw"; readonly message: EgfxDrawing }
  /** What was drawn since `frameStarted` may be shown. The acknowledgement follows, when this output is handled. */
  | { readonly type: "frameEnded"; readonly frameId: number }
  /** The server put offered bitmaps into slots of the cache. */
  | {
      readonly type: "cacheImported";
      readonly bitmaps: readonly (OfferedBitmap & { readonly cacheSlot: number })[];
    }
  /** All slots of the cache are empty. */
  | { readonly type: "cacheCleared" }
  | EgfxViolation;

/** The client before the channel is open. */
export const egfxClient = (options: Partial<EgfxClientOptions> = {}): EgfxClientState => ({
  options: { ...usualOptions, ...options },
  phase: "closed",
  capability: undefined,
  graphics: noGraphics,
  openFrame: undefined,
  framesDecoded: 0,
  acknowledgements: "sent",
  queueDepth: QueueDepth.unavailable,
  offered: undefined,
});
