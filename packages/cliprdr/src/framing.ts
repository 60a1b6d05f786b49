import type { Source } from "@railvail/wire";
import { headerSize } from "./pdu/header.js";

/** Bytes of zeros that a peer may leave after the stated length of a message; mstsc does. */
export const maxPadding = 4;

/**
 * The length in bytes, header included, of the message that starts at `offset`; undefined if the
 * header is not complete or states more bytes than there are. A channel message holds one
 * clipboard message; it may be up to 4 bytes longer: see {@link cliprdrPadding}.
 */
export function cliprdrMessageLength(source: Source, offset: number, end: number): number | undefined {
  if (end - offset < headerSize) return undefined;
  const length = headerSize + source.view.getUint32(offset + 4, true);
  return length <= end - offset ? length : undefined;
}

/**
 * The padding between the end of a clipboard message and the end of its channel message: a view of
 * 1 to 4 zero bytes. Undefined if there are no bytes, or they are no padding. To send the channel
 * message as it was, put these bytes after the encoded message.
 */
export function cliprdrPadding(source: Source, offset: number, end: number): Uint8Array | undefined {
  const size = end - offset;
  if (size < 1 || size > maxPadding) return undefined;
  const bytes = source.bytes.subarray(offset, end);
  return bytes.every((byte) => byte === 0) ? bytes : undefined;
}
