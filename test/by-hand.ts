import { readdirSync, readFileSync } from "node:fs";
import { DecodeError, deviationRules, hex, type DeviationRule, type FieldSpan, type Pdu } from "@railvail/wire";
import { expect } from "vitest";
import { everyPdu } from "./every-pdu.js";

/** One message of `fixtures/by-hand/`; its README says what the properties are. */
export interface MessageByHand {
  readonly pdu: string;
  readonly package: string;
  readonly section: string;
  readonly what: string;
  readonly bytes: readonly (readonly [hex: string, label: string])[];
  readonly value: unknown;
  readonly deviations?: readonly string[];
}

export interface FileByHand {
  readonly name: string;
  /** Why the file cannot be read, if so. */
  readonly trouble?: string;
  readonly messages: readonly MessageByHand[];
}

const folder = new URL("../fixtures/by-hand/", import.meta.url);

function readFile(name: string): FileByHand {
  try {
    const { about, messages } = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Record<string, unknown>;
    if (typeof about !== "string" || !Array.isArray(messages)) throw new Error("it needs about and messages");
    return { name, messages: messages as MessageByHand[] };
  } catch (error) {
    return { name, trouble: String(error), messages: [] };
  }
}

/** All files with messages made by hand. */
export const filesByHand: readonly FileByHand[] = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map(readFile);

const properties = ["pdu", "package", "section", "what", "bytes", "value"];

/** Throws if a message is not of the form that the README says. */
function checkForm(message: MessageByHand): void {
  const missing = properties.filter((name) => !(name in message));
  if (missing.length > 0) throw new Error(`the message has no ${missing.join(", no ")}`);
  const unknown = Object.keys(message).filter((name) => name !== "deviations" && !properties.includes(name));
  if (unknown.length > 0) throw new Error(`the message has properties that mean nothing: ${unknown.join(", ")}`);
}

/** A labelled piece of a message, as a line of a list that can be compared. */
const piece = (offset: number, digits: string, label: string): string => `${offset}: ${label} = ${digits}`;

function* labelledLeaves(fields: readonly FieldSpan[], path: string): Generator<readonly [FieldSpan, string]> {
  for (const field of fields) {
    const label = path === "" || field.name.startsWith("[") ? path + field.name : `${path}.${field.name}`;
    if (field.children !== undefined) yield* labelledLeaves(field.children, label);
    else if (field.length > 0) yield [field, label];
  }
}

/** The leaves that `inspect` reports, with their paths. */
function piecesFound(pdu: Pdu, bytes: Uint8Array): string[] {
  return [...labelledLeaves(pdu.inspect(bytes).fields, "")].map(([{ offset, length }, label]) =>
    piece(offset, hex(bytes.subarray(offset, offset + length)), label),
  );
}

function piecesWritten(message: MessageByHand): string[] {
  let offset = 0;
  return message.bytes.map(([digits, label]) => {
    const line = piece(offset, digits, label);
    offset += digits.length / 2;
    return line;
  });
}

function bytesOf(message: MessageByHand): Uint8Array {
  const bytes: number[] = [];
  for (const [digits, label] of message.bytes) {
    if (!/^(?:[0-9a-f]{2})+$/.test(digits)) {
      throw new Error(`the bytes of ${label} are not pairs of lower-case hexadecimal digits: "${digits}"`);
    }
    for (let at = 0; at < digits.length; at += 2) bytes.push(Number.parseInt(digits.slice(at, at + 2), 16));
  }
  return Uint8Array.from(bytes);
}

function pduOf(message: MessageByHand): Pdu {
  const found = everyPdu.find((of) => of.package === message.package && of.exported === message.pdu);
  if (found === undefined) throw new Error(`@railvail/${message.package} declares no ${message.pdu}`);
  if (message.section !== found.pdu.spec) {
    throw new Error(`${message.pdu} is declared from ${found.pdu.spec}, the message from ${message.section}`);
  }
  return found.pdu;
}

function prefixesAreRefused(pdu: Pdu, bytes: Uint8Array): void {
  for (let length = 0; length < bytes.length; length++) {
    let refusal: unknown;
    try {
      pdu.decode(bytes.subarray(0, length));
    } catch (error) {
      refusal = error;
    }
    expect(refusal, `the prefix of ${length} bytes`).toBeInstanceOf(DecodeError);
  }
}

/** Holds a declaration against a message that was written from the specification. */
export function holdsByHand(message: MessageByHand): void {
  checkForm(message);
  const pdu = pduOf(message);
  const bytes = bytesOf(message);
  const { deviations, error } = pdu.inspect(bytes);
  expect(piecesFound(pdu, bytes), error?.message ?? "fields and where they stand").toEqual(piecesWritten(message));
  expect(error?.message, "what inspect says").toBeUndefined();
  const rules = deviations.map(({ rule }) => rule);
  expect(rules.toSorted(), deviations.map(({ message: text }) => text).join("; ") || "deviations").toEqual(
    (message.deviations ?? []).toSorted(),
  );
  const value = pdu.decode(bytes);
  expect(JSON.parse(pdu.toJson(value)), "the decoded value").toEqual(message.value);
  if (!rules.some((rule: DeviationRule) => deviationRules[rule].lossy)) {
    expect(hex(pdu.encode(value)), "the value encoded again").toBe(hex(bytes));
  }
  if (pdu.delimited) prefixesAreRefused(pdu, bytes);
}
