import type { EgfxServerInput } from "@railvail/egfx";
import {
  BufferFormat,
  freeBufferId,
  freePoolId,
  type GfxredirServerInput,
  type GfxredirServerState,
} from "@railvail/gfxredir";
import { serverMachines } from "@railvail/session";
import { clipboardUse, every, isTurn } from "./commands.js";
import { countingRules } from "./counting-rules.js";
import { machineTarget } from "./machine-target.js";
import type { Target } from "./target.js";

const {
  applistMachine,
  audioInputMachine,
  cliprdrMachine,
  displayMachine,
  egfxMachine,
  gfxredirMachine,
  railMachine,
  soundMachine,
} = serverMachines;

const sectionName = "{00000000-0000-4000-8000-000000000001}";

/** A compositor's use of VAIL: a pool, buffers in it, presents, and all of it destroyed again. */
function vailCommands(state: GfxredirServerState, index: number, now: number): GfxredirServerInput[] {
  const [poolId] = state.pools.keys();
  const [bufferId] = state.buffers.keys();
  const tick = { type: "tick", now } as const;
  if (poolId === undefined)
    return [{ type: "openPool", poolId: freePoolId(state), poolSize: 4096n, sectionName }, tick];
  if (bufferId === undefined || isTurn(index, 6)) {
    const size = { stride: 64, width: 16, height: 16, format: BufferFormat.argb8888 };
    return [{ type: "createBuffer", poolId, bufferId: freeBufferId(state), offset: 0n, ...size }, tick];
  }
  if (isTurn(index, 11)) return [{ type: "closePool", poolId, now }, tick];
  if (isTurn(index, 5)) return [{ type: "destroyBuffer", bufferId, now }, tick];
  const target = { targetWidth: 16, targetHeight: 16, dirtyRect: { left: 0, top: 0, width: 16, height: 16 } };
  return [{ type: "present", windowId: BigInt(index & 3), bufferId, ...target, opaqueRects: [] }, tick];
}

const frameOf = (index: number, now: number): EgfxServerInput =>
  index === 1
    ? { type: "createSurface", surfaceId: 1, width: 16, height: 16 }
    : { type: "frame", commands: [{ type: "mapToWindow", surfaceId: 1, windowId: BigInt(index & 3) }], now };

/** Servers, with small limits, so that growing past them shows. */
export const serverMachineTargets: readonly Target[] = [
  machineTarget("rail", "client", {
    name: "rail-server",
    largest: 8000,
    counting: countingRules.rail,
    machine: railMachine({ maxExecs: 4, maxAppIdRequests: 4 }, () => 0xff),
    commands: ({ execs: [start] }, index, now) => [
      ...(start === undefined
        ? []
        : every(index, 3, { type: "execResult", serial: start.serial, execResult: 0, rawResult: 0 } as const)),
      ...every(index, 7, { type: "tick", now } as const),
    ],
  }),
  machineTarget("gfxredir", "client", {
    name: "gfxredir-server",
    largest: 4000,
    counting: countingRules.gfxredir,
    machine: gfxredirMachine({ maxPools: 2, maxBuffers: 4, maxPresents: 4, maxAbandoned: 4 }),
    commands: vailCommands,
  }),
  machineTarget("egfx", "client", {
    name: "egfx-server",
    largest: 60_000,
    counting: countingRules.egfx,
    machine: egfxMachine({ maxFrames: 3, maxUnawaited: 3, cacheImport: "ask" }),
    commands: (_state, index, now) => [frameOf(index, now), ...every(index, 6, { type: "tick", now } as const)],
  }),
  machineTarget("cliprdr", "client", {
    name: "cliprdr-server",
    largest: 8000,
    counting: countingRules.cliprdr,
    machine: cliprdrMachine({ maxFormats: 16, maxQueued: 4, maxWanted: 4, maxLocks: 4 }),
    commands: clipboardUse,
  }),
  machineTarget("rdpsnd-dvc", "client", {
    name: "sound-server",
    largest: 30_000,
    counting: countingRules.sound,
    machine: soundMachine({ credits: 4 }),
    commands: (_state, _index, now) => [
      { type: "play", data: new Uint8Array(64), now } as const,
      { type: "tick", now } as const,
    ],
  }),
  machineTarget("audin", "client", {
    name: "audio-input-server",
    largest: 30_000,
    counting: countingRules.audioInput,
    machine: audioInputMachine({ maxFormats: 8 }),
    commands: (_state, index, now) => [
      ...every(index, 3, { type: "open", now } as const),
      ...every(index, 5, { type: "changeFormat", formatNo: index & 7 } as const),
    ],
  }),
  machineTarget("disp", "client", {
    name: "display-server",
    largest: 1000,
    counting: countingRules.display,
    machine: displayMachine(),
  }),
  machineTarget("rdpapplist", "client", {
    name: "applist-server",
    largest: 2000,
    counting: countingRules.applist,
    machine: applistMachine({ providerName: "fuzz" }),
  }),
];
