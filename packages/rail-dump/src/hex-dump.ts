import { escapeText } from "@railvail/command-line";
import type { Message } from "@railvail/dissect";
import type { FieldSpan, Inspection } from "@railvail/wire";
import { leafText } from "./leaf-text.js";
import type { Palette } from "./palette.js";
import type { Printer } from "./printer.js";

const rowLength = 16;
const hexColumns = rowLength * 3;

/**
 * The bytes of a message, a row for each field (more where it has more than 16 bytes), labelled
 * with the field's path and value. Bytes that no field covers are labelled so.
 */
export function writeHexDump(
  printer: Printer,
  palette: Palette,
  message: Message,
  inspection: Inspection<unknown> | undefined,
): void {
  const bytes = message.source.bytes.subarray(message.offset, message.end);
  const rows = new Rows(printer, palette, bytes);
  let at = 0;
  for (const [path, leaf] of labelledLeaves(inspection?.fields ?? [], "")) {
    if (leaf.offset > at) rows.write(at, leaf.offset, palette.bad("(no field)"));
    rows.write(leaf.offset, leaf.offset + leaf.length, labelOf(path, leaf, palette), path);
    at = leaf.offset + leaf.length;
  }
  if (at < bytes.length) rows.write(at, bytes.length, palette.bad("(no field)"));
}

const labelOf = (path: string, leaf: FieldSpan, palette: Palette): string =>
  `${palette.name(escapeText(path))} ${leaf.value instanceof Uint8Array ? palette.dim(`${leaf.length} bytes`) : leafText(leaf)}`;

/** The leaves with their paths; fields inside a carrier, which have no bytes, are left out. */
function* labelledLeaves(fields: readonly FieldSpan[], prefix: string): Generator<readonly [string, FieldSpan]> {
  for (const field of fields) {
    const path = prefix + (prefix === "" || field.name.startsWith("[") ? "" : ".") + field.name;
    if (field.children !== undefined) yield* labelledLeaves(field.children, path);
    else if (field.length > 0) yield [path, field];
  }
}

class Rows {
  private readonly printer: Printer;
  private readonly palette: Palette;
  private readonly bytes: Uint8Array;

  constructor(printer: Printer, palette: Palette, bytes: Uint8Array) {
    this.printer = printer;
    this.palette = palette;
    this.bytes = bytes;
  }

  /** Bytes of one field; rows after the first say how far into `path` they are. */
  write(from: number, to: number, label: string, path = ""): void {
    const again = escapeText(path);
    for (let at = from; at < to; at += rowLength) {
      const row = this.bytes.subarray(at, Math.min(at + rowLength, to));
      let digits = "";
      for (const byte of row) digits += `${byte.toString(16).padStart(2, "0")} `;
      const offset = this.palette.dim(at.toString(16).padStart(6, "0"));
      const note = at === from ? label : this.palette.dim(`${again} +${at - from} ${asciiOf(row)}`);
      this.printer.line(`  ${offset}  ${digits.padEnd(hexColumns)} ${note}`);
    }
  }
}

/** Printable ASCII as it is, everything else as a dot. */
function asciiOf(row: Uint8Array): string {
  let text = "";
  for (const byte of row) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".";
  return text;
}
