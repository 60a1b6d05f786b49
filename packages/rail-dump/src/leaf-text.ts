import { escapeText, quoteText } from "@railvail/command-line";
import { hex, type FieldSpan } from "@railvail/wire";

/** Bytes and characters of a value that are shown. */
const bytesShown = 24;
const textShown = 200;

/** The value of a field that has no fields in it. */
export function leafText({ value, text }: FieldSpan): string {
  const names = text === undefined ? "" : ` (${escapeText(text)})`;
  if (value === undefined) return names.trimStart();
  if (typeof value === "string") return quoteText(value, textShown) + names;
  if (value instanceof Uint8Array) return bytesText(value) + names;
  const wide = value >= 10 || value < 0;
  return `${value}${wide && value >= 0 ? ` = 0x${value.toString(16)}` : ""}${names}`;
}

function bytesText(bytes: Uint8Array): string {
  const cut = bytes.length > bytesShown;
  return `<${hex(cut ? bytes.subarray(0, bytesShown) : bytes)}${cut ? `… ${bytes.length} bytes` : ""}>`;
}
