import { quoteJson } from "./json-text.js";

const digitZero = 0x30;
const comma = 0x2c;
const quote = 0x22;
const backslash = 0x5c;
const hexDigits = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** Text without characters beyond ASCII, as bytes that are copied again and again. */
export const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (unit) => unit.charCodeAt(0) & 0x7f);

/** Up to so many bytes a loop copies faster than `set` does. */
const shortRun = 24;

/**
 * Text that is written from front to back, in UTF-8. It takes memory that is used again, and makes no
 * garbage: strings that are put together from many parts cost several times as much.
 */
export class Utf8Text {
  /** The text is the first `length` bytes. What was taken from here is valid until the next writing. */
  bytes: Uint8Array;
  length = 0;

  /** `capacity` is a first size in bytes. */
  constructor(capacity = 65_536) {
    this.bytes = new Uint8Array(capacity);
  }

  /** All that was written, as a view. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Bytes that are text already. */
  put(piece: Uint8Array): void {
    const at = this.room(piece.length);
    if (piece.length > shortRun) this.bytes.set(piece, at);
    else for (let i = 0; i < piece.length; i++) this.bytes[at + i] = piece[i] as number;
    this.length = at + piece.length;
  }

  /** One character of ASCII, by its number. */
  unit(code: number): void {
    const at = this.room(1);
    this.bytes[at] = code;
    this.length = at + 1;
  }

  /** An integer of either sign, or any other number as JavaScript writes it. */
  number(value: number): void {
    if (value >>> 0 === value) {
      // Most numbers have one digit or two.
      if (value >= 100) return this.whole(value);
      const at = this.room(2);
      const tens = (value / 10) | 0;
      if (tens === 0) {
        this.bytes[at] = digitZero + value;
        this.length = at + 1;
        return;
      }
      this.bytes[at] = digitZero + tens;
      this.bytes[at + 1] = digitZero + value - tens * 10;
      this.length = at + 2;
    } else if (Number.isSafeInteger(value)) {
      if (value < 0) this.unit(0x2d);
      const size = Math.abs(value);
      const high = Math.floor(size / 1e9);
      if (high === 0) return this.whole(size);
      this.whole(high);
      this.padded(size - high * 1e9, 9, digitZero);
    } else this.ascii(String(value));
  }

  /** A 64-bit number given in two halves. */
  unsigned64(high: number, low: number): void {
    if (high === 0) this.number(low);
    else if (high < 0x20_0000) this.number(high * 0x1_0000_0000 + low);
    else this.ascii(String((BigInt(high) << 32n) | BigInt(low)));
  }

  /** A whole number below 2^32 in at least `width` columns, filled up in front with `fill`. */
  padded(value: number, width: number, fill: number): void {
    const digits = digitsOf(value);
    for (let left = width - digits; left > 0; left--) this.unit(fill);
    this.whole(value);
  }

  /** Text of ASCII only. */
  ascii(text: string): void {
    const { length } = text;
    const at = this.room(length);
    const { bytes } = this;
    for (let i = 0; i < length; i++) bytes[at + i] = text.charCodeAt(i);
    this.length = at + length;
  }

  /** Any text; lone surrogates become U+FFFD. */
  text(text: string): void {
    const { length } = text;
    const at = this.room(length * 3);
    const { bytes } = this;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) {
        this.length = at + i;
        return this.beyond(text, i);
      }
      bytes[at + i] = code;
    }
    this.length = at + length;
  }

  /** A string as JSON that is safe to show on a terminal. */
  quoted(text: string): void {
    const start = this.length;
    const { length } = text;
    const at = this.room(length + 2);
    const { bytes } = this;
    bytes[at] = quote;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x20 || code > 0x7e || code === quote || code === backslash) {
        this.length = start;
        return this.text(quoteJson(text));
      }
      bytes[at + 1 + i] = code;
    }
    bytes[at + 1 + length] = quote;
    this.length = at + length + 2;
  }

  /** The bytes from `start` to `end` as lower-case hexadecimal digits. */
  hex(of: Uint8Array, start: number, end: number): void {
    let at = this.room((end - start) * 2);
    const { bytes } = this;
    for (let i = start; i < end; i++) {
      const byte = of[i] as number;
      bytes[at++] = hexDigits[byte >> 4] as number;
      bytes[at++] = hexDigits[byte & 15] as number;
    }
    this.length = at;
  }

  /** Takes a comma away that stands at the end. */
  dropComma(): void {
    if (this.bytes[this.length - 1] === comma) this.length--;
  }

  /** Makes room for `size` more bytes; returns where they begin. */
  private room(size: number): number {
    const needed = this.length + size;
    if (needed > this.bytes.length) {
      const bytes = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      bytes.set(this.written());
      this.bytes = bytes;
    }
    return this.length;
  }

  /** The digits of a whole number below 2^32. */
  private whole(value: number): void {
    const digits = digitsOf(value);
    const at = this.room(digits);
    const { bytes } = this;
    let rest = value;
    let place = at + digits;
    while (rest > 0x7fff_ffff) {
      const tenth = Math.floor(rest / 10);
      bytes[--place] = digitZero + (rest - tenth * 10);
      rest = tenth;
    }
    while (place > at) {
      const tenth = (rest / 10) | 0;
      bytes[--place] = digitZero + (rest - tenth * 10);
      rest = tenth;
    }
    this.length = at + digits;
  }

  /** The rest of a text, from its first character beyond ASCII; there is room for it. */
  private beyond(text: string, from: number): void {
    const { bytes } = this;
    let at = this.length;
    for (let i = from; i < text.length; i++) {
      let code = text.codePointAt(i) ?? 0;
      if (code < 0x80) {
        bytes[at++] = code;
        continue;
      }
      if (code < 0x800) {
        bytes[at++] = 0xc0 | (code >> 6);
        bytes[at++] = 0x80 | (code & 63);
        continue;
      }
      if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
      if (code < 0x1_0000) bytes[at++] = 0xe0 | (code >> 12);
      else {
        i++;
        bytes[at++] = 0xf0 | (code >> 18);
        bytes[at++] = 0x80 | ((code >> 12) & 63);
      }
      bytes[at++] = 0x80 | ((code >> 6) & 63);
      bytes[at++] = 0x80 | (code & 63);
    }
    this.length = at;
  }
}

/** How many decimal digits a whole number below 2^32 has. */
function digitsOf(value: number): number {
  if (value < 100_000) {
    return value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : value < 10_000 ? 4 : 5;
  }
  if (value < 1_000_000_000) {
    return value < 1_000_000 ? 6 : value < 10_000_000 ? 7 : value < 100_000_000 ? 8 : 9;
  }
  return 10;
}
