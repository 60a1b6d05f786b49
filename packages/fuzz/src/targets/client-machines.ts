import { clientMachines } from "@railvail/session";
import { clipboardUse, every } from "./commands.js";
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
} = clientMachines;

/** Clients, with small limits, so that growing past them shows. */
export const clientMachineTargets: readonly Target[] = [
  machineTarget("rail", "server", {
    name: "rail-client",
    largest: 4000,
    counting: countingRules.rail,
    machine: railMachine({ maxExecs: 4, maxLateExecs: 4, maxAppIdRequests: 4 }, () => 0xff),
    commands: (_state, index, now) => [
      ...every(index, 5, { type: "requestAppId", windowId: index } as const),
      ...every(index, 7, { type: "tick", now } as const),
    ],
  }),
  machineTarget("gfxredir", "server", {
    name: "gfxredir-client",
    largest: 4000,
    counting: countingRules.gfxredir,
    machine: gfxredirMachine({ maxPools: 3, maxBuffers: 4, maxPresents: 4 }),
    commands: ({ presents }, index) => {
      const [waiting] = [...presents.byWindow.values()].flat();
      if (waiting === undefined) return [];
      return every(index, 3, { type: "presented", windowId: waiting.windowId, presentId: waiting.presentId } as const);
    },
  }),
  machineTarget("egfx", "server", {
    name: "egfx-client",
    largest: 60_000,
    counting: countingRules.egfx,
    machine: egfxMachine({ maxSurfaces: 4, maxPixels: 100_000 }),
  }),
  machineTarget("cliprdr", "server", {
    name: "cliprdr-client",
    largest: 8000,
    counting: countingRules.cliprdr,
    machine: cliprdrMachine({ maxFormats: 16, maxQueued: 4, maxWanted: 4, maxLocks: 4 }),
    commands: clipboardUse,
  }),
  machineTarget("rdpsnd-dvc", "server", {
    name: "sound-client",
    largest: 30_000,
    counting: countingRules.sound,
    machine: soundMachine({}),
    commands: (_state, index, now) => every(index, 4, { type: "played", serial: index >> 2, now } as const),
  }),
  machineTarget("audin", "server", {
    name: "audio-input-client",
    largest: 30_000,
    counting: countingRules.audioInput,
    machine: audioInputMachine({}),
    commands: (_state, index) => [
      ...every(index, 3, { type: "deviceOpened" } as const),
      ...every(index, 4, { type: "record", data: new Uint8Array(64) } as const),
    ],
  }),
  machineTarget("disp", "server", {
    name: "display-client",
    largest: 1000,
    counting: countingRules.display,
    machine: displayMachine(),
  }),
  machineTarget("rdpapplist", "server", {
    name: "applist-client",
    largest: 20_000,
    counting: countingRules.applist,
    machine: applistMachine({ maxApps: 8, maxIconBytes: 4096, maxTotalIconBytes: 16_384 }),
  }),
];
