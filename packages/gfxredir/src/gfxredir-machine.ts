import { Messages, send, violationsOf, type MessageOf, type Send, type Violation } from "@railvail/wire";
import { gfxredirMessages } from "./messages.js";
import { CreateBuffer, DestroyBuffer } from "./pdu/buffer.js";
import { CapsAdvertise, CapsConfirm, LegacyCaps } from "./pdu/capabilities.js";
import { ErrorReport } from "./pdu/error.js";
import { ClosePool, OpenPool } from "./pdu/pool.js";
import { PresentBuffer, PresentBufferAck } from "./pdu/present-buffer.js";

const pdus = {
  legacyCaps: LegacyCaps,
  errorReport: ErrorReport,
  capsAdvertise: CapsAdvertise,
  capsConfirm: CapsConfirm,
  openPool: OpenPool,
  closePool: ClosePool,
  createBuffer: CreateBuffer,
  destroyBuffer: DestroyBuffer,
  presentBuffer: PresentBuffer,
  presentBufferAck: PresentBufferAck,
};

/** The messages of the channel, by name. */
export const gfxredirVocabulary = new Messages(gfxredirMessages, pdus);
export type GfxredirMessage = MessageOf<typeof pdus>;

/** What a peer or the application can do wrong, and what it means. Unless said, nothing comes of it. */
export const gfxredirRules = {
  "not-open": "the channel is not open",
  "already-open": "the channel is open already",
  "not-ready": "nothing can be opened or shown before version 2 is agreed on",
  "wrong-direction": "only the other side sends this message",
  "caps-again": "the capabilities were stated a second time; the first count",
  "legacy-version": "legacy capabilities have version 1 and no other",
  "caps-not-offered": "the confirmed version was not among those offered",
  "section-name": "the name of the memory is not a GUID in braces",
  "pool-size": "the pool has no bytes, or more than are allowed",
  "pool-id-in-use": "a pool with this id is open",
  "pool-unknown": "no pool with this id is open",
  "pool-closing": "the pool is being closed",
  "pool-has-buffers": "the pool was closed before its buffers were destroyed; they went with it",
  "too-many-pools": "more pools than are allowed at a time",
  "buffer-id-in-use": "a buffer with this id is there",
  "buffer-unknown": "no buffer with this id is there; a present of it is acknowledged at once",
  "buffer-closing": "the buffer is being destroyed",
  "buffer-format": "the buffer's format is not known",
  "buffer-size": "the buffer has no pixels, or rows that are longer than its stride",
  "buffer-outside-pool": "the buffer does not lie inside its pool",
  "too-many-buffers": "more buffers than are allowed at a time",
  "buffer-in-flight": "the client has not acknowledged the last present of this buffer",
  "window-pending": "the client has not acknowledged the last present of this window",
  "too-many-presents":
    "more presents than are allowed wait for an acknowledgement; one received is acknowledged at once",
  "present-id-in-use": "a present of this window with this id waits already; one received is kept beside it",
  "rectangle-outside": "a rectangle goes past the buffer; in a present received it is cut",
  "too-many-opaque-rects": "a present has more than 16 opaque rectangles; in one received all are kept",
  orientation: "the orientation is not 0, 90, 180 or 270; such a present is acknowledged at once",
  "ack-unknown": "the acknowledged present is not one that waits: it was acknowledged before, or never made",
  "acks-forgotten": "so many presents were given up that a late acknowledgement of the oldest will look unknown",
  "not-presented": "the present to acknowledge is not one that waits",
} as const;
export type GfxredirRule = keyof typeof gfxredirRules;

export type GfxredirViolation = Violation<GfxredirRule>;

/** What a machine wants sent on the channel. */
export type GfxredirSend = Send<GfxredirMessage>;

export const gfxredirViolation = violationsOf(gfxredirRules);

export const gfxredirSend = send<GfxredirMessage>;
