import { Messages, send, violationsOf, type MessageOf, type Send, type Violation } from "@railvail/wire";
import { egfxCommands } from "./commands.js";
import {
  CacheImportOffer,
  CacheImportReply,
  CacheToSurface,
  EvictCacheEntry,
  SurfaceToCache,
} from "./pdu/bitmap-cache.js";
import { CapsAdvertise, CapsConfirm } from "./pdu/capabilities.js";
import { EndFrame, FrameAcknowledge, QoeFrameAcknowledge, StartFrame } from "./pdu/frame.js";
import {
  MapSurfaceToOutput,
  MapSurfaceToScaledOutput,
  MapSurfaceToScaledWindow,
  MapSurfaceToWindow,
} from "./pdu/map-surface.js";
import { ResetGraphics } from "./pdu/reset-graphics.js";
import { SolidFill, SurfaceToSurface } from "./pdu/surface-drawing.js";
import { CreateSurface, DeleteSurface } from "./pdu/surface.js";
import { DeleteEncodingContext, WireToSurface1, WireToSurface2 } from "./pdu/wire-to-surface.js";

const pdus = {
  wireToSurface1: WireToSurface1,
  wireToSurface2: WireToSurface2,
  deleteEncodingContext: DeleteEncodingContext,
  solidFill: SolidFill,
  surfaceToSurface: SurfaceToSurface,
  surfaceToCache: SurfaceToCache,
  cacheToSurface: CacheToSurface,
  evictCacheEntry: EvictCacheEntry,
  createSurface: CreateSurface,
  deleteSurface: DeleteSurface,
  startFrame: StartFrame,
  endFrame: EndFrame,
  frameAcknowledge: FrameAcknowledge,
  resetGraphics: ResetGraphics,
  mapSurfaceToOutput: MapSurfaceToOutput,
  cacheImportOffer: CacheImportOffer,
  cacheImportReply: CacheImportReply,
  capsAdvertise: CapsAdvertise,
  capsConfirm: CapsConfirm,
  mapSurfaceToWindow: MapSurfaceToWindow,
  qoeFrameAcknowledge: QoeFrameAcknowledge,
  mapSurfaceToScaledOutput: MapSurfaceToScaledOutput,
  mapSurfaceToScaledWindow: MapSurfaceToScaledWindow,
};

/** The commands of the channel, by name. */
export const egfxVocabulary = new Messages(egfxCommands, pdus);
export type EgfxMessage = MessageOf<typeof pdus>;
export type EgfxMessageName = EgfxMessage["message"];
export type EgfxMessageOf<Name extends EgfxMessageName> = Extract<EgfxMessage, { readonly message: Name }>;
export type EgfxValue<Name extends EgfxMessageName> = EgfxMessageOf<Name>["value"];

/** A command whose number is not known; `bytes` is all of it, a view of the input. */
export interface UnknownEgfxCommand {
  readonly message: "unknown";
  readonly value: { readonly cmdId: number; readonly bytes: Uint8Array };
}

/** What changes pixels of surfaces and of the bitmap cache: what `SurfaceCanvases` paints. */
export type EgfxDrawing = EgfxMessageOf<
  | "wireToSurface1"
  | "wireToSurface2"
  | "deleteEncodingContext"
  | "solidFill"
  | "surfaceToSurface"
  | "surfaceToCache"
  | "cacheToSurface"
  | "evictCacheEntry"
>;

/** What a peer or the application can do wrong, and what it means. Unless said, nothing comes of it. */
export const egfxRules = {
  "not-open": "the channel is not open",
  "already-open": "the channel is open already",
  "not-ready": "nothing can be drawn before capabilities are confirmed",
  "wrong-direction": "only the other side sends this command",
  "unknown-command": "the command has a number that is not known",
  "caps-again": "the capabilities were stated a second time, which only versions from 10.3 on allow",
  "caps-not-offered": "the confirmed version was not among those offered; it counts",
  "restart-not-agreed": "only versions from 10.3 on let a client begin anew",
  "output-size": "the output has no pixels, or is larger than 32766 by 32766",
  "too-many-monitors": "an output has at most 16 monitors",
  "surface-id": "a surface's id is a number from 0 to 65535",
  "surface-id-in-use": "a surface with this id is there; one received takes its place",
  "surface-size": "the surface has no pixels, or a side that is longer than 65535",
  "pixel-format": "the surface's pixel format is not known; one received is taken for one without alpha",
  "surface-unknown": "no surface with this id is there",
  "too-many-surfaces": "more surfaces than are allowed at a time",
  "too-many-pixels": "surfaces and cached bitmaps have more pixels than are allowed",
  "map-size": "a mapping shows nothing, or more than the surface has; one received that shows too much is cut",
  "scaled-map-not-agreed": "the capabilities have no scaled mappings; one received counts",
  "frame-id-in-use": "a frame with this id waits for its acknowledgement",
  "too-many-frames": "as many frames as are allowed wait for their acknowledgement",
  "frame-open": "a frame began before the last one ended; the new one counts",
  "frame-not-open": "a frame ended that had not begun; it is acknowledged",
  "frame-id-differs": "a frame ended with another id than it began with; the later id is acknowledged",
  "outside-frame": "a drawing came outside of a frame; it is drawn",
  "outside-surface": "a rectangle is empty or goes past its surface; in a drawing received what can be drawn is drawn",
  "payload-size": "the bitmap data does not have 4 bytes for each pixel; a drawing received is handed on",
  "codec-not-agreed": "the capabilities rule this codec out; a drawing received is handed on",
  "slot-range": "the bitmap cache has no slot with this number",
  "slot-in-use": "the slot of the bitmap cache is not empty",
  "slot-empty": "nothing is in this slot of the bitmap cache",
  "cache-full": "the bitmaps in the cache would be larger than the cache",
  "ack-unknown": "the acknowledged frame is not one that waits: it was acknowledged before, or never sent",
  "ack-overdue": "the acknowledgement of a frame did not come in time; it is not waited for any more",
  "never-acknowledges": "the client has acknowledged no frame at all; until it does, none is waited for",
  "queue-depth": "the queue's depth is a number from 0 to 4294967294",
  "quality-not-agreed": "the capabilities have no measurements of frames; one received is handed on",
  "offer-too-long": "an offer of cached bitmaps has less than 5462 entries; of one received the first count",
  "offer-again": "an offer of cached bitmaps waits for its reply; of two received the later counts",
  "no-offer": "no offer of cached bitmaps waits for a reply",
  "reply-too-long": "a reply takes more bitmaps than were offered; of one received as many count as were",
} as const;
export type EgfxRule = keyof typeof egfxRules;

export type EgfxViolation = Violation<EgfxRule>;

/** What a machine wants sent on the channel; `egfxParts` makes bytes of it. */
export interface EgfxSend extends Send<EgfxMessage> {
  /** The bitmap data in parts, in place of that of a wire-to-surface command, which is empty. */
  readonly payload?: readonly Uint8Array[];
}

export const egfxViolation = violationsOf(egfxRules);

export const egfxSend = send<EgfxMessage>;
