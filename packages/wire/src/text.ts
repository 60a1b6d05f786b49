import type { Encoding, Extent, Nul } from "./declaration/nodes.js";
import type { Source } from "./source.js";

/** What a host can do faster than a loop; see {@link useHost}. */
export interface Host {
  /** UTF-16LE bytes `start` to `end` as a string, lone surrogates and BOM kept. */
  utf16(bytes: Uint8Array, start: number, end: number): string;
  /** Bytes `start` to `end` as the characters of those numbers. */
  latin1(bytes: Uint8Array, start: number, end: number): string;
  /** Bytes as lower-case hexadecimal digits. */
  hex(bytes: Uint8Array): string;
}

let host: Host | undefined;

/**
 * Lets long strings be read by the host, such as Node's `Buffer`. `TextDecoder` will not do: it
 * replaces lone surrogates and drops a byte order mark.
 */
export function useHost(faster: Host | undefined): void {
  host = faster;
}

/** From this many units on, the host's native decoder beats a loop. */
const hostThreshold = 16;
/** `fromCharCode` takes its units as arguments, and a call has a limited number of them. */
const batch = 4096;

function readUnits(source: Source, offset: number, units: number, wide: boolean): string {
  const { bytes, view } = source;
  if (units >= hostThreshold && host !== undefined) {
    return wide ? host.utf16(bytes, offset, offset + units * 2) : host.latin1(bytes, offset, offset + units);
  }
  if (units < hostThreshold) {
    let text = "";
    for (let i = 0; i < units; i++) {
      text += String.fromCharCode(wide ? view.getUint16(offset + i * 2, true) : view.getUint8(offset + i));
    }
    return text;
  }
  const parts: string[] = [];
  for (let at = 0; at < units; at += batch) {
    const codes = new Array<number>(Math.min(batch, units - at));
    for (let i = 0; i < codes.length; i++) {
      const unit = at + i;
      codes[i] = wide ? view.getUint16(offset + unit * 2, true) : view.getUint8(offset + unit);
    }
    parts.push(String.fromCharCode(...codes));
  }
  return parts.join("");
}

const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Bytes as lower-case hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  if (bytes.length >= hostThreshold && host !== undefined) return host.hex(bytes);
  let text = "";
  for (const byte of bytes) text += hexDigits[byte];
  return text;
}

/** The offset of the first NUL unit, or -1. */
export function findNul(source: Source, offset: number, end: number, wide: boolean): number {
  if (!wide) {
    // Never past the end: a chunk of many messages would be searched once for each of them.
    const at = source.bytes.subarray(offset, end).indexOf(0);
    return at < 0 ? -1 : offset + at;
  }
  for (let at = offset; at + 2 <= end; at += 2) if (source.view.getUint16(at, true) === 0) return at;
  return -1;
}

/** The offset of the first CR LF, or -1. */
export function findLineEnd(source: Source, offset: number, end: number): number {
  const bytes = source.bytes.subarray(offset, end);
  for (let at = bytes.indexOf(0x0d); at >= 0; at = bytes.indexOf(0x0d, at + 1)) {
    if (bytes[at + 1] === 0x0a) return offset + at;
  }
  return -1;
}

/** Reads `size` bytes of text; an odd last byte of UTF-16 is not part of it. */
export function readText(source: Source, offset: number, size: number, encoding: Encoding, nul: Nul): string {
  const wide = encoding === "utf16";
  let units = wide ? size >> 1 : size;
  if (nul === "padded") {
    const at = findNul(source, offset, offset + size, wide);
    if (at >= 0) units = wide ? (at - offset) >> 1 : at - offset;
  } else if ((nul === "counted" || nul === "always") && units > 0) {
    const last = wide ? source.view.getUint16(offset + units * 2 - 2, true) : source.bytes[offset + units - 1];
    if (last === 0) units--;
  }
  return readUnits(source, offset, units, wide);
}

/** Bytes of the text without a NUL that follows it uncounted. */
export function textSize(text: string, encoding: Encoding, nul: Nul): number {
  const units = text.length + (nul === "always" || (nul === "counted" && text.length > 0) ? 1 : 0);
  return encoding === "utf16" ? units * 2 : units;
}

/** Whether every character can be written; a text cannot hold what ends it. */
export function textFits(text: string, encoding: Encoding, endsAt: string): boolean {
  if (endsAt !== "" && text.includes(endsAt)) return false;
  if (encoding === "utf16") return true;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return false;
  return true;
}

/** What ends a text, and so cannot stand in it. */
export function textEnd(extent: Extent, nul: Nul): string {
  return extent.by === "line" ? "\r\n" : extent.by === "nul" || nul === "padded" ? "\0" : "";
}

/** Writes the text and zeros up to `size` bytes. */
export function writeText(target: Source, offset: number, size: number, text: string, encoding: Encoding): void {
  const { bytes, view } = target;
  let at = offset;
  if (encoding === "utf16") {
    for (let i = 0; i < text.length; i++, at += 2) view.setUint16(at, text.charCodeAt(i), true);
  } else {
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
  }
  if (at < offset + size) bytes.fill(0, at, offset + size);
}
