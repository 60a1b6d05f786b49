import type { Source } from "@railvail/wire";
import { evidence, type Evidence } from "./frame-evidence.js";

const headerSize = 5;
/** 2 to the 14th, and what compression and encryption may add: RFC 5246 section 6.2.3. */
const recordLimit = 16_384 + 2_048;
/** change_cipher_spec, alert, handshake, application_data. */
const [firstType, lastType] = [20, 23];

/** Whether the header of a TLS record stands at `offset`: RFC 8446 section 5.1. */
export function tlsRecordEvidence(source: Source, offset: number, end: number): Evidence {
  const { view } = source;
  const available = end - offset;
  const type = view.getUint8(offset);
  if (type < firstType || type > lastType) return evidence.none;
  if (available > 1 && view.getUint8(offset + 1) !== 3) return evidence.none;
  if (available > 2 && view.getUint8(offset + 2) > 4) return evidence.none;
  if (available < headerSize) return headerSize;
  const length = view.getUint16(offset + 3);
  return length === 0 || length > recordLimit ? evidence.none : evidence.sure;
}

/**
 * Whether TLS surely goes on at `offset`: two records follow each other. `last`: no more bytes will
 * come; then one that ends where they do will do.
 */
export function tlsEvidence(source: Source, offset: number, end: number, last: boolean): Evidence {
  const here = tlsRecordEvidence(source, offset, end);
  if (here !== evidence.sure) return here;
  const size = headerSize + source.view.getUint16(offset + 3);
  if (last && offset + size === end) return evidence.sure;
  if (offset + size >= end) return size + headerSize;
  const next = tlsRecordEvidence(source, offset + size, end);
  return next > 0 ? size + next : next;
}
