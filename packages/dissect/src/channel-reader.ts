import type { Family, Source } from "@railvail/wire";
import type { Emitter } from "./emitter.js";
import { senderOf, type Place } from "./place.js";
import type { Direction } from "./record.js";

/** Reads the messages of one channel; there is one for each channel of a connection. */
export interface ChannelReader {
  /** One reassembled channel message, which may hold several messages of the protocol. */
  read(place: Place, source: Source, offset: number, end: number): void;
  /** Bytes of this direction are missing, or the connection ends: what waits for more waits in vain. */
  lost?(direction: Direction): void;
}

/** The length of the message at `offset`, or undefined if none can start there. */
export type MessageLength = (source: Source, offset: number, end: number) => number | undefined;

/** A channel whose messages have a common header with their length and number. */
export class FramedChannel implements ChannelReader {
  private readonly emit: Emitter;
  private readonly family: Family;
  private readonly lengthOf: MessageLength;

  constructor(emit: Emitter, family: Family, lengthOf: MessageLength) {
    this.emit = emit;
    this.family = family;
    this.lengthOf = lengthOf;
  }

  read(place: Place, source: Source, offset: number, end: number): void {
    const { name } = this.family;
    let at = offset;
    while (at < end) {
      const length = this.lengthOf(source, at, end);
      if (length === undefined || length === 0) {
        const detail = `no ${name} starts here: its header is cut short, or states a length that cannot be; the rest stays bytes`;
        return this.emit.trouble("unknown", detail, place, source, at, end);
      }
      const stop = at + length;
      const pdu = this.family.match(source, at, stop, senderOf(place.direction));
      if (pdu !== undefined) this.emit.leaf(pdu, place, source, at, stop);
      else {
        const number = this.family.tag(source, at, stop)?.toString(16);
        const detail =
          number === undefined
            ? `too short for a ${name}, so its number is missing`
            : `no ${name} that is known here has the number 0x${number}; its bytes are kept`;
        this.emit.trouble("unknown", detail, place, source, at, stop);
      }
      at = stop;
    }
  }
}

/** Each channel message is one message. */
export const wholeMessage: MessageLength = (_source, offset, end) => end - offset;
