import { messagesNamed } from "../dictionary/message-names.js";
import { listed, suggestion } from "../dictionary/nearest.js";
import { unit } from "./lexer.js";
import type { Literal } from "./syntax.js";
import type { Target } from "./target.js";
import type { Scalar } from "./value-test.js";

/** Words that are listed in a complaint; of more only near ones are suggested. */
const fewWords = 8;

/** Whether a value is one of which only some are possible, or a part of it. */
export type Use = "whole" | "part";

/** A literal as the values of a target are, or a complaint. */
export type Converted = { readonly scalar: Scalar } | { readonly complaint: string };

const complaint = (text: string): Converted => ({ complaint: text });

/** What a literal is where it is compared with values of a target. */
export function convert(literal: Literal, target: Target, use: Use): Converted {
  switch (target.kind) {
    case "number":
    case "wide":
      return numberOf(literal, target);
    case "time":
      return literal.kind === "number" ? { scalar: literal.nano } : complaint("a time is a number of seconds");
    case "text":
      return textOf(literal, target, use);
    case "bytes":
      if (literal.kind === "bytes") return { scalar: literal.bytes };
      if (literal.kind === "text") return { scalar: new Uint8Array(Buffer.from(literal.text, "utf8")) };
      return complaint("bytes are written 0a:ff, a single one :0a, or as text in quotation marks");
    case "group":
      return complaint("this has fields in it: name one of them");
  }
}

function numberOf(literal: Literal, { kind, type, names, range }: Target): Converted {
  if (literal.kind === "word" || literal.kind === "text") {
    const name = literal.kind === "word" ? literal.word : literal.text;
    if (names === undefined) return complaint(`a number is expected here: values of this ${type} have no names`);
    const value = Object.hasOwn(names, name) ? names[name] : undefined;
    return value === undefined ? complaint(unknownWord(name, Object.keys(names))) : { scalar: value };
  }
  if (literal.kind !== "number") return complaint(`a number is expected here: this is ${type}`);
  const { nano } = literal;
  if (nano % unit !== 0n) return complaint("a whole number is expected here");
  const value = nano / unit;
  if (range !== undefined && (value < range[0] || value > range[1])) {
    return complaint(`${value} does not fit ${type}, which holds ${range[0]} to ${range[1]}`);
  }
  return { scalar: kind === "wide" ? value : Number(value) };
}

function textOf(literal: Literal, { bare, words }: Target, use: Use): Converted {
  if (literal.kind !== "text" && literal.kind !== "word") return complaint("text stands in quotation marks");
  const text = literal.kind === "text" ? literal.text : literal.word;
  if (literal.kind === "word" && !bare) return complaint(`text stands in quotation marks: "${text}"`);
  if (use === "part" || words === undefined || words.includes(text)) return { scalar: text };
  const [message] = messagesNamed(text);
  if (message !== undefined && words.includes(message.pdu.name)) {
    return complaint(`the name of this message is ${message.pdu.name}; '${text}' alone is a filter, too`);
  }
  return complaint(unknownWord(text, words));
}

const unknownWord = (word: string, words: readonly string[]): string =>
  words.length <= fewWords
    ? `there is no '${word}' here: it can be ${listed(words)}`
    : `there is no '${word}' here${suggestion(word, words)}`;

/** The bits that literals name together, or a complaint; they are looked at in numbers only. */
export function maskOf(literals: readonly Literal[], target: Target): Converted {
  let mask = 0n;
  for (const literal of literals) {
    const converted = convert(literal, { ...target, range: bitsRange(target) }, "whole");
    if ("complaint" in converted) return converted;
    mask |= BigInt(converted.scalar as number | bigint);
  }
  return { scalar: target.kind === "wide" ? mask : Number(mask) };
}

/** Numbers that bits of a target can be. */
export const bitsRange = ({ kind }: Target): readonly [number | bigint, number | bigint] =>
  kind === "wide" ? [0n, 0xffff_ffff_ffff_ffffn] : [0, 0xffff_ffff];
