import { applistServer, applistVocabulary, stepApplistServer } from "@railvail/applist";
import {
  audioInputServer,
  audioInputVocabulary,
  soundServer,
  soundVocabulary,
  stepAudioInputServer,
  stepSoundServer,
  type SoundServerInput,
} from "@railvail/audio";
import {
  cliprdrFeatures,
  cliprdrServer,
  cliprdrVocabulary,
  stepCliprdrServer,
  type CliprdrInput,
} from "@railvail/cliprdr";
import { displayServer, displayVocabulary, stepDisplayServer } from "@railvail/display";
import { egfxParts, egfxServer, readCommands, stepEgfxServer, type EgfxServerInput } from "@railvail/egfx";
import {
  BufferFormat,
  freeBufferId,
  freePoolId,
  gfxredirServer,
  gfxredirVocabulary,
  stepGfxredirServer,
  type GfxredirServerInput,
  type GfxredirServerState,
} from "@railvail/gfxredir";
import { railServer, railVocabulary, stepRailServer, type RailServerInput } from "@railvail/rail";
import { Arena } from "@railvail/wire";
import { countingRules } from "./counting-rules.js";
import { machineTarget, wholeMessages } from "./machine-target.js";
import type { Target } from "./target.js";

const now = 0;
const every = (index: number, times: number): boolean => index % times === times - 1;
const sectionName = "{00000000-0000-4000-8000-000000000001}";

/** A compositor's use of VAIL: a pool, buffers in it, presents, and all of it destroyed again. */
function vailCommands(state: GfxredirServerState, index: number, now: number): GfxredirServerInput[] {
  const [poolId] = state.pools.keys();
  const [bufferId] = state.buffers.keys();
  const tick = { type: "tick", now } as const;
  if (poolId === undefined)
    return [{ type: "openPool", poolId: freePoolId(state), poolSize: 4096n, sectionName }, tick];
  if (bufferId === undefined || every(index, 6)) {
    const size = { stride: 64, width: 16, height: 16, format: BufferFormat.argb8888 };
    return [{ type: "createBuffer", poolId, bufferId: freeBufferId(state), offset: 0n, ...size }, tick];
  }
  if (every(index, 11)) return [{ type: "closePool", poolId, now }, tick];
  if (every(index, 5)) return [{ type: "destroyBuffer", bufferId, now }, tick];
  const target = { targetWidth: 16, targetHeight: 16, dirtyRect: { left: 0, top: 0, width: 16, height: 16 } };
  return [{ type: "present", windowId: BigInt(index & 3), bufferId, ...target, opaqueRects: [] }, tick];
}

const frameOf = (index: number, now: number): EgfxServerInput =>
  index === 1
    ? { type: "createSurface", surfaceId: 1, width: 16, height: 16 }
    : { type: "frame", commands: [{ type: "mapToWindow", surfaceId: 1, windowId: BigInt(index & 3) }], now };

/** Servers, with small limits, so that growing past them shows. */
export const serverMachines: readonly Target[] = [
  machineTarget(
    {
      name: "rail-server",
      largest: 8000,
      counting: countingRules.rail,
      start: () =>
        stepRailServer(railServer({ maxExecs: 4, maxAppIdRequests: 4 }), {
          type: "opened",
          railSupportLevel: 0xff,
          now,
        }).state,
      step: stepRailServer,
      received: wholeMessages(railVocabulary, "client"),
      encode: ({ message }) => railVocabulary.encode(message),
      commands: ({ execs: [start] }, index, now): RailServerInput[] => [
        ...(start !== undefined && every(index, 3)
          ? [{ type: "execResult", serial: start.serial, execResult: 0, rawResult: 0 } as const]
          : []),
        ...(every(index, 7) ? [{ type: "tick", now } as const] : []),
      ],
    },
    "rail",
    "client",
  ),
  machineTarget(
    {
      name: "gfxredir-server",
      largest: 4000,
      counting: countingRules.gfxredir,
      start: () =>
        stepGfxredirServer(gfxredirServer({ maxPools: 2, maxBuffers: 4, maxPresents: 4, maxAbandoned: 4 }), {
          type: "opened",
          now,
        }).state,
      step: stepGfxredirServer,
      received: wholeMessages(gfxredirVocabulary, "client"),
      encode: ({ message }) => gfxredirVocabulary.encode(message),
      commands: vailCommands,
    },
    "gfxredir",
    "client",
  ),
  machineTarget(
    {
      name: "egfx-server",
      largest: 60_000,
      counting: countingRules.egfx,
      start: () =>
        stepEgfxServer(egfxServer({ maxFrames: 3, maxUnawaited: 3, cacheImport: "ask" }), { type: "opened", now })
          .state,
      step: stepEgfxServer,
      received: (source) => {
        const commands = readCommands(source, 0, source.bytes.length, "client");
        const next = (): IteratorResult<EgfxServerInput, undefined> => {
          const { done, value } = commands.next();
          return done === true
            ? { done, value: undefined }
            : { done: false, value: { type: "received", message: value } };
        };
        return { [Symbol.iterator]: () => ({ next }) };
      },
      encode: (output) => egfxParts(output, new Arena(4096)),
      commands: (_state, index, now): EgfxServerInput[] => [
        frameOf(index, now),
        ...(every(index, 6) ? [{ type: "tick", now } as const] : []),
      ],
    },
    "egfx",
    "client",
  ),
  machineTarget(
    {
      name: "cliprdr-server",
      largest: 8000,
      counting: countingRules.cliprdr,
      start: () =>
        stepCliprdrServer(cliprdrServer({ maxFormats: 16, maxQueued: 4, maxWanted: 4, maxLocks: 4 }), {
          type: "opened",
        }).state,
      step: stepCliprdrServer,
      *received(source, state, now): Generator<CliprdrInput, void> {
        const { longNames } = cliprdrFeatures(state);
        const message = cliprdrVocabulary.read(source, 0, source.bytes.length, "client", longNames);
        if (message !== undefined) yield { type: "received", message, now };
      },
      encode: ({ message }) => cliprdrVocabulary.encode(message),
      commands: (_state, index, now): CliprdrInput[] => [
        ...(every(index, 3) ? [{ type: "offer", formats: [{ formatId: 13, formatName: "" }] } as const] : []),
        ...(every(index, 4) ? [{ type: "request", requestId: index, formatId: 13, now } as const] : []),
        ...(every(index, 9) ? [{ type: "tick", now: now + 20_000 } as const] : []),
      ],
    },
    "cliprdr",
    "client",
  ),
  machineTarget(
    {
      name: "sound-server",
      largest: 30_000,
      counting: countingRules.sound,
      start: () => stepSoundServer(soundServer({ credits: 4 }), { type: "opened", now }).state,
      step: stepSoundServer,
      received: wholeMessages(soundVocabulary, "client"),
      encode: ({ message }) => soundVocabulary.encode(message),
      commands: (_state, _index, now): SoundServerInput[] => [
        { type: "play", data: new Uint8Array(64), now },
        { type: "tick", now },
      ],
    },
    "rdpsnd-dvc",
    "client",
  ),
  machineTarget(
    {
      name: "audio-input-server",
      largest: 30_000,
      counting: countingRules.audioInput,
      start: () => stepAudioInputServer(audioInputServer({ maxFormats: 8 }), { type: "opened", now }).state,
      step: stepAudioInputServer,
      received: wholeMessages(audioInputVocabulary, "client"),
      encode: ({ message }) => audioInputVocabulary.encode(message),
      commands: (_state, index, now) => [
        ...(every(index, 3) ? [{ type: "open", now } as const] : []),
        ...(every(index, 5) ? [{ type: "changeFormat", formatNo: index & 7 } as const] : []),
      ],
    },
    "audin",
    "client",
  ),
  machineTarget(
    {
      name: "display-server",
      largest: 1000,
      counting: countingRules.display,
      start: () => stepDisplayServer(displayServer(), { type: "opened" }).state,
      step: stepDisplayServer,
      received: wholeMessages(displayVocabulary, "client"),
      encode: ({ message }) => displayVocabulary.encode(message),
    },
    "disp",
    "client",
  ),
  machineTarget(
    {
      name: "applist-server",
      largest: 2000,
      counting: countingRules.applist,
      start: () => stepApplistServer(applistServer({ providerName: "fuzz" }), { type: "opened" }).state,
      step: stepApplistServer,
      received: wholeMessages(applistVocabulary, "client"),
      encode: ({ message }) => applistVocabulary.encode(message),
    },
    "rdpapplist",
    "client",
  ),
];
