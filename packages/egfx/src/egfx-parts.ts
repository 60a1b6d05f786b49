import type { Arena, Pdu } from "@railvail/wire";
import { egfxVocabulary, type EgfxSend } from "./egfx-machine.js";

/** Where `pduLength` is in a command, and how many bytes a length has. */
const lengthOffset = 4;
const lengthSize = 4;

/**
 * The bytes of a command in parts, for `writev`: all but its bitmap data is appended to `arena` and is a view
 * of it, valid until the arena is reset or grows; bitmap data is handed on as it was given, not copied. Throws
 * `EncodeError`. What the server sends has to be wrapped in segments of [MS-RDPEGFX] 2.2.5 afterwards.
 */
export function egfxParts({ message, payload }: Omit<EgfxSend, "type">, arena: Arena): Uint8Array[] {
  const pdu = egfxVocabulary.pdus[message.message] as Pdu;
  const parts = pdu.segments(message.value, arena);
  const [head] = parts;
  if (payload === undefined || head === undefined) return parts;
  const start = arena.length - head.length;
  // Both wire-to-surface commands end in the length of the data, followed by the data.
  const size = payload.reduce((sum, part) => sum + part.length, 0);
  arena.view.setUint32(start + lengthOffset, head.length + size, true);
  arena.view.setUint32(arena.length - lengthSize, size, true);
  return [head, ...payload];
}
