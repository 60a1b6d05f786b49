import { bufferFault, poolBuffer, type PoolBuffer } from "./buffer-geometry.js";
import { gfxredirSend, gfxredirViolation, type GfxredirRule } from "./gfxredir-machine.js";
import { isInFlight, presentsOf, withoutPresents } from "./present-set.js";
import { isSectionName } from "./section-name.js";
import { idAfter, type GfxredirServerOutput, type GfxredirServerState } from "./server-state.js";

type State = GfxredirServerState;
type Outputs = GfxredirServerOutput[];

/** The memory exists; the client may look for it. Ids: `freePoolId`. */
export interface OpenPoolCommand {
  readonly type: "openPool";
  readonly poolId: bigint;
  /** Bytes; WSLg rounds up to whole pages. */
  readonly poolSize: bigint;
  /** A GUID in braces; WSLg never uses one twice. */
  readonly sectionName: string;
}

/** Several buffers may share a pool; they should not overlap. Ids: `freeBufferId`. */
export interface CreateBufferCommand extends PoolBuffer {
  readonly type: "createBuffer";
}

/** The buffer goes when its presents are acknowledged, or after `destroyTimeout`: see `bufferDestroyed`. */
export interface DestroyBufferCommand {
  readonly type: "destroyBuffer";
  readonly bufferId: bigint;
  readonly now: number;
}

/** All its buffers are destroyed, then the pool is closed: see `poolClosed`. */
export interface ClosePoolCommand {
  readonly type: "closePool";
  readonly poolId: bigint;
  readonly now: number;
}

/** The rule is reported, and nothing has changed. */
export function refuse(state: State, rule: GfxredirRule, outputs: Outputs): State {
  outputs.push(gfxredirViolation("local", rule));
  return state;
}

export function openPool(state: State, command: OpenPoolCommand, outputs: Outputs): State {
  const { poolId, poolSize, sectionName } = command;
  const rule = poolFault(state, command);
  if (rule !== undefined) return refuse(state, rule, outputs);
  outputs.push(gfxredirSend({ message: "openPool", value: { poolId, poolSize, sectionName } }));
  const pools = new Map(state.pools).set(poolId, { poolSize, closing: false });
  return { ...state, pools, nextPoolId: idAfter(poolId) };
}

function poolFault(state: State, { poolId, poolSize, sectionName }: OpenPoolCommand): GfxredirRule | undefined {
  if (state.pools.has(poolId)) return "pool-id-in-use";
  if (!isSectionName(sectionName)) return "section-name";
  if (poolSize < 1n) return "pool-size";
  return state.pools.size >= state.options.maxPools ? "too-many-pools" : undefined;
}

export function createBuffer(state: State, command: CreateBufferCommand, outputs: Outputs): State {
  const buffer = poolBuffer(command);
  const rule = createFault(state, buffer);
  if (rule !== undefined) return refuse(state, rule, outputs);
  outputs.push(gfxredirSend({ message: "createBuffer", value: buffer }));
  const buffers = new Map(state.buffers).set(buffer.bufferId, buffer);
  return { ...state, buffers, nextBufferId: idAfter(buffer.bufferId) };
}

function createFault(state: State, buffer: PoolBuffer): GfxredirRule | undefined {
  const pool = state.pools.get(buffer.poolId);
  if (pool === undefined) return "pool-unknown";
  if (pool.closing) return "pool-closing";
  if (state.buffers.has(buffer.bufferId)) return "buffer-id-in-use";
  if (state.buffers.size >= state.options.maxBuffers) return "too-many-buffers";
  return bufferFault(buffer, pool.poolSize, true);
}

export function destroyBuffer(state: State, { bufferId, now }: DestroyBufferCommand, outputs: Outputs): State {
  if (!state.buffers.has(bufferId)) return refuse(state, "buffer-unknown", outputs);
  if (state.destroying.has(bufferId)) return refuse(state, "buffer-closing", outputs);
  return letGo(state, bufferId, now, outputs);
}

export function closePool(state: State, { poolId, now }: ClosePoolCommand, outputs: Outputs): State {
  const pool = state.pools.get(poolId);
  if (pool === undefined) return refuse(state, "pool-unknown", outputs);
  if (pool.closing) return refuse(state, "pool-closing", outputs);
  let next: State = { ...state, pools: new Map(state.pools).set(poolId, { ...pool, closing: true }) };
  for (const buffer of state.buffers.values())
    if (buffer.poolId === poolId && !state.destroying.has(buffer.bufferId))
      next = letGo(next, buffer.bufferId, now, outputs);
  return closedIfEmpty(next, poolId, outputs);
}

/** Destroys the buffer now if the client is not using it, and later otherwise. */
function letGo(state: State, bufferId: bigint, now: number, outputs: Outputs): State {
  if (!isInFlight(state.presents, bufferId)) return destroyed(state, bufferId, outputs);
  const until = now + state.options.destroyTimeout;
  return { ...state, destroying: new Map(state.destroying).set(bufferId, until) };
}

/** The buffer goes; what still waits for an acknowledgement of it is given up. */
export function destroyed(state: State, bufferId: bigint, outputs: Outputs): State {
  const unacknowledged = presentsOf(state.presents, bufferId);
  outputs.push(gfxredirSend({ message: "destroyBuffer", value: { bufferId } }));
  outputs.push({ type: "bufferDestroyed", bufferId, unacknowledged });
  const buffers = new Map(state.buffers);
  const destroying = new Map(state.destroying);
  const poolId = buffers.get(bufferId)?.poolId ?? 0n;
  buffers.delete(bufferId);
  destroying.delete(bufferId);
  const presents = withoutPresents(state.presents, unacknowledged);
  const given = [...state.abandoned, ...unacknowledged];
  const forgotten = given.length - state.options.maxAbandoned;
  if (forgotten > 0) outputs.push(gfxredirViolation("peer", "acks-forgotten"));
  const abandoned = forgotten > 0 ? given.slice(forgotten) : given;
  return closedIfEmpty({ ...state, buffers, destroying, presents, abandoned }, poolId, outputs);
}

function closedIfEmpty(state: State, poolId: bigint, outputs: Outputs): State {
  if (state.pools.get(poolId)?.closing !== true) return state;
  for (const buffer of state.buffers.values()) if (buffer.poolId === poolId) return state;
  outputs.push(gfxredirSend({ message: "closePool", value: { poolId } }), { type: "poolClosed", poolId });
  const pools = new Map(state.pools);
  pools.delete(poolId);
  return { ...state, pools };
}

/** Destroys the buffers whose wait is over. */
export function destroyOverdue(state: State, now: number, outputs: Outputs): State {
  let next = state;
  for (const [bufferId, until] of state.destroying) if (until <= now) next = destroyed(next, bufferId, outputs);
  return next;
}
