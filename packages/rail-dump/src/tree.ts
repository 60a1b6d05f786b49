import { escapeText } from "@railvail/command-line";
import type { Message } from "@railvail/dissect";
import type { FieldSpan, Inspection } from "@railvail/wire";
import { codecParts } from "./codec-tree.js";
import { leafText } from "./leaf-text.js";
import type { Palette } from "./palette.js";
import type { Printer } from "./printer.js";

/** The fields of a message, indented, each with offset, length and value; then what deviates. */
export function writeTree(
  printer: Printer,
  palette: Palette,
  message: Message,
  inspection: Inspection<unknown> | undefined,
): void {
  const spec = inspection === undefined ? "" : ` ${inspection.spec}`;
  printer.line(`  ${palette.dim(`${escapeText(message.path)}${spec}`)}`);
  if (inspection === undefined) return;
  writeInspection(printer, palette, inspection, 0);
  for (const { offset, inspection: part } of codecParts(message, inspection)) {
    printer.line(`  ${palette.dim(`in bitmapData at ${offset}:`)} ${part.pdu} ${palette.dim(part.spec)}`);
    writeInspection(printer, palette, part, offset);
  }
}

/** `base` is where in the message the structure starts. */
function writeInspection(printer: Printer, palette: Palette, inspection: Inspection<unknown>, base: number): void {
  writeFields(printer, palette, inspection.fields, base, 1);
  for (const { rule, field, offset, message } of inspection.deviations) {
    printer.line(palette.bad(`  deviates at ${base + offset}: ${rule}: ${field}: ${escapeText(message)}`));
  }
  if (inspection.error !== undefined) {
    printer.line(palette.bad(`  error: ${escapeText(inspection.error.message)}`));
  }
}

function writeFields(
  printer: Printer,
  palette: Palette,
  fields: readonly FieldSpan[],
  base: number,
  depth: number,
): void {
  for (const field of fields) {
    const place = `${String(base + field.offset).padStart(6)} ${String(field.length).padStart(6)}`;
    const value = field.children === undefined ? ` ${leafText(field)}` : "";
    const name = palette.name(escapeText(field.name));
    printer.line(`${palette.dim(place)}${"  ".repeat(depth)}${name} ${palette.dim(field.type)}${value}`);
    if (field.children !== undefined) writeFields(printer, palette, field.children, base, depth + 1);
  }
}
