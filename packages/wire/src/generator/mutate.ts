import { leaves } from "../inspection.js";
import type { Pdu } from "../pdu.js";
import type { Choice } from "./generate.js";

/**
 * Bytes that differ from `bytes` in one place that the declaration knows of: a field set to a
 * boundary value, a bit flipped, a field doubled or taken out, the message cut at a field.
 */
export function mutate(pdu: Pdu, bytes: Uint8Array, choice: Choice): Uint8Array {
  const fields = [...leaves(pdu.inspect(bytes).fields)];
  const field = fields[choice.int(0, Math.max(0, fields.length - 1))];
  if (field === undefined) return Uint8Array.of(choice.int(0, 255));
  const { offset, length } = field;
  const before = bytes.subarray(0, offset);
  const after = bytes.subarray(offset + length);
  const own = bytes.slice(offset, offset + length);
  switch (choice.int(0, 6)) {
    case 0:
      return joined(before, own.fill(0), after);
    case 1:
      return joined(before, own.fill(0xff), after);
    case 2: {
      const at = choice.int(0, length - 1);
      own[at] = (own[at] ?? 0) ^ (1 << choice.int(0, 7));
      return joined(before, own, after);
    }
    case 3: {
      // One more or one less, where lengths and counts are most often off.
      own[0] = (own[0] ?? 0) + (choice.int(0, 1) === 0 ? 1 : -1);
      return joined(before, own, after);
    }
    case 4:
      return joined(before, own, own, after);
    case 5:
      return joined(before, after);
    default:
      return bytes.slice(0, offset + choice.int(0, length));
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
