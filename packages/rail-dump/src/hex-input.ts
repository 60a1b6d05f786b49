import { HexText } from "@railvail/capture";
import { UsageError } from "@railvail/command-line";

/**
 * The bytes that a text gives in hex: see `HexText` for what is understood. `what` names the text
 * in the error, which has line and column.
 *
 * @throws UsageError
 */
export function parseHex(text: string, what = "hex"): Uint8Array {
  const reader = new HexText();
  const first = reader.push(text);
  const last = reader.end();
  if (reader.mistake !== undefined) {
    const { line, column, message } = reader.mistake;
    throw new UsageError(`${what}, line ${line}, column ${column}: ${message}`);
  }
  const bytes = new Uint8Array(first.length + last.length);
  bytes.set(first);
  bytes.set(last, first.length);
  return bytes;
}
