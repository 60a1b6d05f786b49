import { applistMessageLength, applistMessages } from "@railvail/applist";
import { displayMessageLength, displayMessages } from "@railvail/display";
import { egfxCommandLength, egfxCommands } from "@railvail/egfx";
import { gfxredirMessageLength, gfxredirMessages } from "@railvail/gfxredir";
import { railOrderLength, railOrders } from "@railvail/rail";
import { audioInput } from "@railvail/audio";
import type { Family, Source } from "@railvail/wire";
import { senderOf, type Emitter, type Place } from "./emitter.js";

/** Reads the messages of one channel; there is one for each channel of a connection. */
export interface ChannelReader {
  /** One reassembled channel message, which may hold several messages of the protocol. */
  read(place: Place, source: Source, offset: number, end: number): void;
}

/** The length of the message at `offset`, or undefined if none can start there. */
type MessageLength = (source: Source, offset: number, end: number) => number | undefined;

/** A channel whose messages have a common header with their length and number. */
class FramedChannel implements ChannelReader {
  private readonly emit: Emitter;
  private readonly family: Family;
  private readonly lengthOf: MessageLength;

  constructor(emit: Emitter, family: Family, lengthOf: MessageLength) {
    this.emit = emit;
    this.family = family;
    this.lengthOf = lengthOf;
  }

  read(place: Place, source: Source, offset: number, end: number): void {
    let at = offset;
    while (at < end) {
      const length = this.lengthOf(source, at, end);
      if (length === undefined || length === 0) {
        this.emit.trouble("unknown", `no ${this.family.name} starts here: its length cannot be`, place, source, at, end);
        return;
      }
      const pdu = this.family.match(source, at, at + length, senderOf(place.direction));
      if (pdu !== undefined) this.emit.leaf(pdu, place, source, at, at + length);
      else {
        const tag = this.family.tag(source, at, at + length);
        const number = tag === undefined ? "no number" : `number 0x${tag.toString(16)}`;
        this.emit.trouble("unknown", `no ${this.family.name} has ${number}`, place, source, at, at + length);
      }
      at += length;
    }
  }
}

const whole: MessageLength = (_source, offset, end) => end - offset;

/** Readers of channels whose messages say all that is needed themselves. */
export const framedChannels = {
  applist: (emit: Emitter) => new FramedChannel(emit, applistMessages, applistMessageLength),
  audioInput: (emit: Emitter) => new FramedChannel(emit, audioInput, whole),
  display: (emit: Emitter) => new FramedChannel(emit, displayMessages, displayMessageLength),
  egfx: (emit: Emitter) => new FramedChannel(emit, egfxCommands, egfxCommandLength),
  gfxredir: (emit: Emitter) => new FramedChannel(emit, gfxredirMessages, gfxredirMessageLength),
  rail: (emit: Emitter) => new FramedChannel(emit, railOrders, railOrderLength),
} as const;
