import { FilterError, type Stretch } from "./filter-error.js";
import { readString } from "./string-literal.js";
import { keywords, marks, type Keyword, type Token } from "./token.js";

const space = /\s+/y;
const hexNumber = /-?0x[0-9a-f]+(?!\w)/iy;
const decimal = /-?\d+(?:\.\d+)?(?!\w)/y;
/** `aa:bb:cc`; `:aa` for a single byte, as in Wireshark. */
const byteRun = /(?::[0-9a-f]{2}|[0-9a-f]{2}:[0-9a-f]{2})(?::[0-9a-f]{2})*(?![\w:])/iy;
/** Channels have names such as `fastpath-in`, paths have slashes. */
const name = /\w+(?:[-/.]\w+)*/y;

/** Digits of a number, far more than 64 bits take. */
const digitLimit = 40;

/** One billion: numbers are kept in billionths, because times are nanoseconds. */
export const unit = 1_000_000_000n;
const decimals = 9;

const keywordSet: ReadonlySet<string> = new Set(keywords);
const isKeyword = (word: string): word is Keyword => keywordSet.has(word);

/** What people write who think of other languages. */
const wrongMarks: readonly (readonly [string, string])[] = [
  ["=", "equality is written =="],
  ["-", "there is no arithmetic"],
  ["+", "there is no arithmetic"],
  ["[", "elements and bytes are not named by their places; an element is searched in the whole list"],
  [".", "a name does not begin with a dot"],
  [
    ":",
    "bytes are pairs of hexadecimal digits with colons between them; other text with colons stands in quotation marks",
  ],
];

/** The pieces of a filter, the last of them its end. Throws {@link FilterError}. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = skipped(text, 0); at < text.length;) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = skipped(text, token.end);
  }
  tokens.push({ kind: "end", at: text.length, end: text.length });
  return tokens;
}

function matched(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

const skipped = (text: string, at: number): number => at + (matched(space, text, at)?.length ?? 0);

function tokenAt(text: string, at: number): Token {
  const string = readString(text, at);
  if (string !== undefined) return { kind: "text", text: string.value, at, end: string.end };
  const bytes = matched(byteRun, text, at);
  if (bytes !== undefined) return { kind: "bytes", bytes: bytesOf(bytes), at, end: at + bytes.length };
  const number = matched(hexNumber, text, at) ?? matched(decimal, text, at);
  if (number !== undefined) {
    const end = at + number.length;
    return { kind: "number", nano: nanoOf(text, number, { at, end }), at, end };
  }
  const word = matched(name, text, at);
  if (word !== undefined) {
    const end = at + word.length;
    return isKeyword(word) ? { kind: "keyword", word, at, end } : { kind: "name", name: word, at, end };
  }
  const mark = marks.find((one) => text.startsWith(one, at));
  if (mark !== undefined) return { kind: "mark", mark, at, end: at + mark.length };
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const reason = wrongMarks.find(([wrong]) => wrong === character)?.[1] ?? "this character has no meaning here";
  throw new FilterError(text, { at, end: at + character.length }, reason);
}

const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(text.replace(/^:/, "").split(":"), (pair) => Number.parseInt(pair, 16));

function nanoOf(text: string, number: string, stretch: Stretch): bigint {
  if (number.length > digitLimit) throw new FilterError(text, stretch, "this number has too many digits");
  const negative = number.startsWith("-");
  const [whole = "", fraction = ""] = (negative ? number.slice(1) : number).split(".");
  if (fraction.length > decimals) {
    throw new FilterError(text, stretch, `a number has up to ${decimals} decimals: times are nanoseconds`);
  }
  const nano = BigInt(whole) * unit + BigInt(fraction.padEnd(decimals, "0"));
  return negative ? -nano : nano;
}
