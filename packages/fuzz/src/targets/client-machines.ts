import { applistClient, applistVocabulary, stepApplistClient } from "@railvail/applist";
import {
  audioInputClient,
  audioInputVocabulary,
  readSoundMessage,
  soundClient,
  soundVocabulary,
  stepAudioInputClient,
  stepSoundClient,
  type AudioInputClientInput,
  type SoundClientInput,
} from "@railvail/audio";
import {
  cliprdrClient,
  cliprdrFeatures,
  cliprdrVocabulary,
  stepCliprdrClient,
  type CliprdrInput,
} from "@railvail/cliprdr";
import { displayClient, displayVocabulary, stepDisplayClient } from "@railvail/display";
import { egfxClient, egfxVocabulary, readCommands, stepEgfxClient, type EgfxClientInput } from "@railvail/egfx";
import { gfxredirClient, gfxredirVocabulary, stepGfxredirClient, type GfxredirClientInput } from "@railvail/gfxredir";
import { railClient, railVocabulary, stepRailClient, type RailClientInput } from "@railvail/rail";
import { machineTarget, wholeMessages } from "./machine-target.js";
import { countingRules } from "./counting-rules.js";
import type { Target } from "./target.js";

const now = 0;
const every = (index: number, times: number): boolean => index % times === times - 1;

/** Clients, with small limits, so that growing past them shows. */
export const clientMachines: readonly Target[] = [
  machineTarget(
    {
      name: "rail-client",
      largest: 4000,
      counting: countingRules.rail,
      start: () =>
        stepRailClient(railClient({ maxExecs: 4, maxLateExecs: 4, maxAppIdRequests: 4 }), {
          type: "opened",
          railSupportLevel: 0xff,
          now,
        }).state,
      step: stepRailClient,
      received: wholeMessages(railVocabulary, "server"),
      encode: ({ message }) => railVocabulary.encode(message),
      commands: (_state, index, now): RailClientInput[] => [
        ...(every(index, 5) ? [{ type: "requestAppId", windowId: index } as const] : []),
        ...(every(index, 7) ? [{ type: "tick", now } as const] : []),
      ],
    },
    "rail",
    "server",
  ),
  machineTarget(
    {
      name: "gfxredir-client",
      largest: 4000,
      counting: countingRules.gfxredir,
      start: () =>
        stepGfxredirClient(gfxredirClient({ maxPools: 3, maxBuffers: 4, maxPresents: 4 }), { type: "opened" }).state,
      step: stepGfxredirClient,
      received: wholeMessages(gfxredirVocabulary, "server"),
      encode: ({ message }) => gfxredirVocabulary.encode(message),
      commands: ({ presents }, index): GfxredirClientInput[] => {
        const [waiting] = [...presents.byWindow.values()].flat();
        if (waiting === undefined || !every(index, 3)) return [];
        return [{ type: "presented", windowId: waiting.windowId, presentId: waiting.presentId }];
      },
    },
    "gfxredir",
    "server",
  ),
  machineTarget(
    {
      name: "egfx-client",
      largest: 60_000,
      counting: countingRules.egfx,
      start: () => stepEgfxClient(egfxClient({ maxSurfaces: 4, maxPixels: 100_000 }), { type: "opened" }).state,
      step: stepEgfxClient,
      // Not a generator: after a command that is damaged it goes on with the next one.
      received: (source) => {
        const commands = readCommands(source, 0, source.bytes.length, "server");
        const next = (): IteratorResult<EgfxClientInput, undefined> => {
          const { done, value } = commands.next();
          return done === true
            ? { done, value: undefined }
            : { done: false, value: { type: "received", message: value } };
        };
        return { [Symbol.iterator]: () => ({ next }) };
      },
      encode: ({ message }) => egfxVocabulary.encode(message),
    },
    "egfx",
    "server",
  ),
  machineTarget(
    {
      name: "cliprdr-client",
      largest: 8000,
      counting: countingRules.cliprdr,
      start: () =>
        stepCliprdrClient(cliprdrClient({ maxFormats: 16, maxQueued: 4, maxWanted: 4, maxLocks: 4 }), {
          type: "opened",
        }).state,
      step: stepCliprdrClient,
      *received(source, state, now): Generator<CliprdrInput, void> {
        const { longNames } = cliprdrFeatures(state);
        const message = cliprdrVocabulary.read(source, 0, source.bytes.length, "server", longNames);
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
    "server",
  ),
  machineTarget(
    {
      name: "sound-client",
      largest: 30_000,
      counting: countingRules.sound,
      start: () => stepSoundClient(soundClient(), { type: "opened" }).state,
      step: stepSoundClient,
      *received(source, { firstHalf }, now): Generator<SoundClientInput, void> {
        const message = readSoundMessage(source, 0, source.bytes.length, firstHalf);
        if (message !== undefined) yield { type: "received", message, now };
      },
      encode: ({ message }) => soundVocabulary.encode(message),
      commands: (_state, index, now) => (every(index, 4) ? [{ type: "played", serial: index >> 2, now } as const] : []),
    },
    "rdpsnd-dvc",
    "server",
  ),
  machineTarget(
    {
      name: "audio-input-client",
      largest: 30_000,
      counting: countingRules.audioInput,
      start: () => stepAudioInputClient(audioInputClient(), { type: "opened" }).state,
      step: stepAudioInputClient,
      received: wholeMessages(audioInputVocabulary, "server"),
      encode: ({ message }) => audioInputVocabulary.encode(message),
      commands: (_state, index): AudioInputClientInput[] => [
        ...(every(index, 3) ? [{ type: "deviceOpened" } as const] : []),
        ...(every(index, 4) ? [{ type: "record", data: new Uint8Array(64) } as const] : []),
      ],
    },
    "audin",
    "server",
  ),
  machineTarget(
    {
      name: "display-client",
      largest: 1000,
      counting: countingRules.display,
      start: () => stepDisplayClient(displayClient(), { type: "opened" }).state,
      step: stepDisplayClient,
      received: wholeMessages(displayVocabulary, "server"),
      encode: ({ message }) => displayVocabulary.encode(message),
    },
    "disp",
    "server",
  ),
  machineTarget(
    {
      name: "applist-client",
      largest: 20_000,
      counting: countingRules.applist,
      start: () =>
        stepApplistClient(applistClient({ maxApps: 8, maxIconBytes: 4096, maxTotalIconBytes: 16_384 }), {
          type: "opened",
        }).state,
      step: stepApplistClient,
      received: wholeMessages(applistVocabulary, "server"),
      encode: ({ message }) => applistVocabulary.encode(message),
    },
    "rdpapplist",
    "server",
  ),
];
