import { FilterError } from "./filter-error.js";

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  "0": "\0",
  "\\": "\\",
  '"': '"',
  "'": "'",
};
const unitEscape = /x([0-9a-f]{2})|u([0-9a-f]{4})/iy;
const pointEscape = /u\{([0-9a-f]{1,6})\}/iy;
const lastCodePoint = 0x10ffff;

/** A text and where it ends. */
interface Read {
  readonly value: string;
  readonly end: number;
}

/**
 * The text in quotation marks, double or single ones, that starts at `at`; undefined if none
 * does. After an `r` no character is special but the closing quotation mark.
 */
export function readString(text: string, at: number): Read | undefined {
  const raw = text[at] === "r";
  const start = raw ? at + 1 : at;
  const quote = text[start];
  if (quote !== '"' && quote !== "'") return undefined;
  let value = "";
  for (let i = start + 1; i < text.length;) {
    const character = text[i] ?? "";
    if (character === quote) return { value, end: i + 1 };
    if (character !== "\\" || raw) {
      value += character;
      i++;
      continue;
    }
    const escape = escapeAt(text, i);
    value += escape.value;
    i = escape.end;
  }
  throw new FilterError(text, { at, end: text.length }, "the closing quotation mark is missing");
}

function escapeAt(text: string, at: number): Read {
  const letter = text[at + 1] ?? "";
  unitEscape.lastIndex = at + 1;
  const unit = unitEscape.exec(text);
  if (unit !== null) {
    return { value: String.fromCharCode(Number.parseInt(unit[1] ?? unit[2] ?? "", 16)), end: unitEscape.lastIndex };
  }
  pointEscape.lastIndex = at + 1;
  const point = Number.parseInt(pointEscape.exec(text)?.[1] ?? "", 16);
  if (point <= lastCodePoint) return { value: String.fromCodePoint(point), end: pointEscape.lastIndex };
  const simple = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
  if (simple !== undefined) return { value: simple, end: at + 2 };
  const stretch = { at, end: Math.min(at + 2, text.length) };
  throw new FilterError(text, stretch, 'this escape is not known; in r"…" a backslash is itself');
}

/** Text as a filter has it: {@link readString} gives it back. */
export const quoteString = (text: string): string => JSON.stringify(text);
