import type { CliprdrMessage, CliprdrSend, CliprdrViolation } from "./cliprdr-machine.js";
import type { CliprdrFeatures } from "./cliprdr-options.js";
import type { ClipboardFormat } from "./cliprdr-state.js";
import type { FileRange } from "./file-range.js";

/** Times are in milliseconds on the caller's clock. */
export type CliprdrInput =
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  | { readonly type: "received"; readonly message: CliprdrMessage; readonly now: number }
  /** A message came that does not decode; `msgType` if at least that could be read. */
  | { readonly type: "unreadable"; readonly msgType: number | undefined; readonly now: number }
  | { readonly type: "tick"; readonly now: number }
  /**
   * The clipboard here holds this now, or nothing. Until the machine is ready, also while the channel is
   * closed, only the newest is kept; formats that cannot be sent throw `EncodeError` then. The offer outlives
   * the channel: unless it is of nothing, each peer is told of it. Take back own locks first: Windows' rdpclip
   * does not cope with both.
   */
  | { readonly type: "offer"; readonly formats: readonly ClipboardFormat[] }
  /** The answer to `wanted`; undefined is a failure. */
  | {
      readonly type: "provide";
      readonly requestId: number;
      readonly data: Uint8Array | undefined;
      readonly now: number;
    }
  /** The answer to `fileWanted`: a size, bytes, or a failure. */
  | {
      readonly type: "provideFile";
      readonly requestId: number;
      readonly content: bigint | Uint8Array | undefined;
      readonly now: number;
    }
  /** Asks for what the peer offers. `requestId` is any number that no waiting request has. */
  | {
      readonly type: "request";
      readonly requestId: number;
      readonly formatId: number;
      /** The largest answer in bytes. */
      readonly limit?: number;
      readonly now: number;
    }
  /** Asks for the size of a file, or for a range of it. `lindex` counts from 0 in the peer's file list. */
  | {
      readonly type: "requestFile";
      readonly requestId: number;
      readonly lindex: number;
      readonly range?: FileRange;
      readonly clipDataId?: number;
      readonly now: number;
    }
  /** Asks the peer to keep the files that it offers now, under a number that is not in use. */
  | { readonly type: "lock"; readonly clipDataId: number }
  | { readonly type: "unlock"; readonly clipDataId: number };

/**
 * Why a request failed: `refused` and `malformed` are the peer's answer, `replaced` and `unlocked`
 * say that what it asked for is gone, `not-offered` that it was not there.
 */
export type CliprdrFailure =
  | "refused"
  | "malformed"
  | "too-large"
  | "timed-out"
  | "replaced"
  | "unlocked"
  | "closed"
  | "not-offered"
  | "not-negotiated"
  | "not-locked"
  | "out-of-range"
  | "queue-full";

/** Why the peer's request needs no answer any more; `flooded`: the peer asks on and on without an answer. */
export type CliprdrCancel = "replaced" | "unlocked" | "timed-out" | "flooded" | "closed";

/** What is to be done, in this order. */
export type CliprdrOutput =
  | CliprdrSend
  /** The initialization is over, or its outcome has changed. */
  | { readonly type: "ready"; readonly features: CliprdrFeatures }
  /** Where the server may leave files on the client's system. */
  | { readonly type: "tempDirectory"; readonly path: string }
  /** The peer's clipboard holds this now, or nothing. */
  | { readonly type: "offered"; readonly formats: readonly ClipboardFormat[] }
  /** The offer just made has this number, or the peer has taken it or not. */
  | { readonly type: "offering"; readonly offerId: number }
  | { readonly type: "offerAnswered"; readonly offerId: number; readonly accepted: boolean }
  /** Nothing of this offer will be wanted any more. */
  | { readonly type: "offerReleased"; readonly offerId: number }
  /** Provide this. Data is wanted one after the other. */
  | { readonly type: "wanted"; readonly requestId: number; readonly offerId: number; readonly formatId: number }
  /**
   * Provide the size of the file, or no more than `range.length` bytes of it from `range.position`.
   * Whether the offer has a file of this number is for the application to check.
   */
  | {
      readonly type: "fileWanted";
      readonly requestId: number;
      readonly offerId: number;
      readonly lindex: number;
      readonly range: FileRange | undefined;
    }
  /** Do not provide it any more: the peer has its failure, or is gone. */
  | { readonly type: "cancelled"; readonly requestId: number; readonly reason: CliprdrCancel }
  /** The files of an offer are to be kept until `offerReleased`, whatever is offered in the meantime. */
  | { readonly type: "locked" | "unlocked"; readonly clipDataId: number; readonly offerId: number }
  /** The data, or the bytes of a file: a view of the message. */
  | { readonly type: "received"; readonly requestId: number; readonly data: Uint8Array }
  | { readonly type: "receivedSize"; readonly requestId: number; readonly size: bigint }
  /** Each request ends with this, or with one of the two before. `size` in bytes, if it was too large. */
  | { readonly type: "failed"; readonly requestId: number; readonly reason: CliprdrFailure; readonly size?: number }
  /** An answer came after its request had failed; it is not used. */
  | { readonly type: "late"; readonly requestId: number; readonly size: number }
  /** Tick at this time; undefined: no more. */
  | { readonly type: "wake"; readonly at: number | undefined }
  | CliprdrViolation;

/** Where a step puts what is to be done. */
export type Outputs = CliprdrOutput[];

/** One of the inputs. */
export type CliprdrCommand<Type extends CliprdrInput["type"]> = Extract<CliprdrInput, { readonly type: Type }>;

/** Tells of requests that failed for one reason. */
export function reportFailed(
  asks: readonly { readonly requestId: number }[],
  reason: CliprdrFailure,
  outputs: Outputs,
): void {
  for (const { requestId } of asks) outputs.push({ type: "failed", requestId, reason });
}
