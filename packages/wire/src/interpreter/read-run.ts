import type { Cursor } from "./cursor.js";
import { intName } from "../declaration/ints.js";
import { unit } from "../declaration/layout.js";
import type { Extent, Names, TextNode } from "../declaration/nodes.js";
import type { Scope } from "./scope.js";
import { findLineEnd, findNul, readText, textSize } from "../text.js";
import type { Trace } from "./trace.js";

/** What reading a field needs: the bytes, and where to report what was found. */
export interface Reading {
  readonly cursor: Cursor;
  readonly trace: Trace;
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** The bytes an extent covers, all there; reads a prefix, whose span stands beside the field's. */
export function readExtent({ cursor, trace }: Reading, name: string, extent: Extent, scope: Scope): number {
  let size = cursor.left;
  if (extent.by === "prefix") {
    const at = cursor.offset;
    const raw = Number(cursor.integer(extent.int, scope));
    trace.span(`${name}Length`, intName(extent.int), at, cursor.offset, raw);
    size = (raw - extent.bias) * extent.unit;
    if (size < 0) cursor.fail({ code: "length-mismatch", declared: raw, actual: extent.bias }, at);
  } else if (extent.by === "field") size = scope.number(extent.field);
  else if (extent.by === "fixed") size = extent.size;
  cursor.need(size);
  return size;
}

export function readBytes(reading: Reading, name: string, extent: Extent, scope: Scope): Uint8Array {
  const size = readExtent(reading, name, extent, scope);
  const at = reading.cursor.offset;
  const bytes = reading.cursor.take(size);
  reading.trace.span(name, "bytes", at, at + size, bytes);
  return bytes;
}

/** Padding; one that only fills up (`whole` false) may be shorter than it should be. */
export function readPad({ cursor, trace }: Reading, name: string, size: number, whole: boolean): void {
  const at = cursor.offset;
  const bytes = cursor.take(whole ? size : Math.min(size, cursor.left));
  if (bytes.length < size) trace.deviation("missing-pad", at, `${size - bytes.length} bytes of padding are missing`);
  if (!isZero(bytes)) trace.deviation("reserved-not-zero", at, "padding is not zero");
  trace.span(name, "pad", at, cursor.offset, bytes);
}

/** Text of any extent; undefined for a line that is not there. */
export function readTextField(reading: Reading, name: string, node: TextNode, scope: Scope): string | undefined {
  const { cursor, trace } = reading;
  if (node.extent.by === "line" || node.extent.by === "nul") return readEnded(reading, name, node);
  const size = readExtent(reading, name, node.extent, scope);
  const at = cursor.offset;
  const text = readText(cursor.source, at, size, node.encoding, node.nul);
  cursor.take(size);
  trace.span(name, node.encoding, at, cursor.offset, text);
  if (trace.active) reportText(reading, node, text, at, size);
  if (node.nul === "after") {
    const stop = cursor.offset;
    const nul = cursor.take(unit(node));
    if (!isZero(nul)) trace.deviation("missing-terminator", stop, "no NUL after the text");
    trace.span(`${name}Terminator`, "pad", stop, cursor.offset, nul);
  }
  return text;
}

/** Text up to a NUL or up to the end of a line. */
function readEnded({ cursor, trace }: Reading, name: string, node: TextNode): string | undefined {
  const { source, offset: at, end, left } = cursor;
  const line = node.extent.by === "line";
  const stop = line ? findLineEnd(source, at, end) : findNul(source, at, end, node.encoding === "utf16");
  if (stop < 0 && line) return undefined;
  if (stop < 0) cursor.fail({ code: "not-enough-bytes", needed: left + unit(node), available: left });
  const text = readText(source, at, stop - at, node.encoding, "none");
  cursor.take(stop - at + (line ? 2 : unit(node)));
  trace.span(name, node.encoding, at, cursor.offset, text);
  return text;
}

/** What in the bytes of a text an encoder would not write. */
function reportText({ cursor, trace }: Reading, node: TextNode, text: string, at: number, size: number): void {
  const used = textSize(text, node.encoding, "none");
  if (size % unit(node) !== 0) trace.deviation("odd-length", at, `${size} bytes of UTF-16`);
  switch (node.nul) {
    case "counted":
    case "always":
      if (text === "" && size > 0 && node.nul === "counted")
        trace.deviation("lone-terminator", at, "an empty text with a NUL");
      else if (used === size - (size % unit(node)) && (size > 0 || node.nul === "always")) {
        trace.deviation("missing-terminator", at, "no NUL inside the stated length");
      }
      return;
    case "padded":
      if (!isZero(cursor.source.bytes.subarray(at + used, at + size)))
        trace.deviation("text-after-nul", at + used, "bytes after the NUL");
      return;
    default:
  }
}

/** Names of an enumerated value or of flag bits; what has no name is a deviation. */
export function readNames(
  trace: Trace,
  raw: number,
  values: Names | undefined,
  bits: Names | undefined,
  at: number,
): string | undefined {
  if (!trace.active) return undefined;
  if (values !== undefined) {
    const found = Object.entries(values).find(([, value]) => value === raw);
    if (found === undefined) trace.deviation("unknown-value", at, `0x${raw.toString(16)} has no name`);
    return found?.[0] ?? "unknown";
  }
  if (bits === undefined) return undefined;
  let left = raw;
  const names: string[] = [];
  for (const [name, mask] of Object.entries(bits)) {
    if (mask === 0 || (raw & mask) >>> 0 !== mask >>> 0) continue;
    names.push(name);
    left &= ~mask;
  }
  left >>>= 0;
  if (left !== 0) {
    trace.deviation("unknown-flags", at, `bits 0x${left.toString(16)} have no name`);
    names.push(`0x${left.toString(16)}`);
  }
  return names.join(" | ");
}
