import type { Source } from "@railvail/wire";

const headerSize = 8;

/**
 * Bytes of the command that starts at `offset`, header included, or undefined if there is no
 * complete header before `end`, or its `pduLength` is below 8 or goes past `end`: then there is
 * no way to find the next command. [MS-RDPEGFX] 2.2.1.5.
 */
export function egfxCommandLength(source: Source, offset: number, end: number): number | undefined {
  if (end - offset < headerSize) return undefined;
  const length = source.view.getUint32(offset + 4, true);
  return length < headerSize || length > end - offset ? undefined : length;
}
