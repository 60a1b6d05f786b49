import type { Wake } from "@railvail/wire";
import type { PoolBuffer } from "./buffer-geometry.js";
import type { GfxredirSend, GfxredirViolation } from "./gfxredir-machine.js";
import { isInFlight, noPresents, pendingOf, type PresentSet, type WaitingPresent } from "./present-set.js";

/** Times in milliseconds; numbers of things that may be there at a time. */
export interface GfxredirServerOptions {
  /** How long the client may take from `opening` or `opened` until it has stated its capabilities. WSLg: 100,000. */
  readonly negotiationTimeout: number;
  /** How long a buffer that is to be destroyed waits for acknowledgements. WSLg: 10,000. */
  readonly destroyTimeout: number;
  /** Presents of one window that may wait; more than 1 makes sense only with several buffers. WSLg: 1. */
  readonly presentsPerWindow: number;
  readonly maxPresents: number;
  readonly maxPools: number;
  readonly maxBuffers: number;
  /** Presents that were given up and whose late acknowledgement is still known. */
  readonly maxAbandoned: number;
}

const usualOptions: GfxredirServerOptions = {
  negotiationTimeout: 5000,
  destroyTimeout: 10_000,
  presentsPerWindow: 1,
  maxPresents: 256,
  maxPools: 1024,
  maxBuffers: 2048,
  maxAbandoned: 256,
};

export interface ServerPool {
  readonly poolSize: bigint;
  /** It was asked to go, and goes with its last buffer. */
  readonly closing: boolean;
}

/** The server's end: the compositor, which presents. */
export interface GfxredirServerState {
  readonly options: GfxredirServerOptions;
  /** `unavailable`: the channel is there or was asked for, and will not be used. */
  readonly phase: "closed" | "opening" | "negotiating" | "ready" | "unavailable";
  /** When the client's silence counts as a refusal. */
  readonly negotiateUntil: number | undefined;
  readonly pools: ReadonlyMap<bigint, ServerPool>;
  readonly buffers: ReadonlyMap<bigint, PoolBuffer>;
  /** The buffers that wait to be destroyed, and until when. */
  readonly destroying: ReadonlyMap<bigint, number>;
  readonly presents: PresentSet;
  /** The latest presents that were given up. */
  readonly abandoned: readonly WaitingPresent[];
  /** Where the search for free ids goes on; they survive the connection. */
  readonly nextPoolId: bigint;
  readonly nextBufferId: bigint;
  readonly nextPresentId: bigint;
}

/**
 * Why pixels cannot go through shared memory: the client refused the channel, closed it, did not answer in
 * time, reported an error, offered no version that is known or only version 1, or is from before versions.
 */
export type GfxredirUnavailable = "refused" | "closed" | "silence" | "error" | "version" | "legacy";

export type GfxredirServerOutput =
  | GfxredirSend
  | { readonly type: "ready"; readonly version: number }
  /** Draw by the graphics pipeline instead, and close the channel if it is open. All pools are gone. */
  | { readonly type: "unavailable"; readonly reason: GfxredirUnavailable; readonly errorCode: number | undefined }
  /** The client is done with the buffer; it may be written again, unless it is being destroyed. */
  | ({ readonly type: "acknowledged" } & WaitingPresent)
  /** `unacknowledged`: presents for which the wait ended; the client may still be reading. */
  | {
      readonly type: "bufferDestroyed";
      readonly bufferId: bigint;
      readonly unacknowledged: readonly WaitingPresent[];
    }
  /** Its memory may be let go. */
  | { readonly type: "poolClosed"; readonly poolId: bigint }
  | Wake
  | GfxredirViolation;

/** The server before the channel is open. */
export const gfxredirServer = (options: Partial<GfxredirServerOptions> = {}): GfxredirServerState => ({
  options: { ...usualOptions, ...options },
  phase: "closed",
  negotiateUntil: undefined,
  pools: new Map(),
  buffers: new Map(),
  destroying: new Map(),
  presents: noPresents,
  abandoned: [],
  nextPoolId: 1n,
  nextBufferId: 1n,
  nextPresentId: 1n,
});

/** Whether window `windowId` may be presented now, in a buffer for which {@link mayWrite} holds. */
export const mayPresent = (state: GfxredirServerState, windowId: bigint): boolean =>
  state.phase === "ready" &&
  state.presents.size < state.options.maxPresents &&
  pendingOf(state.presents, windowId) < state.options.presentsPerWindow;

/** Whether the pixels of a buffer may be changed now: the client is not using them. */
export const mayWrite = (state: GfxredirServerState, bufferId: bigint): boolean =>
  state.buffers.has(bufferId) && !state.destroying.has(bufferId) && !isInFlight(state.presents, bufferId);

/** WSLg's ids go from 1 to this; a client may have 32 bits for them. */
const lastId = 0xffff_fffen;

export const idAfter = (id: bigint): bigint => (id >= lastId ? 1n : id + 1n);

function freeId(from: bigint, used: ReadonlyMap<bigint, unknown>): bigint {
  let id = from;
  while (used.has(id)) id = idAfter(id);
  return id;
}

/** An id for a new pool; ids that were free for the shortest time come last. */
export const freePoolId = (state: GfxredirServerState): bigint => freeId(state.nextPoolId, state.pools);

/** An id for a new buffer; ids that were free for the shortest time come last. */
export const freeBufferId = (state: GfxredirServerState): bigint => freeId(state.nextBufferId, state.buffers);
