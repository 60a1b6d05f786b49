import type { Link, Message } from "@railvail/dissect";
import { channelOf } from "./channels.js";
import type { Hole } from "./connection-reading.js";
import { escapeText } from "./escape.js";
import { linkText } from "./link-text.js";
import type { Palette } from "./palette.js";
import { summaryOf } from "./summary.js";
import type { TimeColumn } from "./time-format.js";

const nameWidth = 32;
/** A summary has at least this much room, however narrow the terminal. */
const leastRoom = 24;
/** Characters of a comment that are shown. */
const commentLimit = 1000;

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

/**
 * One line for each record, in fixed columns: packet, time, connection, direction, channel,
 * length, name, summary.
 */
export class LineWriter {
  private readonly palette: Palette;
  private readonly time: TimeColumn;
  private readonly width: number;
  private readonly channelTexts = new Map<string, string>();

  constructor({ palette, time, width }: LineOptions) {
    this.palette = palette;
    this.time = time;
    this.width = width;
  }

  /** The line of a message; `link` is what it answers or refers to. */
  message(message: Message, link?: Link): string {
    const { palette } = this;
    const { pdu, trouble } = message;
    const channel = this.channelText(channelOf(message));
    const name = escapeText(message.name);
    const gap = " ".repeat(Math.max(nameWidth - name.length, 0) + 1);
    const length = String(message.end - message.offset).padStart(8);
    const start = this.start(message, channel);
    const linked = link === undefined ? "" : linkText(link);
    const room = this.room(name.length + gap.length, linked.length);
    const tail =
      trouble !== undefined
        ? palette.bad(`${trouble}: ${escapeText(message.detail ?? "")}`)
        : pdu === undefined
          ? ""
          : summaryOf(pdu, message.value, room);
    const line = `${start}${length} ${palette.name(name)}${gap}${tail}`;
    if (linked === "") return line.trimEnd();
    return `${line}${tail === "" ? "" : "  "}${palette.dim(linked)}`;
  }

  /** What somebody wrote into the file about a packet, before its messages. */
  comment(packet: number, text: string): string {
    const shown = text.length > commentLimit ? `${text.slice(0, commentLimit)}…` : text;
    return this.palette.dim(`${String(packet).padStart(7)} # ${escapeText(shown)}`);
  }

  gap(gap: Hole): string {
    const { length, reason } = gap;
    const text = `${length} bytes are missing: ${holeReasons[reason]}`;
    return `${this.start(gap, this.channelText("gap"))}${String(length).padStart(8)} ${this.palette.bad(text)}`;
  }

  private room(nameLength: number, linkLength: number): number {
    const before = 7 + 1 + 12 + 1 + 2 + 1 + 3 + 1 + 12 + 8 + 1 + nameLength;
    const after = linkLength === 0 ? 0 : linkLength + 2;
    return Math.max(this.width - before - after, leastRoom);
  }

  private start(record: Message | Hole, channel: string): string {
    const { palette } = this;
    const { direction, connection } = record;
    const packet = String(record.packet).padStart(7);
    const time = palette.dim(this.time.text(record.time));
    const arrow = direction === "c2s" ? palette.client(direction) : palette.server(direction);
    return `${packet} ${time} ${String(connection).padStart(2)} ${arrow} ${channel}`;
  }

  private channelText(channel: string): string {
    let text = this.channelTexts.get(channel);
    if (text === undefined) {
      text = this.palette.channel(escapeText(channel).padEnd(12));
      if (this.channelTexts.size < 1000) this.channelTexts.set(channel, text);
    }
    return text;
  }
}
