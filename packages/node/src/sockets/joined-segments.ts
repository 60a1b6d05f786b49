/** Segments up to this size cost less to copy than to hand to the system one by one. In bytes. */
const smallSize = 4096;
/** What is put together has at most so many bytes. */
const pieceSize = 64 * 1024;

/** The same bytes in fewer segments: small ones that follow each other are put together, large ones stay as they are. */
export function joinSmall(segments: readonly Uint8Array[]): Uint8Array[] {
  const joined: Uint8Array[] = [];
  for (let from = 0; from < segments.length;) {
    let size = 0;
    let to = from;
    for (; to < segments.length; to++) {
      const { length } = segments[to] as Uint8Array;
      if (length > smallSize || size + length > pieceSize) break;
      size += length;
    }
    if (to - from < 2) {
      joined.push(segments[from] as Uint8Array);
      from++;
      continue;
    }
    const piece = new Uint8Array(size);
    for (let at = 0; from < to; from++) {
      const segment = segments[from] as Uint8Array;
      piece.set(segment, at);
      at += segment.length;
    }
    joined.push(piece);
  }
  return joined;
}
