import { hexDigit, namedCharacter } from "./hex-digit.js";
import { hexDumpStart, readHexRow } from "./hex-row.js";

/** Where a text stops being hex. */
export interface HexMistake {
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in UTF-16 units. */
  readonly column: number;
  /** One lower-case sentence without a full stop, without the place. */
  readonly message: string;
}

/** Characters of a row of a dump; also how much of a first line is looked at to know a dump. */
const rowLimit = 1024;
const lineFeed = 0x0a;
const hash = 0x23;

const separators: ReadonlySet<string> = new Set([" ", "\t", "\r", "\n", "\v", "\f", ":", ","]);

/**
 * Reads bytes from hex that is pushed in pieces of any size: digits with or without `0x`, spaces,
 * line breaks, colons and commas between bytes, comments from `#` to the end of a line; or a dump
 * with offsets and an ASCII column, as `xxd`, `hexdump -C`, `od -A x -t x1` and `tshark -x` write
 * it. It is a dump if its first line begins with an offset: digits and a colon; zeros and two
 * spaces; or digits, two spaces and eight bytes. Offsets are checked; where they begin again at 0
 * another dump begins.
 *
 * Nothing is thrown: reading ends at the first {@link mistake}, and what came before was given.
 * Memory is bounded by what is pushed.
 */
export class HexText {
  /** What was wrong, once something was. */
  mistake: HexMistake | undefined;
  private kind: "unknown" | "plain" | "dump" = "unknown";
  /** The begin of a line that has not ended. */
  private carry = "";
  private line = 1;
  private column = 1;
  private inComment = false;
  /** Digits of the number at hand, and the value of the one that waits for its second half. */
  private digits = 0;
  private half = -1;
  /** The column where it began. */
  private numberColumn = 1;
  private prefixed = false;
  /** The offset that the next row of a dump should have; -1 before the first. */
  private expected = -1;
  private bytes: number[] = [];

  /** The bytes that are complete now. */
  push(text: string): Uint8Array {
    let rest = this.carry + text;
    this.carry = "";
    if (this.line === 1 && this.column === 1 && rest.startsWith("\ufeff")) rest = rest.slice(1);
    while (rest !== "" && this.mistake === undefined) {
      if (this.kind === "plain") {
        this.plain(rest);
        break;
      }
      const end = rest.indexOf("\n");
      const row = end < 0 ? rest : rest.slice(0, end);
      if (end < 0 && (row.length <= rowLimit || row.trimStart().startsWith("#"))) {
        this.carry = row.length <= rowLimit ? row : "#";
        break;
      }
      if (!this.takeLine(row)) continue;
      rest = end < 0 ? "" : rest.slice(end + 1);
    }
    return this.take();
  }

  /** No more text comes: the bytes of the last line. */
  end(): Uint8Array {
    const last = this.carry;
    this.carry = "";
    if (last !== "" && this.mistake === undefined && !this.takeLine(last)) this.plain(last);
    if (this.mistake === undefined) this.endNumber();
    return this.take();
  }

  private take(): Uint8Array {
    const bytes = Uint8Array.from(this.bytes);
    this.bytes = [];
    return bytes;
  }

  /** Reads a whole line; false if it is to be read as plain digits. */
  private takeLine(row: string): boolean {
    const empty = row.length <= rowLimit && row.trim() === "";
    const silent = empty || row.trimStart().startsWith("#");
    if (!silent && this.kind === "unknown") this.kind = hexDumpStart.test(row) ? "dump" : "plain";
    if (this.kind === "plain") return false;
    if (row.length > rowLimit && !silent) {
      this.fail(rowLimit, `the row is longer than ${rowLimit} characters`);
    } else if (!silent) {
      this.dumpRow(row);
    }
    this.line += 1;
    return true;
  }

  private dumpRow(row: string): void {
    const result = readHexRow(row, this.expected, this.bytes);
    if (typeof result === "number") this.expected = result;
    else this.fail(result.at, result.message);
  }

  private plain(text: string): void {
    for (let at = 0; at < text.length && this.mistake === undefined; at += 1) {
      const code = text.charCodeAt(at);
      if (code === lineFeed) {
        this.endNumber();
        this.inComment = false;
        this.line += 1;
        this.column = 1;
        continue;
      }
      if (!this.inComment) this.character(text, at, code);
      this.column += 1;
    }
  }

  private character(text: string, at: number, code: number): void {
    const value = hexDigit(code);
    if (value >= 0) {
      if (this.digits === 0 && !this.prefixed) this.numberColumn = this.column;
      this.digits += 1;
      if (this.half < 0) {
        this.half = value;
      } else {
        this.bytes.push(this.half * 16 + value);
        this.half = -1;
      }
    } else if (code === hash) {
      this.endNumber();
      this.inComment = true;
    } else if (separators.has(text.charAt(at))) {
      this.endNumber();
    } else if ((code | 0x20) === 0x78 && this.digits === 1 && this.half === 0 && !this.prefixed) {
      this.prefixed = true;
      this.digits = 0;
      this.half = -1;
    } else {
      this.fail(this.column - 1, `${namedCharacter(text, at)} is no hex digit`);
    }
  }

  private endNumber(): void {
    if (this.prefixed && this.digits === 0) this.fail(this.numberColumn - 1, "no digits follow 0x");
    // A number of C, as in `0x3`.
    else if (this.prefixed && this.digits === 1) this.bytes.push(this.half);
    else if (this.half >= 0) this.fail(this.numberColumn - 1, "odd number of hex digits");
    this.half = -1;
    this.digits = 0;
    this.prefixed = false;
  }

  private fail(at: number, message: string): void {
    this.mistake ??= { line: this.line, column: at + 1, message };
  }
}
