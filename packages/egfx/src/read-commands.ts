import { DecodeError, type Sender, type Source } from "@railvail/wire";
import { egfxCommandLength, egfxCommands } from "./commands.js";
import { egfxVocabulary, type EgfxMessage, type UnknownEgfxCommand } from "./egfx-machine.js";

const headerSize = 8;

/**
 * The commands from `offset` to `end`, each decoded when it is asked for: a message of the channel may hold
 * many. Byte runs are views of the source. Asking throws {@link DecodeError}: for a command that is damaged, after
 * which the same iterator goes on with the next one; and for a length that cannot be, after which it is done,
 * because where the next command begins is not known. [MS-RDPEGFX] 2.1, 2.2.1.5.
 */
export function readCommands(
  source: Source,
  offset: number,
  end: number,
  sender: Exclude<Sender, "both">,
): IterableIterator<EgfxMessage | UnknownEgfxCommand, undefined> {
  let at = offset;
  return {
    [Symbol.iterator]() {
      return this;
    },
    next() {
      if (at >= end) return { done: true, value: undefined };
      const start = at;
      const length = egfxCommandLength(source, start, end);
      // Moved before anything can throw.
      at = length === undefined ? end : start + length;
      if (length === undefined) throw badLength(source, start, end);
      return { done: false, value: egfxVocabulary.read(source, start, at, sender) ?? unknown(source, start, at) };
    },
  };
}

function unknown(source: Source, start: number, end: number): UnknownEgfxCommand {
  const cmdId = egfxCommands.tag(source, start, end) ?? 0;
  return { message: "unknown", value: { cmdId, bytes: source.bytes.subarray(start, end) } };
}

function badLength(source: Source, start: number, end: number): DecodeError {
  const available = end - start;
  if (available < headerSize)
    return new DecodeError("RDPGFX_HEADER", "pduLength", 4, {
      code: "not-enough-bytes",
      needed: headerSize,
      available,
    });
  const declared = source.view.getUint32(start + 4, true);
  return new DecodeError("RDPGFX_HEADER", "pduLength", 4, { code: "length-mismatch", declared, actual: available });
}
