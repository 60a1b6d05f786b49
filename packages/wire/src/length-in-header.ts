import type { Source } from "./source.js";

/** Headers of two fields of 32 bits: a type, and the length of all. */
const headerSize = 8;
const lengthOffset = 4;

/**
 * Bytes of the message that starts at `offset`, header included, in families whose header is a type and a
 * length, of 32 bits each, or 16, 16 and 32. Undefined if there is no complete header before `end`, or its
 * length is below 8 or goes past `end`: then there is no way to find the next message.
 */
export function lengthInHeader(source: Source, offset: number, end: number): number | undefined {
  if (end - offset < headerSize) return undefined;
  const length = source.view.getUint32(offset + lengthOffset, true);
  return length < headerSize || length > end - offset ? undefined : length;
}
