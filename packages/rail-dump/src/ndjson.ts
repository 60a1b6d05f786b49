import type { Link, Message } from "@railvail/dissect";
import { asciiBytes, hex, quoteJson, type Pdu, type Utf8Text } from "@railvail/wire";
import type { Hole } from "./connection-reading.js";
import { writeIsoTime } from "./iso-time.js";
import { linkJson } from "./link-text.js";

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

const messageStart = asciiBytes('{"type":"message","connection":');
const gapStart = asciiBytes('{"type":"gap","connection":');
const timeStart = asciiBytes(',"time":"');
const packetStart = asciiBytes('","packet":');
const directions = { c2s: asciiBytes(',"direction":"c2s"'), s2c: asciiBytes(',"direction":"s2c"') };
const pathStart = asciiBytes(',"path":');
const lengthStart = asciiBytes(',"length":');
const comma = asciiBytes(",");
const objectEnd = asciiBytes("}");

function writeMoment(out: Utf8Text, { connection, time, packet, direction }: Message | Hole): void {
  out.number(connection);
  out.put(timeStart);
  writeIsoTime(out, time);
  out.put(packetStart);
  out.number(packet);
  out.put(directions[direction]);
}

/** Name and section of declarations, which many messages have in common. */
const heads = new WeakMap<Pdu, Uint8Array>();

function headOf(pdu: Pdu): Uint8Array {
  let head = heads.get(pdu);
  if (head === undefined) {
    head = asciiBytes(`,"name":${quoteJson(pdu.name)},"spec":"${pdu.spec}"`);
    heads.set(pdu, head);
  }
  return head;
}

/** Appends a message as JSON: 64-bit numbers are strings, bytes hexadecimal strings. */
export function writeMessageJson(out: Utf8Text, message: Message, contents: JsonContents): void {
  const { pdu, trouble, source, offset, end } = message;
  out.put(messageStart);
  writeMoment(out, message);
  out.put(pathStart);
  out.quoted(message.path);
  if (pdu !== undefined && pdu.name === message.name) out.put(headOf(pdu));
  else {
    out.text(`,"name":${quoteJson(message.name)}`);
    if (pdu !== undefined) out.ascii(`,"spec":"${pdu.spec}"`);
  }
  out.put(lengthStart);
  out.number(end - offset);
  if (contents.link !== undefined) out.ascii(`,${linkJson(contents.link)}`);
  if (trouble !== undefined) {
    out.text(`,"trouble":"${trouble}","detail":${quoteJson(message.detail ?? "")}`);
    out.ascii(`,"bytes":"${hex(source.bytes.subarray(offset, end))}"`);
  }
  if (pdu !== undefined && contents.fields) {
    const limit = contents.bytes ? Number.POSITIVE_INFINITY : briefBytes;
    out.put(comma);
    pdu.writeInspection(out, source, offset, end, limit);
  } else if (pdu !== undefined && trouble === undefined) out.text(`,"value":${pdu.toJson(message.value)}`);
  out.put(objectEnd);
}

/** Appends a gap as JSON. */
export function writeGapJson(out: Utf8Text, gap: Hole): void {
  out.put(gapStart);
  writeMoment(out, gap);
  out.ascii(`,"length":${gap.length},"reason":"${gap.reason}"}`);
}
