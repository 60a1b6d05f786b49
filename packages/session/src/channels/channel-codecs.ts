import { applistMessageLength, applistVocabulary } from "@railvail/applist";
import { audioInputVocabulary, soundVocabulary } from "@railvail/audio";
import { cliprdrFeatures, cliprdrVocabulary, type CliprdrState } from "@railvail/cliprdr";
import { displayVocabulary } from "@railvail/display";
import { egfxVocabulary } from "@railvail/egfx";
import { gfxredirMessageLength, gfxredirVocabulary } from "@railvail/gfxredir";
import { railOrderLength, railVocabulary } from "@railvail/rail";
import type { MessageOf, Messages, Pdu, Source } from "@railvail/wire";
import { commandsIn, messagesIn, partsIn, type MessageLength, type Side } from "./messages-in.js";

/** How what `sender` says on each channel is read, and what is said to it is written: parts of a `Machine`. */
export function channelCodecs(sender: Side) {
  const plain = <M extends Readonly<Record<string, Pdu>>>(vocabulary: Messages<M>, lengthOf?: MessageLength) => ({
    received: (source: Source, _state: unknown, now: number) => messagesIn(vocabulary, source, sender, now, lengthOf),
    encode: encodesWith(vocabulary),
  });
  return {
    rail: {
      received: (source: Source, _state: unknown, now: number) =>
        partsIn(source, railOrderLength, (at, end) => {
          const message = railVocabulary.read(source, at, end, sender);
          if (message !== undefined) return { type: "received", message, now } as const;
          return { type: "unknown", orderType: end - at < 2 ? 0 : source.view.getUint16(at, true) } as const;
        }),
      encode: encodesWith(railVocabulary),
    },
    cliprdr: {
      received: (source: Source, state: CliprdrState, now: number) =>
        partsIn(source, undefined, (at, end) => {
          const message = cliprdrVocabulary.read(source, at, end, sender, cliprdrFeatures(state).longNames);
          return message && ({ type: "received", message, now } as const);
        }),
      encode: encodesWith(cliprdrVocabulary),
    },
    sound: plain(soundVocabulary),
    audioInput: plain(audioInputVocabulary),
    display: plain(displayVocabulary),
    applist: plain(applistVocabulary, applistMessageLength),
    gfxredir: plain(gfxredirVocabulary, gfxredirMessageLength),
    egfx: {
      received: (source: Source, _state: unknown, now: number) => commandsIn(source, sender, now),
      encode: encodesWith(egfxVocabulary),
    },
  };
}

const encodesWith =
  <M extends Readonly<Record<string, Pdu>>>(vocabulary: Messages<M>) =>
  ({ message }: { readonly message: MessageOf<M> }): readonly Uint8Array[] => [vocabulary.encode(message)];
