import type { MessageOf, Messages, Pdu, Source } from "@railvail/wire";

/** Bytes of the message at an offset; undefined if its header says nothing that can be. */
export type MessageLength = (source: Source, offset: number, end: number) => number | undefined;

/**
 * The messages in a channel's message, each decoded when it is asked for; undefined for one of no
 * known kind. Without `lengthOf` there is one. Asking throws `DecodeError`.
 */
export function* messagesIn<M extends Readonly<Record<string, Pdu>>>(
  vocabulary: Messages<M>,
  source: Source,
  sender: "client" | "server",
  lengthOf?: MessageLength,
): Generator<MessageOf<M> | undefined, void> {
  const end = source.bytes.length;
  for (let at = 0; at < end;) {
    // Where the next message begins is not known: the decoder says what is wrong with this one.
    const stop = at + (lengthOf?.(source, at, end) ?? end - at);
    yield vocabulary.read(source, at, stop, sender);
    at = stop;
  }
}
