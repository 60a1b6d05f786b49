import { sourceOf, type Source } from "@railvail/wire";

/** A run of bytes: those of `source` from `offset` to `end`. */
export interface Part {
  readonly source: Source;
  readonly offset: number;
  readonly end: number;
}

/** Where a view of a source begins in it. */
export const offsetIn = (source: Source, part: Uint8Array): number => part.byteOffset - source.bytes.byteOffset;

/**
 * Where bytes stand that an assembler gave out: in the source they came from if they are a view of
 * it, else in a source of their own. That both may lie in one `ArrayBuffer` does not confuse it.
 */
export function partOf(source: Source, bytes: Uint8Array): Part {
  const offset = offsetIn(source, bytes);
  const end = offset + bytes.length;
  const inside = bytes.buffer === source.bytes.buffer && offset >= 0 && end <= source.bytes.length;
  return inside ? { source, offset, end } : { source: sourceOf(bytes), offset: 0, end: bytes.length };
}
