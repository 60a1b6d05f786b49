import { ClipCaps, cliprdrMessageLength, cliprdrPadding, clipboardPdu, negotiatedLongNames } from "@railvail/cliprdr";
import { bytes, pdu, rest, type Source } from "@railvail/wire";
import type { ChannelReader } from "./channel-reader.js";
import type { Emitter } from "./emitter.js";
import { placesOf, senderOf, type Place } from "./place.js";

/** Zeros that some clients leave between the end of a message and the end of its channel message. */
const ClipboardPadding = pdu("CLIPRDR_PADDING", "[MS-RDPECLIP] 2.2.1", { padding: bytes(rest) });

/** The clipboard: the form of its format lists depends on what both sides announced. */
export class ClipboardReader implements ChannelReader {
  private readonly emit: Emitter;
  private readonly caps: { c2s?: ClipCaps; s2c?: ClipCaps } = {};

  constructor(emit: Emitter) {
    this.emit = emit;
  }

  read(place: Place, source: Source, offset: number, end: number): void {
    const length = cliprdrMessageLength(source, offset, end);
    if (length === undefined) {
      const detail = "the channel message is shorter than it states";
      return this.emit.trouble("incomplete", detail, place, source, offset, end);
    }
    const stop = offset + length;
    const message = clipboardPdu(source, offset, stop, senderOf(place.direction), this.longNames());
    if (message === undefined) {
      this.emit.trouble("unknown", "no clipboard message has this type", place, source, offset, stop);
    } else if (message === ClipCaps) {
      const caps = this.emit.message(ClipCaps, place, source, offset, stop);
      if (caps !== undefined) this.caps[place.direction] = caps;
    } else this.emit.leaf(message, place, source, offset, stop);
    if (stop < end) this.rest(placesOf("padding", place.path)[place.direction], source, stop, end);
  }

  private rest(place: Place, source: Source, offset: number, end: number): void {
    if (cliprdrPadding(source, offset, end) !== undefined) {
      this.emit.leaf(ClipboardPadding, place, source, offset, end);
    } else {
      this.emit.trouble("unknown", "bytes after the clipboard message", place, source, offset, end);
    }
  }

  /** Undefined while the negotiation has not been seen: the form is then told from the bytes. */
  private longNames(): boolean | undefined {
    const { c2s, s2c } = this.caps;
    if (c2s === undefined && s2c === undefined) return undefined;
    return negotiatedLongNames(s2c, c2s);
  }
}
