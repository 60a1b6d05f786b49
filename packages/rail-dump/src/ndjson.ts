import type { Message } from "@railvail/dissect";
import { hex, type FieldSpan } from "@railvail/wire";
import type { Hole } from "./connection-reading.js";
import { escapeJson } from "./escape.js";
import { isoTime } from "./time-format.js";

const quote = (text: string): string => JSON.stringify(text);

const momentJson = ({ connection, time, packet, direction }: Message | Hole): string =>
  `"connection":${connection},"time":"${isoTime(time)}","packet":${packet},"direction":"${direction}"`;

/**
 * A message as one line of JSON: 64-bit numbers are strings, bytes hexadecimal strings. With
 * `fields` the tree of fields and what deviates are in it.
 */
export function messageJson(message: Message, fields: boolean): string {
  const { pdu, trouble } = message;
  let text = `{"type":"message",${momentJson(message)},"path":${quote(message.path)},"name":${quote(message.name)}`;
  if (pdu !== undefined) text += `,"spec":${quote(pdu.spec)}`;
  text += `,"length":${message.end - message.offset}`;
  if (trouble !== undefined) {
    text += `,"trouble":${quote(trouble)},"detail":${quote(message.detail ?? "")}`;
    text += `,"bytes":"${hex(message.source.bytes.subarray(message.offset, message.end))}"`;
  } else if (pdu !== undefined) text += `,"value":${pdu.toJson(message.value)}`;
  const inspection = fields ? message.inspect() : undefined;
  if (inspection !== undefined) {
    text += `,"fields":${fieldsJson(inspection.fields)}`;
    text += `,"deviations":${JSON.stringify(inspection.deviations)}`;
  }
  return escapeJson(`${text}}`);
}

export const gapJson = (gap: Hole): string =>
  `{"type":"gap",${momentJson(gap)},"length":${gap.length},"reason":"${gap.reason}"}`;

const fieldsJson = (fields: readonly FieldSpan[]): string => `[${fields.map(fieldJson).join(",")}]`;

function fieldJson({ name, type, offset, length, value, text, children }: FieldSpan): string {
  let json = `{"name":${quote(name)},"type":${quote(type)},"offset":${offset},"length":${length}`;
  if (value !== undefined) json += `,"value":${valueJson(value)}`;
  if (text !== undefined) json += `,"text":${quote(text)}`;
  if (children !== undefined) json += `,"fields":${fieldsJson(children)}`;
  return `${json}}`;
}

function valueJson(value: number | bigint | string | Uint8Array): string {
  if (typeof value === "number") return String(value);
  return quote(value instanceof Uint8Array ? hex(value) : String(value));
}
