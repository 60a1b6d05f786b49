import { ClipCaps, cliprdrMessageLength, cliprdrPadding, clipboardPdu, negotiatedLongNames } from "@railvail/cliprdr";
import { bytes, pdu, rest, type Source } from "@railvail/wire";
import type { ChannelReader } from "./channel-reader.js";
import type { Emitter } from "./emitter.js";
import { placesOf, senderOf, type Place } from "./place.js";
import type { Direction } from "./record.js";

/** Zeros that some clients leave between the end of a message and the end of its channel message. */
const ClipboardPadding = pdu("CLIPRDR_PADDING", "[MS-RDPECLIP] 2.2.1", { padding: bytes(rest) });

/** The clipboard: the form of its format lists depends on what both sides announced. */
export class ClipboardReader implements ChannelReader {
  private readonly emit: Emitter;
  /** Whether each side announced long names; undefined if its capabilities were not seen. */
  private readonly announced: Record<Direction, boolean | undefined> = { c2s: undefined, s2c: undefined };

  constructor(emit: Emitter) {
    this.emit = emit;
  }

  read(place: Place, source: Source, offset: number, end: number): void {
    const length = cliprdrMessageLength(source, offset, end);
    if (length === undefined) {
      const detail =
        "the clipboard message is shorter than it states: its sender left the rest out, or its chunks were lost";
      return this.emit.trouble("incomplete", detail, place, source, offset, end);
    }
    const stop = offset + length;
    const message = clipboardPdu(source, offset, stop, senderOf(place.direction), this.longNames());
    if (message === undefined) {
      this.emit.trouble(
        "unknown",
        `no clipboard message that is known here has the type ${source.view.getUint16(offset, true)}`,
        place,
        source,
        offset,
        stop,
      );
    } else if (message === ClipCaps) {
      const caps = this.emit.message(ClipCaps, place, source, offset, stop);
      // The value looks into bytes that do not stay, so only the answer is kept.
      if (caps !== undefined) this.announced[place.direction] = negotiatedLongNames(caps, caps);
    } else this.emit.leaf(message, place, source, offset, stop);
    if (stop < end) this.rest(placesOf("padding", place.path)[place.direction], source, stop, end);
  }

  private rest(place: Place, source: Source, offset: number, end: number): void {
    if (cliprdrPadding(source, offset, end) !== undefined) {
      this.emit.leaf(ClipboardPadding, place, source, offset, end);
    } else {
      this.emit.trouble(
        "unknown",
        "bytes after the end that the clipboard message states, which are no padding; they are kept",
        place,
        source,
        offset,
        end,
      );
    }
  }

  /** Undefined while the negotiation has not been seen: the form is then told from the bytes. */
  private longNames(): boolean | undefined {
    const { c2s, s2c } = this.announced;
    if (c2s === undefined && s2c === undefined) return undefined;
    return c2s === true && s2c === true;
  }
}
