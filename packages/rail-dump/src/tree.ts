import type { Message } from "@railvail/dissect";
import type { FieldSpan, Inspection } from "@railvail/wire";
import { escapeText } from "./escape.js";
import { leafText } from "./leaf-text.js";
import type { Palette } from "./palette.js";
import type { Printer } from "./terminal.js";

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
  writeFields(printer, palette, inspection.fields, 1);
  for (const { rule, field, offset, message: text } of inspection.deviations) {
    printer.line(palette.bad(`  deviates at ${offset}: ${rule}: ${field}: ${escapeText(text)}`));
  }
  if (inspection.error !== undefined) {
    printer.line(palette.bad(`  error: ${escapeText(inspection.error.message)}`));
  }
}

function writeFields(printer: Printer, palette: Palette, fields: readonly FieldSpan[], depth: number): void {
  for (const field of fields) {
    const place = `${String(field.offset).padStart(6)} ${String(field.length).padStart(6)}`;
    const value = field.children === undefined ? ` ${leafText(field)}` : "";
    const name = palette.name(escapeText(field.name));
    printer.line(`${palette.dim(place)}${"  ".repeat(depth)}${name} ${palette.dim(field.type)}${value}`);
    if (field.children !== undefined) writeFields(printer, palette, field.children, depth + 1);
  }
}
