import type { Link, Message } from "@railvail/dissect";
import { hex, quoteJson } from "@railvail/wire";
import type { Hole } from "./connection-reading.js";
import { linkJson } from "./link-text.js";
import { isoTime } from "./time-format.js";

/** Of a run of more bytes than this, a field tree gives the place only, unless bytes are asked for. */
const briefBytes = 64;

/** What stands in a message's JSON besides the message. */
export interface JsonContents {
  /** The tree of fields and what deviates, in place of the value. */
  readonly fields: boolean;
  /** Each byte of the fields. */
  readonly bytes: boolean;
  /** The message that it answers. */
  readonly link?: Link | undefined;
}

const momentJson = ({ connection, time, packet, direction }: Message | Hole): string =>
  `"connection":${connection},"time":"${isoTime(time)}","packet":${packet},"direction":"${direction}"`;

/** A message as one line of JSON: 64-bit numbers are strings, bytes hexadecimal strings. */
export function messageJson(message: Message, contents: JsonContents): string {
  const { pdu, trouble, source, offset, end } = message;
  let text = `{"type":"message",${momentJson(message)},"path":${quoteJson(message.path)},"name":${quoteJson(message.name)}`;
  if (pdu !== undefined) text += `,"spec":"${pdu.spec}"`;
  text += `,"length":${end - offset}`;
  if (contents.link !== undefined) text += `,${linkJson(contents.link)}`;
  if (trouble !== undefined) {
    text += `,"trouble":"${trouble}","detail":${quoteJson(message.detail ?? "")}`;
    text += `,"bytes":"${hex(source.bytes.subarray(offset, end))}"`;
  }
  if (pdu === undefined) return `${text}}`;
  if (contents.fields) {
    const limit = contents.bytes ? Number.POSITIVE_INFINITY : briefBytes;
    return `${text},${pdu.inspectJson(source, offset, end, limit)}}`;
  }
  return trouble === undefined ? `${text},"value":${pdu.toJson(message.value)}}` : `${text}}`;
}

export const gapJson = (gap: Hole): string =>
  `{"type":"gap",${momentJson(gap)},"length":${gap.length},"reason":"${gap.reason}"}`;
