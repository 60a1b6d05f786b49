import {
  applistClient,
  applistMessageLength,
  applistVocabulary,
  stepApplistClient,
  type ApplistClientInput,
  type ApplistClientOptions,
  type ApplistClientOutput,
  type ApplistClientState,
} from "@railvail/applist";
import {
  audioInputClient,
  audioInputVocabulary,
  readSoundMessage,
  soundClient,
  soundVocabulary,
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
  cliprdrFeatures,
  cliprdrVocabulary,
  stepCliprdrClient,
  type CliprdrInput,
  type CliprdrOptions,
  type CliprdrOutput,
  type CliprdrState,
} from "@railvail/cliprdr";
import {
  displayClient,
  displayVocabulary,
  stepDisplayClient,
  type DisplayClientInput,
  type DisplayClientOutput,
  type DisplayClientState,
} from "@railvail/display";
import {
  egfxClient,
  egfxVocabulary,
  stepEgfxClient,
  type EgfxClientInput,
  type EgfxClientOptions,
  type EgfxClientOutput,
  type EgfxClientState,
} from "@railvail/egfx";
import {
  gfxredirClient,
  gfxredirMessageLength,
  gfxredirVocabulary,
  stepGfxredirClient,
  type GfxredirClientInput,
  type GfxredirClientOptions,
  type GfxredirClientOutput,
  type GfxredirClientState,
} from "@railvail/gfxredir";
import {
  railClient,
  railOrderLength,
  railVocabulary,
  stepRailClient,
  type RailClientInput,
  type RailClientOptions,
  type RailClientOutput,
  type RailClientState,
} from "@railvail/rail";
import type { Machine } from "./machine-end.js";
import { commandsIn, messagesIn, partsIn } from "./messages-in.js";

const opened = () => ({ type: "opened" }) as const;
const closed = () => ({ type: "closed" }) as const;
const tick = (now: number) => ({ type: "tick", now }) as const;

/** `railSupportLevel`: the bits that both sides set in their capability sets, when the channel opens. */
export const railMachine = (
  options: Partial<RailClientOptions>,
  railSupportLevel: () => number,
): Machine<RailClientState, RailClientInput, RailClientOutput> => ({
  state: railClient(options),
  step: stepRailClient,
  opened: (now) => ({ type: "opened", railSupportLevel: railSupportLevel(), now }),
  received: (source, _, now) =>
    partsIn(source, railOrderLength, (at, end) => {
      const message = railVocabulary.read(source, at, end, "server");
      if (message !== undefined) return { type: "received", message, now };
      return { type: "unknown", orderType: end - at < 2 ? 0 : source.view.getUint16(at, true) };
    }),
  closed,
  tick,
  encode: ({ message }) => [railVocabulary.encode(message)],
});

export const cliprdrMachine = (
  options: Partial<CliprdrOptions>,
): Machine<CliprdrState, CliprdrInput, CliprdrOutput> => ({
  state: cliprdrClient(options),
  step: stepCliprdrClient,
  opened,
  *received(source, state, now) {
    const { longNames } = cliprdrFeatures(state);
    const message = cliprdrVocabulary.read(source, 0, source.bytes.length, "server", longNames);
    if (message !== undefined) yield { type: "received", message, now };
  },
  closed,
  tick,
  encode: ({ message }) => [cliprdrVocabulary.encode(message)],
});

export const soundMachine = (
  options: Partial<SoundClientOptions>,
): Machine<SoundClientState, SoundClientInput, SoundClientOutput> => ({
  state: soundClient(options),
  step: stepSoundClient,
  opened,
  *received(source, { firstHalf }, now) {
    const message = readSoundMessage(source, 0, source.bytes.length, firstHalf);
    if (message !== undefined) yield { type: "received", message, now };
  },
  closed,
  encode: ({ message }) => [soundVocabulary.encode(message)],
});

export const audioInputMachine = (
  options: Partial<AudioInputClientOptions>,
): Machine<AudioInputClientState, AudioInputClientInput, AudioInputClientOutput> => ({
  state: audioInputClient(options),
  step: stepAudioInputClient,
  opened,
  received: (source, _, now) => messagesIn(audioInputVocabulary, source, "server", now),
  closed,
  encode: ({ message }) => [audioInputVocabulary.encode(message)],
});

export const displayMachine = (): Machine<DisplayClientState, DisplayClientInput, DisplayClientOutput> => ({
  state: displayClient(),
  step: stepDisplayClient,
  opened,
  received: (source, _, now) => messagesIn(displayVocabulary, source, "server", now),
  closed,
  encode: ({ message }) => [displayVocabulary.encode(message)],
});

export const applistMachine = (
  options: Partial<ApplistClientOptions>,
): Machine<ApplistClientState, ApplistClientInput, ApplistClientOutput> => ({
  state: applistClient(options),
  step: stepApplistClient,
  opened,
  received: (source, _, now) => messagesIn(applistVocabulary, source, "server", now, applistMessageLength),
  closed,
  encode: ({ message }) => [applistVocabulary.encode(message)],
});

export const gfxredirMachine = (
  options: Partial<GfxredirClientOptions>,
): Machine<GfxredirClientState, GfxredirClientInput, GfxredirClientOutput> => ({
  state: gfxredirClient(options),
  step: stepGfxredirClient,
  opened,
  received: (source, _, now) => messagesIn(gfxredirVocabulary, source, "server", now, gfxredirMessageLength),
  closed,
  encode: ({ message }) => [gfxredirVocabulary.encode(message)],
});

/** Its channel has segments around the messages, see `segmentedEnd`. */
export const egfxMachine = (
  options: Partial<EgfxClientOptions>,
): Machine<EgfxClientState, EgfxClientInput, EgfxClientOutput> => ({
  state: egfxClient(options),
  step: stepEgfxClient,
  opened,
  received: (source, _, now) => commandsIn(source, "server", now),
  closed,
  encode: ({ message }) => [egfxVocabulary.encode(message)],
});
