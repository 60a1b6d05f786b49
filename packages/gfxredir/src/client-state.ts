import type { PoolBuffer } from "./buffer-geometry.js";
import type { GfxredirSend, GfxredirViolation } from "./gfxredir-machine.js";
import { CapsVersion, type CapsSet } from "./pdu/capabilities.js";
import type { PresentBuffer } from "./pdu/present-buffer.js";
import { noPresents, type PresentSet } from "./present-set.js";

/** Numbers of things that the server may have there at a time. */
export interface GfxredirClientOptions {
  /** What is offered; WSLg's client offers version 2 alone. */
  readonly capsSets: readonly CapsSet[];
  /** Bytes of one pool. */
  readonly maxPoolSize: bigint;
  readonly maxPools: number;
  readonly maxBuffers: number;
  readonly maxPresents: number;
}

const usualOptions: GfxredirClientOptions = {
  capsSets: [{ capsData: { type: "version2", supportedFeatures: 0 } }],
  maxPoolSize: 1n << 30n,
  maxPools: 1024,
  maxBuffers: 2048,
  maxPresents: 1024,
};

/** The client's end, which shows what is presented. */
export interface GfxredirClientState {
  readonly options: GfxredirClientOptions;
  /** `unavailable`: a version was confirmed with which nothing can be shown. */
  readonly phase: "closed" | "negotiating" | "ready" | "unavailable";
  /** The open pools and their bytes. */
  readonly pools: ReadonlyMap<bigint, bigint>;
  readonly buffers: ReadonlyMap<bigint, PoolBuffer>;
  /** What was presented to the application and not yet acknowledged to the server. */
  readonly presents: PresentSet;
}

export type GfxredirClientOutput =
  | GfxredirSend
  | { readonly type: "ready"; readonly version: number }
  /** The server confirmed another version than 2: it will draw by the graphics pipeline. */
  | { readonly type: "unavailable"; readonly reason: "version"; readonly version: number }
  /** Map this memory. If that cannot be done, report an error, and say `presented` to what comes all the same. */
  | { readonly type: "poolOpened"; readonly poolId: bigint; readonly poolSize: bigint; readonly sectionName: string }
  | { readonly type: "bufferCreated"; readonly buffer: PoolBuffer }
  /** Show `buffer` in the window, then say `presented`. Rectangles are in pixels of the buffer and lie in it. */
  | ({ readonly type: "present"; readonly buffer: PoolBuffer } & Omit<PresentBuffer, "bufferId">)
  /** Stop using it now. Its presents, if it had any, were acknowledged. */
  | { readonly type: "bufferDestroyed"; readonly bufferId: bigint }
  /** Let go of its memory. */
  | { readonly type: "poolClosed"; readonly poolId: bigint }
  | { readonly type: "errorReported"; readonly errorCode: number }
  | GfxredirViolation;

/** The client before the channel is open. */
export const gfxredirClient = (options: Partial<GfxredirClientOptions> = {}): GfxredirClientState => ({
  options: { ...usualOptions, ...options },
  phase: "closed",
  pools: new Map(),
  buffers: new Map(),
  presents: noPresents,
});

/** The number that stands for the version of a set on the wire. */
export function versionOf({ capsData }: CapsSet): number {
  return capsData.type === "unknown" ? capsData.tag : CapsVersion[capsData.type];
}
