import { bufferFault, poolBuffer, type PoolBuffer } from "./buffer-geometry.js";
import type { GfxredirClientOutput, GfxredirClientState } from "./client-state.js";
import { gfxredirSend, gfxredirViolation, type GfxredirRule } from "./gfxredir-machine.js";
import type { OpenPool } from "./pdu/pool.js";
import { presentsOf, withoutPresents } from "./present-set.js";
import { isSectionName } from "./section-name.js";

type State = GfxredirClientState;
type Outputs = GfxredirClientOutput[];

/** The rule is reported, and nothing has changed. */
export function refusePeer(state: State, rule: GfxredirRule, outputs: Outputs): State {
  outputs.push(gfxredirViolation("peer", rule));
  return state;
}

export function openPool(state: State, { poolId, poolSize, sectionName }: OpenPool, outputs: Outputs): State {
  const rule = poolFault(state, poolId, poolSize, sectionName);
  if (rule !== undefined) return refusePeer(state, rule, outputs);
  outputs.push({ type: "poolOpened", poolId, poolSize, sectionName });
  return { ...state, pools: new Map(state.pools).set(poolId, poolSize) };
}

function poolFault(state: State, poolId: bigint, poolSize: bigint, sectionName: string): GfxredirRule | undefined {
  const { pools, options } = state;
  if (pools.has(poolId)) return "pool-id-in-use";
  if (!isSectionName(sectionName)) return "section-name";
  if (poolSize < 1n || poolSize > options.maxPoolSize) return "pool-size";
  return pools.size >= options.maxPools ? "too-many-pools" : undefined;
}

export function createBuffer(state: State, value: PoolBuffer, outputs: Outputs): State {
  const poolSize = state.pools.get(value.poolId);
  const rule = createFault(state, value, poolSize);
  if (rule !== undefined) return refusePeer(state, rule, outputs);
  const buffer = poolBuffer(value);
  outputs.push({ type: "bufferCreated", buffer });
  return { ...state, buffers: new Map(state.buffers).set(buffer.bufferId, buffer) };
}

function createFault(state: State, buffer: PoolBuffer, poolSize: bigint | undefined): GfxredirRule | undefined {
  if (poolSize === undefined) return "pool-unknown";
  if (state.buffers.has(buffer.bufferId)) return "buffer-id-in-use";
  if (state.buffers.size >= state.options.maxBuffers) return "too-many-buffers";
  return bufferFault(buffer, poolSize, false);
}

export function destroyBuffer(state: State, bufferId: bigint, outputs: Outputs): State {
  if (!state.buffers.has(bufferId)) return refusePeer(state, "buffer-unknown", outputs);
  return forgetBuffer(state, bufferId, outputs);
}

export function closePool(state: State, poolId: bigint, outputs: Outputs): State {
  if (!state.pools.has(poolId)) return refusePeer(state, "pool-unknown", outputs);
  const left = [...state.buffers.values()].filter((buffer) => buffer.poolId === poolId);
  if (left.length > 0) refusePeer(state, "pool-has-buffers", outputs);
  let next = state;
  for (const { bufferId } of left) next = forgetBuffer(next, bufferId, outputs);
  outputs.push({ type: "poolClosed", poolId });
  const pools = new Map(next.pools);
  pools.delete(poolId);
  return { ...next, pools };
}

/**
 * The buffer goes. What the application has not shown yet is acknowledged, because the buffer is not in
 * use any more: a server that counts acknowledgements, as WSLg's does, would miss them.
 */
function forgetBuffer(state: State, bufferId: bigint, outputs: Outputs): State {
  const gone = presentsOf(state.presents, bufferId);
  outputs.push({ type: "bufferDestroyed", bufferId });
  for (const { windowId, presentId } of gone)
    outputs.push(gfxredirSend({ message: "presentBufferAck", value: { windowId, presentId } }));
  const buffers = new Map(state.buffers);
  buffers.delete(bufferId);
  return { ...state, buffers, presents: withoutPresents(state.presents, gone) };
}
