import { hexDigit, namedCharacter } from "./hex-digit.js";

/** How the first line of a dump begins: an offset, and what tells that it is one. */
const starts = [
  // A colon, as xxd writes it.
  String.raw`[\da-f]{4,16}:(?:\s|$)`,
  // Zeros and two spaces, as tshark and hexdump -C do; or not zeros, and eight bytes at least.
  String.raw`0{4,16}[ \t]{2,}`,
  String.raw`[\da-f]{4,16}[ \t]{2,}(?:[\da-f]{2} ){8}`,
  // Six zeros and a byte, as od does.
  String.raw`0{6,16}[ \t][\da-f]{2}(?:\s|$)`,
];
export const hexDumpStart = new RegExp(String.raw`^\s*(?:${starts.join("|")})`, "i");

const offsetPattern = /^\s*([\da-f]{4,16})(:?)(?:[ \t]+|\s*$)/i;

/** The half of a row of `hexdump -C` after eight bytes. */
const secondHalf = / {2}[\da-f]{2}(?:\s|$)/iy;

/** What is wrong with a row, from 0. */
export interface RowMistake {
  readonly at: number;
  readonly message: string;
}

const isBlank = (character: string): boolean => character === " " || character === "\t" || character === "\r";

/**
 * Reads one row of a hex dump: offset, bytes, and characters that are passed over. Adds the bytes
 * to `bytes` and returns the offset of the row after it, or what is wrong. `expected` is the
 * offset that this row should have; -1 if it is the first.
 */
export function readHexRow(row: string, expected: number, bytes: number[]): number | RowMistake {
  if (row.trim() === "*") {
    return {
      at: row.indexOf("*"),
      message: "rows are left out here (*): dump all of them (hexdump -v, xxd without -a)",
    };
  }
  const start = offsetPattern.exec(row);
  if (start === null) return { at: row.length - row.trimStart().length, message: "no offset begins this row" };
  const [whole, digits = "", colon = ""] = start;
  const offset = Number.parseInt(digits, 16);
  if (expected >= 0 && offset !== expected && offset !== 0) {
    const message = `the row has the offset ${digits}, and ${expected.toString(16)} bytes (hex) came before it`;
    return { at: whole.indexOf(digits), message };
  }
  const before = bytes.length;
  let at = whole.length;
  while (at < row.length) {
    const high = hexDigit(row.charCodeAt(at));
    const low = hexDigit(row.charCodeAt(at + 1));
    if (high < 0 || low < 0) {
      // What stands after one space can be the characters: `|...|` and `>...<`.
      if (/[|>]/.test(row.charAt(at))) break;
      if (high >= 0 && (at + 1 >= row.length || isBlank(row.charAt(at + 1)))) {
        return { at, message: "odd number of hex digits" };
      }
      const place = high < 0 ? at : at + 1;
      return { at: place, message: `${namedCharacter(row, place)} is no hex digit` };
    }
    bytes.push(high * 16 + low);
    at += 2;
    if (!isBlank(row.charAt(at))) continue;
    if (!isBlank(row.charAt(at + 1))) {
      at += 1;
      continue;
    }
    secondHalf.lastIndex = at;
    if (colon !== "" || bytes.length - before !== 8 || !secondHalf.test(row)) break;
    at += 2;
  }
  return offset + bytes.length - before;
}
