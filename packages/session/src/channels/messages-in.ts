import { readCommands, type EgfxMessage, type UnknownEgfxCommand } from "@railvail/egfx";
import type { MessageOf, Messages, Pdu, Source } from "@railvail/wire";

/** Bytes of the message at an offset; undefined if its header says nothing that can be. */
export type MessageLength = (source: Source, offset: number, end: number) => number | undefined;

/** A message of the peer, as machines take it. */
export interface Received<Message> {
  readonly type: "received";
  readonly message: Message;
  readonly now: number;
}

/** Who says it. */
export type Side = "client" | "server";

/**
 * What stands one after the other in a channel's message, each read when it is asked for; what is read as undefined
 * is left out. Asking throws `DecodeError`, and goes on behind what is damaged: a generator would be done.
 */
export function partsIn<Part>(
  source: Source,
  lengthOf: MessageLength | undefined,
  read: (offset: number, end: number) => Part | undefined,
): Iterable<Part> {
  const end = source.bytes.length;
  let at = 0;
  const next = (): IteratorResult<Part, undefined> => {
    while (at < end) {
      const start = at;
      // Where the next one begins is not known after an impossible length: the decoder says what is wrong with this one.
      at += lengthOf?.(source, start, end) ?? end - start;
      const value = read(start, at);
      if (value !== undefined) return { done: false, value };
    }
    return { done: true, value: undefined };
  };
  return { [Symbol.iterator]: () => ({ next }) };
}

/** The messages of the peer in a channel's message. Without `lengthOf` there is one. */
export const messagesIn = <M extends Readonly<Record<string, Pdu>>>(
  vocabulary: Messages<M>,
  source: Source,
  sender: Side,
  now: number,
  lengthOf?: MessageLength,
): Iterable<Received<MessageOf<M>>> =>
  partsIn(source, lengthOf, (offset, end) => {
    const message = vocabulary.read(source, offset, end, sender);
    return message && { type: "received", message, now };
  });

/** The commands of the graphics pipeline in a channel's message. */
export function commandsIn(
  source: Source,
  sender: Side,
  now: number,
): Iterable<Received<EgfxMessage | UnknownEgfxCommand>> {
  const commands = readCommands(source, 0, source.bytes.length, sender);
  const next = (): IteratorResult<Received<EgfxMessage | UnknownEgfxCommand>, undefined> => {
    const { done, value } = commands.next();
    return done === true ? { done, value } : { done: false, value: { type: "received", message: value, now } };
  };
  return { [Symbol.iterator]: () => ({ next }) };
}
