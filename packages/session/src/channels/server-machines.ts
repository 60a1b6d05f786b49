import {
  applistServer,
  stepApplistServer,
  type ApplistServerInput,
  type ApplistServerOutput,
  type ApplistServerState,
} from "@railvail/applist";
import {
  audioInputServer,
  soundServer,
  stepAudioInputServer,
  stepSoundServer,
  type AudioInputServerInput,
  type AudioInputServerOptions,
  type AudioInputServerOutput,
  type AudioInputServerState,
  type SoundServerInput,
  type SoundServerOptions,
  type SoundServerOutput,
  type SoundServerState,
} from "@railvail/audio";
import {
  cliprdrServer,
  stepCliprdrServer,
  type CliprdrInput,
  type CliprdrOptions,
  type CliprdrOutput,
  type CliprdrState,
} from "@railvail/cliprdr";
import {
  displayServer,
  stepDisplayServer,
  type DisplayCaps,
  type DisplayServerInput,
  type DisplayServerOutput,
  type DisplayServerState,
} from "@railvail/display";
import {
  egfxParts,
  egfxServer,
  stepEgfxServer,
  type EgfxServerInput,
  type EgfxServerOptions,
  type EgfxServerOutput,
  type EgfxServerState,
} from "@railvail/egfx";
import {
  gfxredirServer,
  stepGfxredirServer,
  type GfxredirServerInput,
  type GfxredirServerOptions,
  type GfxredirServerOutput,
  type GfxredirServerState,
} from "@railvail/gfxredir";
import {
  railServer,
  stepRailServer,
  type RailServerInput,
  type RailServerOptions,
  type RailServerOutput,
  type RailServerState,
} from "@railvail/rail";
import { Arena } from "@railvail/wire";
import { channelCodecs } from "./channel-codecs.js";
import type { Machine } from "./machine-end.js";

const codecs = channelCodecs("client");
const opened = (now: number) => ({ type: "opened", now }) as const;
const closed = () => ({ type: "closed" }) as const;
const tick = (now: number) => ({ type: "tick", now }) as const;

/** `railSupportLevel`: the bits that both sides set in their capability sets, when the channel opens. */
export const railMachine = (
  options: Partial<RailServerOptions>,
  railSupportLevel: () => number,
): Machine<RailServerState, RailServerInput, RailServerOutput> => ({
  ...codecs.rail,
  state: railServer(options),
  step: stepRailServer,
  opened: (now) => ({ type: "opened", railSupportLevel: railSupportLevel(), now }),
  closed,
  tick,
});

export const cliprdrMachine = (
  options: Partial<CliprdrOptions>,
): Machine<CliprdrState, CliprdrInput, CliprdrOutput> => ({
  ...codecs.cliprdr,
  state: cliprdrServer(options),
  step: stepCliprdrServer,
  opened: () => ({ type: "opened" }),
  closed,
  tick,
});

export const soundMachine = (
  options: Partial<SoundServerOptions>,
): Machine<SoundServerState, SoundServerInput, SoundServerOutput> => ({
  ...codecs.sound,
  state: soundServer(options),
  step: stepSoundServer,
  opened,
  closed,
  tick,
});

export const audioInputMachine = (
  options: Partial<AudioInputServerOptions>,
): Machine<AudioInputServerState, AudioInputServerInput, AudioInputServerOutput> => ({
  ...codecs.audioInput,
  state: audioInputServer(options),
  step: stepAudioInputServer,
  opened,
  closed,
  tick,
});

export const displayMachine = (
  caps?: DisplayCaps,
): Machine<DisplayServerState, DisplayServerInput, DisplayServerOutput> => ({
  ...codecs.display,
  state: displayServer(caps),
  step: stepDisplayServer,
  opened: () => ({ type: "opened" }),
  closed,
});

export const applistMachine = (
  options: Parameters<typeof applistServer>[0],
): Machine<ApplistServerState, ApplistServerInput, ApplistServerOutput> => ({
  ...codecs.applist,
  state: applistServer(options),
  step: stepApplistServer,
  opened: () => ({ type: "opened" }),
  closed,
});

export const gfxredirMachine = (
  options: Partial<GfxredirServerOptions>,
): Machine<GfxredirServerState, GfxredirServerInput, GfxredirServerOutput> => ({
  ...codecs.gfxredir,
  state: gfxredirServer(options),
  step: stepGfxredirServer,
  opened,
  closed,
  tick,
});

/** Bytes of memory for the headers of some commands. */
const headers = 4096;

export const egfxMachine = (
  options: Partial<EgfxServerOptions>,
): Machine<EgfxServerState, EgfxServerInput, EgfxServerOutput> => ({
  ...codecs.egfx,
  state: egfxServer(options),
  step: stepEgfxServer,
  opened,
  closed,
  tick,
  encode: (send) => egfxParts(send, new Arena(headers)),
});
