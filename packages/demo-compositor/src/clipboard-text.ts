import {
  ansiTextToString,
  FormatId,
  stringToAnsiText,
  stringToUnicodeText,
  unicodeTextToString,
} from "@railvail/cliprdr";
import type { Compositor, CompositorEvent } from "@railvail/session";

type ClipboardEvent = Extract<CompositorEvent, { type: "clipboard" }>["event"];

/** More of a client's text than this is not wanted, in bytes. */
const limit = 1 << 20;
/** Windows ends lines with two characters. */
const toClient = { lineEnds: "crlf", loneSurrogates: "replace" } as const;
const fromClient = { lineEnds: "lf", loneSurrogates: "replace" } as const;

/** Texts of the clipboard, in both directions. */
export class ClipboardText {
  private readonly clipboard: Compositor["clipboard"];
  private offered = "";
  /** What the client has, as the formats it said. */
  private formats: readonly number[] = [];
  private nextRequest = 1;
  private readonly waiting = new Map<
    number,
    { readonly formatId: number; readonly received: (text: string) => void }
  >();

  constructor(compositor: Compositor) {
    this.clipboard = compositor.clipboard;
  }

  /** Offers a text. It goes over only when the client asks for it, and an offer outlives the client. */
  copy(text: string): void {
    this.offered = text;
    const formats = [FormatId.unicodeText, FormatId.text].map((formatId) => ({ formatId, formatName: "" }));
    this.clipboard.command({ type: "offer", formats });
  }

  /** Asks for the client's text; nothing is called if it has none. */
  paste(received: (text: string) => void, now: number): void {
    const formatId = [FormatId.unicodeText, FormatId.text].find((format) => this.formats.includes(format));
    if (formatId === undefined) {
      // What was copied here is still on the clipboard of both: the client offers nothing of its own.
      if (this.offered !== "") received(this.offered);
      return;
    }
    const requestId = this.nextRequest++;
    this.waiting.set(requestId, { formatId, received });
    this.clipboard.command({ type: "request", requestId, formatId, limit, now });
  }

  heard(event: ClipboardEvent, now: number): void {
    switch (event.type) {
      case "offered":
        this.formats = event.formats.map(({ formatId }) => formatId);
        return;
      case "wanted": {
        const encode = event.formatId === FormatId.unicodeText ? stringToUnicodeText : stringToAnsiText;
        const data = encode(this.offered, toClient);
        this.clipboard.command({ type: "provide", requestId: event.requestId, data, now });
        return;
      }
      case "received": {
        const asked = this.waiting.get(event.requestId);
        this.waiting.delete(event.requestId);
        const decode = asked?.formatId === FormatId.unicodeText ? unicodeTextToString : ansiTextToString;
        asked?.received(decode(event.data, fromClient));
        return;
      }
      case "failed":
        this.waiting.delete(event.requestId);
        return;
      default:
    }
  }
}
