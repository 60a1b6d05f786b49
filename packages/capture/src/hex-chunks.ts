import { HexText } from "./hex-text.js";

/** The text is no hex. The message has line and column. */
export class HexDamage extends Error {
  override readonly name = "HexDamage";
}

/**
 * The bytes that a text in UTF-8 gives in hex; see {@link HexText}.
 *
 * @throws HexDamage after all that came before the mistake was passed on.
 */
export async function* hexChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = new TextDecoder();
  const reader = new HexText();
  for await (const chunk of chunks) {
    const bytes = reader.push(decoder.decode(chunk, { stream: true }));
    if (bytes.length > 0) yield bytes;
    if (reader.mistake !== undefined) break;
  }
  const held = reader.push(decoder.decode());
  if (held.length > 0) yield held;
  const last = reader.end();
  if (last.length > 0) yield last;
  if (reader.mistake === undefined) return;
  const { line, column, message } = reader.mistake;
  throw new HexDamage(`line ${line}, column ${column}: ${message}`);
}
