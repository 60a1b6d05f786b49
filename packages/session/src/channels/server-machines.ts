import {
  applistMessageLength,
  applistServer,
  applistVocabulary,
  stepApplistServer,
  type ApplistServerInput,
  type ApplistServerOutput,
  type ApplistServerState,
} from "@railvail/applist";
import {
  audioInputServer,
  audioInputVocabulary,
  soundServer,
  soundVocabulary,
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
  cliprdrFeatures,
  cliprdrServer,
  cliprdrVocabulary,
  stepCliprdrServer,
  type CliprdrInput,
  type CliprdrOptions,
  type CliprdrOutput,
  type CliprdrState,
} from "@railvail/cliprdr";
import {
  displayServer,
  displayVocabulary,
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
  gfxredirMessageLength,
  gfxredirServer,
  gfxredirVocabulary,
  stepGfxredirServer,
  type GfxredirServerInput,
  type GfxredirServerOptions,
  type GfxredirServerOutput,
  type GfxredirServerState,
} from "@railvail/gfxredir";
import {
  railOrderLength,
  railServer,
  railVocabulary,
  stepRailServer,
  type RailServerInput,
  type RailServerOptions,
  type RailServerOutput,
  type RailServerState,
} from "@railvail/rail";
import { Arena } from "@railvail/wire";
import type { Machine } from "./machine-end.js";
import { commandsIn, messagesIn, partsIn } from "./messages-in.js";

const opened = (now: number) => ({ type: "opened", now }) as const;
const closed = () => ({ type: "closed" }) as const;
const tick = (now: number) => ({ type: "tick", now }) as const;

/** `railSupportLevel`: the bits that both sides set in their capability sets, when the channel opens. */
export const railMachine = (
  options: Partial<RailServerOptions>,
  railSupportLevel: () => number,
): Machine<RailServerState, RailServerInput, RailServerOutput> => ({
  state: railServer(options),
  step: stepRailServer,
  opened: (now) => ({ type: "opened", railSupportLevel: railSupportLevel(), now }),
  received: (source, _, now) =>
    partsIn(source, railOrderLength, (at, end) => {
      const message = railVocabulary.read(source, at, end, "client");
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
  state: cliprdrServer(options),
  step: stepCliprdrServer,
  opened: () => ({ type: "opened" }),
  *received(source, state, now) {
    const { longNames } = cliprdrFeatures(state);
    const message = cliprdrVocabulary.read(source, 0, source.bytes.length, "client", longNames);
    if (message !== undefined) yield { type: "received", message, now };
  },
  closed,
  tick,
  encode: ({ message }) => [cliprdrVocabulary.encode(message)],
});

export const soundMachine = (
  options: Partial<SoundServerOptions>,
): Machine<SoundServerState, SoundServerInput, SoundServerOutput> => ({
  state: soundServer(options),
  step: stepSoundServer,
  opened,
  received: (source, _, now) => messagesIn(soundVocabulary, source, "client", now),
  closed,
  tick,
  encode: ({ message }) => [soundVocabulary.encode(message)],
});

export const audioInputMachine = (
  options: Partial<AudioInputServerOptions>,
): Machine<AudioInputServerState, AudioInputServerInput, AudioInputServerOutput> => ({
  state: audioInputServer(options),
  step: stepAudioInputServer,
  opened,
  received: (source, _, now) => messagesIn(audioInputVocabulary, source, "client", now),
  closed,
  tick,
  encode: ({ message }) => [audioInputVocabulary.encode(message)],
});

export const displayMachine = (
  caps: DisplayCaps,
): Machine<DisplayServerState, DisplayServerInput, DisplayServerOutput> => ({
  state: displayServer(caps),
  step: stepDisplayServer,
  opened: () => ({ type: "opened" }),
  received: (source, _, now) => messagesIn(displayVocabulary, source, "client", now),
  closed,
  encode: ({ message }) => [displayVocabulary.encode(message)],
});

export const applistMachine = (
  options: Parameters<typeof applistServer>[0],
): Machine<ApplistServerState, ApplistServerInput, ApplistServerOutput> => ({
  state: applistServer(options),
  step: stepApplistServer,
  opened: () => ({ type: "opened" }),
  received: (source, _, now) => messagesIn(applistVocabulary, source, "client", now, applistMessageLength),
  closed,
  encode: ({ message }) => [applistVocabulary.encode(message)],
});

export const gfxredirMachine = (
  options: Partial<GfxredirServerOptions>,
): Machine<GfxredirServerState, GfxredirServerInput, GfxredirServerOutput> => ({
  state: gfxredirServer(options),
  step: stepGfxredirServer,
  opened,
  received: (source, _, now) => messagesIn(gfxredirVocabulary, source, "client", now, gfxredirMessageLength),
  closed,
  tick,
  encode: ({ message }) => [gfxredirVocabulary.encode(message)],
});

/** Bytes of memory for the headers of some commands. */
const headers = 4096;

export const egfxMachine = (
  options: Partial<EgfxServerOptions>,
): Machine<EgfxServerState, EgfxServerInput, EgfxServerOutput> => ({
  state: egfxServer(options),
  step: stepEgfxServer,
  opened,
  received: (source, _, now) => commandsIn(source, "client", now),
  closed,
  tick,
  encode: (send) => egfxParts(send, new Arena(headers)),
});
