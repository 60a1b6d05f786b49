import type { Message } from "@railvail/dissect";
import { CodecId, payloadParts, WireToSurface1, WireToSurface2, type PayloadPart } from "@railvail/egfx";
import type { Inspection } from "@railvail/wire";

/** Alpha is shown by its one header, and what follows in runs of pixels is long and says little. */
const plain: ReadonlySet<number> = new Set([CodecId.uncompressed, CodecId.alpha]);

/** A structure of a codec inside a message, with the place where it starts in the message. */
export interface CodecPart {
  readonly offset: number;
  readonly inspection: Inspection<unknown>;
}

/** The structures in the bitmap data of a graphics command, in their order; none of other messages. */
export function codecParts(message: Message, inspection: Inspection<unknown>): CodecPart[] {
  const { pdu, source, offset, value } = message;
  if ((pdu !== WireToSurface1 && pdu !== WireToSurface2) || value === undefined) return [];
  const { codecId } = value as WireToSurface1 | WireToSurface2;
  const data = inspection.fields.find(({ name }) => name === "bitmapData");
  if (plain.has(codecId) || data === undefined) return [];
  const start = offset + data.offset;
  return payloadParts(codecId, source, start, start + data.length).flatMap((part) => inspected(message, part));
}

function inspected({ source, offset: base }: Message, { pdu, offset, end }: PayloadPart): CodecPart[] {
  return pdu === undefined ? [] : [{ offset: offset - base, inspection: pdu.inspect(source, offset, end) }];
}
