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
  readCommands,
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
import { messagesIn } from "./messages-in.js";

type End<State, Input, Output extends { readonly type: string }> = Machine<State, Input, Output>;

/** The client's messages as inputs; what is of no known kind is passed over. */
function* inputs<Message>(
  messages: Iterable<Message | undefined>,
  now: number,
): Generator<{ readonly type: "received"; readonly message: Message; readonly now: number }, void> {
  for (const message of messages) if (message !== undefined) yield { type: "received", message, now };
}

const opened = (now: number) => ({ type: "opened", now }) as const;
const closed = () => ({ type: "closed" }) as const;
const tick = (now: number) => ({ type: "tick", now }) as const;

/** `railSupportLevel`: the bits that both sides set in their capability sets, when the channel opens. */
export const railMachine = (
  options: Partial<RailServerOptions>,
  railSupportLevel: () => number,
): End<RailServerState, RailServerInput, RailServerOutput> => ({
  state: railServer(options),
  step: stepRailServer,
  opened: (now) => ({ type: "opened", railSupportLevel: railSupportLevel(), now }),
  *received(source, _, now) {
    for (let at = 0; at < source.bytes.length;) {
      const end = at + (railOrderLength(source, at, source.bytes.length) ?? source.bytes.length - at);
      const message = railVocabulary.read(source, at, end, "client");
      if (message === undefined)
        yield { type: "unknown", orderType: end - at < 2 ? 0 : source.view.getUint16(at, true) };
      else yield { type: "received", message, now };
      at = end;
    }
  },
  closed,
  tick,
  encode: ({ message }) => [railVocabulary.encode(message)],
});

export const cliprdrMachine = (options: Partial<CliprdrOptions>): End<CliprdrState, CliprdrInput, CliprdrOutput> => ({
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
): End<SoundServerState, SoundServerInput, SoundServerOutput> => ({
  state: soundServer(options),
  step: stepSoundServer,
  opened,
  received: (source, _, now) => inputs(messagesIn(soundVocabulary, source, "client"), now),
  closed,
  tick,
  encode: ({ message }) => [soundVocabulary.encode(message)],
});

export const audioInputMachine = (
  options: Partial<AudioInputServerOptions>,
): End<AudioInputServerState, AudioInputServerInput, AudioInputServerOutput> => ({
  state: audioInputServer(options),
  step: stepAudioInputServer,
  opened,
  received: (source, _, now) => inputs(messagesIn(audioInputVocabulary, source, "client"), now),
  closed,
  tick,
  encode: ({ message }) => [audioInputVocabulary.encode(message)],
});

export const displayMachine = (
  caps: DisplayCaps,
): End<DisplayServerState, DisplayServerInput, DisplayServerOutput> => ({
  state: displayServer(caps),
  step: stepDisplayServer,
  opened: () => ({ type: "opened" }),
  received: (source, _, now) => inputs(messagesIn(displayVocabulary, source, "client"), now),
  closed,
  encode: ({ message }) => [displayVocabulary.encode(message)],
});

export const applistMachine = (
  options: Parameters<typeof applistServer>[0],
): End<ApplistServerState, ApplistServerInput, ApplistServerOutput> => ({
  state: applistServer(options),
  step: stepApplistServer,
  opened: () => ({ type: "opened" }),
  received: (source, _, now) => inputs(messagesIn(applistVocabulary, source, "client", applistMessageLength), now),
  closed,
  encode: ({ message }) => [applistVocabulary.encode(message)],
});

export const gfxredirMachine = (
  options: Partial<GfxredirServerOptions>,
): End<GfxredirServerState, GfxredirServerInput, GfxredirServerOutput> => ({
  state: gfxredirServer(options),
  step: stepGfxredirServer,
  opened,
  received: (source, _, now) => inputs(messagesIn(gfxredirVocabulary, source, "client", gfxredirMessageLength), now),
  closed,
  tick,
  encode: ({ message }) => [gfxredirVocabulary.encode(message)],
});

/** Bytes of memory for the headers of some commands. */
const headers = 4096;

export const egfxMachine = (
  options: Partial<EgfxServerOptions>,
): End<EgfxServerState, EgfxServerInput, EgfxServerOutput> => ({
  state: egfxServer(options),
  step: stepEgfxServer,
  opened,
  received: (source, _, now) => inputs(readCommands(source, 0, source.bytes.length, "client"), now),
  closed,
  tick,
  encode: (send) => egfxParts(send, new Arena(headers)),
});
