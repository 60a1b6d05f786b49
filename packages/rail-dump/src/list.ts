import { escapeText } from "@railvail/command-line";
import type { Direction, Link, Message } from "@railvail/dissect";
import { asciiBytes, Utf8Text } from "@railvail/wire";
import { channelOf } from "./channels.js";
import { ColumnsText } from "./columns-text.js";
import type { Hole } from "./connection-reading.js";
import { linkText } from "./link-text.js";
import type { Palette } from "./palette.js";
import { writeSummary } from "./summary.js";
import type { TimeColumn } from "./time-format.js";

const nameWidth = 32;
/** A summary has at least this much room, however narrow the terminal. */
const leastRoom = 24;
/** Characters of a comment that are shown. */
const commentLimit = 1000;

/** Names that are remembered as they are shown. */
const mostNames = 1000;

const space = 0x20;
const twoSpaces = asciiBytes("  ");

const holeReasons: Readonly<Record<Hole["reason"], string>> = {
  lost: "not captured",
  truncated: "cut by the capture",
  sealed: "not decrypted",
};

export interface LineOptions {
  readonly palette: Palette;
  readonly time: TimeColumn;
  /** Columns of a line, the line break not counted. */
  readonly width: number;
}

/** What stands before and after a text that is painted. */
class Ink {
  readonly before: Uint8Array;
  readonly after: Uint8Array;

  constructor(paint: (text: string) => string) {
    const mark = "x";
    const [before = "", after = ""] = paint(mark).split(mark);
    this.before = asciiBytes(before);
    this.after = asciiBytes(after);
  }
}

/** A name as it stands in its column, and how many characters that takes. */
interface NameColumn {
  readonly bytes: Uint8Array;
  readonly width: number;
}

/**
 * One line for each record, in fixed columns: packet, time, connection, direction, channel,
 * length, name, summary.
 */
export class LineWriter {
  private readonly palette: Palette;
  private readonly time: TimeColumn;
  private readonly width: number;
  private readonly channelTexts = new Map<string, string>();
  private readonly names = new Map<string, NameColumn>();
  private readonly dim: Ink;
  private readonly arrows: Readonly<Record<Direction, Uint8Array>>;

  constructor({ palette, time, width }: LineOptions) {
    this.palette = palette;
    this.time = time;
    this.width = width;
    this.dim = new Ink(palette.dim);
    this.arrows = { c2s: asciiBytes(` ${palette.client("c2s")} `), s2c: asciiBytes(` ${palette.server("s2c")} `) };
  }

  /** Appends the line of a message, without its end; `link` is what it answers or refers to. */
  write(out: Utf8Text, message: Message, link?: Link): void {
    const { palette, dim } = this;
    const { pdu, trouble } = message;
    this.start(out, message, channelOf(message));
    out.padded(message.end - message.offset, 8, space);
    out.unit(space);
    const name = this.nameColumn(message.name);
    out.put(name.bytes);
    const linked = link === undefined ? "" : linkText(link);
    const before = out.length;
    if (trouble !== undefined) out.text(palette.bad(`${trouble}: ${escapeText(message.detail ?? "")}`));
    else if (pdu !== undefined) {
      writeSummary(new ColumnsText(out), pdu, message.value, this.room(name.width, linked.length));
    }
    if (linked === "") return trimEnd(out);
    if (out.length > before) out.put(twoSpaces);
    out.put(dim.before);
    out.ascii(linked);
    out.put(dim.after);
  }

  /** What somebody wrote into the file about a packet, before its messages. */
  comment(packet: number, text: string): string {
    const shown = text.length > commentLimit ? `${text.slice(0, commentLimit)}…` : text;
    return this.palette.dim(`${String(packet).padStart(7)} # ${escapeText(shown)}`);
  }

  /** Appends the line of a gap, without its end. */
  writeGap(out: Utf8Text, gap: Hole): void {
    const { length, reason } = gap;
    this.start(out, gap, "gap");
    out.ascii(
      `${String(length).padStart(8)} ${this.palette.bad(`${length} bytes are missing: ${holeReasons[reason]}`)}`,
    );
  }

  private room(nameLength: number, linkLength: number): number {
    const before = 7 + 1 + 12 + 1 + 2 + 1 + 3 + 1 + 12 + 8 + 1 + nameLength;
    const after = linkLength === 0 ? 0 : linkLength + 2;
    return Math.max(this.width - before - after, leastRoom);
  }

  private start(out: Utf8Text, record: Message | Hole, channel: string): void {
    const { dim } = this;
    out.padded(record.packet, 7, space);
    out.unit(space);
    out.put(dim.before);
    out.ascii(this.time.text(record.time));
    out.put(dim.after);
    out.unit(space);
    out.padded(record.connection, 2, space);
    out.put(this.arrows[record.direction]);
    out.text(this.channelText(channel));
  }

  /** A name and what fills its column up. */
  private nameColumn(name: string): NameColumn {
    let column = this.names.get(name);
    if (column === undefined) {
      const shown = escapeText(name);
      const gap = " ".repeat(Math.max(nameWidth - shown.length, 0) + 1);
      const text = new Utf8Text(0);
      text.text(this.palette.name(shown) + gap);
      column = { bytes: text.written(), width: shown.length + gap.length };
      if (this.names.size < mostNames) this.names.set(name, column);
    }
    return column;
  }

  private channelText(channel: string): string {
    let text = this.channelTexts.get(channel);
    if (text === undefined) {
      text = this.palette.channel(escapeText(channel).padEnd(12));
      if (this.channelTexts.size < mostNames) this.channelTexts.set(channel, text);
    }
    return text;
  }
}

/** Takes spaces away that nothing follows. */
function trimEnd(out: Utf8Text): void {
  while (out.bytes[out.length - 1] === space) out.length--;
}
