import type { Source } from "@railvail/wire";

const headerSize = 8;

/**
 * Bytes of the message that starts at `offset`, header included, or undefined if there is no
 * complete header before `end`, or its length is below 8 or goes past `end`: then there is no way
 * to find the next message.
 */
export function applistMessageLength(source: Source, offset: number, end: number): number | undefined {
  if (end - offset < headerSize) return undefined;
  const length = source.view.getUint32(offset + 4, true);
  return length < headerSize || length > end - offset ? undefined : length;
}
