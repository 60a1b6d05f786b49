import {
  applistClient,
  stepApplistClient,
  type ApplistClientInput,
  type ApplistClientOptions,
  type ApplistClientOutput,
  type ApplistClientState,
} from "@railvail/applist";
import {
  audioInputClient,
  readSoundMessage,
  soundClient,
  stepAudioInputClient,
  stepSoundClient,
  type AudioInputClientInput,
  type AudioInputClientOptions,
  type AudioInputClientOutput,
  type AudioInputClientState,
  type SoundClientInput,
  type SoundClientOptions,
  type SoundClientOutput,
  type SoundClientState,
} from "@railvail/audio";
import {
  cliprdrClient,
  stepCliprdrClient,
  type CliprdrInput,
  type CliprdrOptions,
  type CliprdrOutput,
  type CliprdrState,
} from "@railvail/cliprdr";
import {
  displayClient,
  stepDisplayClient,
  type DisplayClientInput,
  type DisplayClientOutput,
  type DisplayClientState,
} from "@railvail/display";
import {
  egfxClient,
  stepEgfxClient,
  type EgfxClientInput,
  type EgfxClientOptions,
  type EgfxClientOutput,
  type EgfxClientState,
} from "@railvail/egfx";
import {
  gfxredirClient,
  stepGfxredirClient,
  type GfxredirClientInput,
  type GfxredirClientOptions,
  type GfxredirClientOutput,
  type GfxredirClientState,
} from "@railvail/gfxredir";
import {
  railClient,
  stepRailClient,
  type RailClientInput,
  type RailClientOptions,
  type RailClientOutput,
  type RailClientState,
} from "@railvail/rail";
import { channelCodecs } from "./channel-codecs.js";
import type { Machine } from "./machine-end.js";

const codecs = channelCodecs("server");
const opened = () => ({ type: "opened" }) as const;
const closed = () => ({ type: "closed" }) as const;
const tick = (now: number) => ({ type: "tick", now }) as const;

/** `railSupportLevel`: the bits that both sides set in their capability sets, when the channel opens. */
export const railMachine = (
  options: Partial<RailClientOptions>,
  railSupportLevel: () => number,
): Machine<RailClientState, RailClientInput, RailClientOutput> => ({
  ...codecs.rail,
  state: railClient(options),
  step: stepRailClient,
  opened: (now) => ({ type: "opened", railSupportLevel: railSupportLevel(), now }),
  closed,
  tick,
});

export const cliprdrMachine = (
  options: Partial<CliprdrOptions>,
): Machine<CliprdrState, CliprdrInput, CliprdrOutput> => ({
  ...codecs.cliprdr,
  state: cliprdrClient(options),
  step: stepCliprdrClient,
  opened,
  closed,
  tick,
});

export const soundMachine = (
  options: Partial<SoundClientOptions>,
): Machine<SoundClientState, SoundClientInput, SoundClientOutput> => ({
  ...codecs.sound,
  state: soundClient(options),
  step: stepSoundClient,
  opened,
  *received(source, { firstHalf }, now) {
    const message = readSoundMessage(source, 0, source.bytes.length, firstHalf);
    if (message !== undefined) yield { type: "received", message, now };
  },
  closed,
});

export const audioInputMachine = (
  options: Partial<AudioInputClientOptions>,
): Machine<AudioInputClientState, AudioInputClientInput, AudioInputClientOutput> => ({
  ...codecs.audioInput,
  state: audioInputClient(options),
  step: stepAudioInputClient,
  opened,
  closed,
});

export const displayMachine = (): Machine<DisplayClientState, DisplayClientInput, DisplayClientOutput> => ({
  ...codecs.display,
  state: displayClient(),
  step: stepDisplayClient,
  opened,
  closed,
});

export const applistMachine = (
  options: Partial<ApplistClientOptions>,
): Machine<ApplistClientState, ApplistClientInput, ApplistClientOutput> => ({
  ...codecs.applist,
  state: applistClient(options),
  step: stepApplistClient,
  opened,
  closed,
});

export const gfxredirMachine = (
  options: Partial<GfxredirClientOptions>,
): Machine<GfxredirClientState, GfxredirClientInput, GfxredirClientOutput> => ({
  ...codecs.gfxredir,
  state: gfxredirClient(options),
  step: stepGfxredirClient,
  opened,
  closed,
});

/** Its channel has segments around the messages, see `segmentedEnd`. */
export const egfxMachine = (
  options: Partial<EgfxClientOptions>,
): Machine<EgfxClientState, EgfxClientInput, EgfxClientOutput> => ({
  ...codecs.egfx,
  state: egfxClient(options),
  step: stepEgfxClient,
  opened,
  closed,
});
