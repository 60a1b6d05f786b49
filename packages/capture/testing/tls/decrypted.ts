import type { Direction } from "../../src/index.js";
import type { HeldBytes } from "../../src/tls/held-records.js";
/** Runs a decryptor over recorded chunks. */
import { KeyLog } from "../../src/tls/key-log.js";
import { TlsDecryptor } from "../../src/tls/tls-decryptor.js";
import type { TlsProblem } from "../../src/tls/tls-problem.js";
import type { Chunk } from "./live-session.js";

/** A chunk, or so many bytes that were not captured. */
export type Captured = Chunk | { readonly direction: Direction; readonly missing: number };

export interface Decrypted {
  readonly plain: Readonly<Record<Direction, Buffer>>;
  /** As they came. */
  readonly pieces: readonly Chunk[];
  readonly sealed: Readonly<Record<Direction, number>>;
  readonly missing: Readonly<Record<Direction, number>>;
  readonly problems: readonly TlsProblem[];
  readonly decryptor: TlsDecryptor;
}

export const keyLogOf = (text: string): KeyLog => {
  const keys = new KeyLog();
  keys.add(text);
  return keys;
};

export function decrypted(chunks: readonly Captured[], keys: KeyLog | string, held?: HeldBytes): Decrypted {
  const pieces: Chunk[] = [];
  const sealed = { c2s: 0, s2c: 0 };
  const missing = { c2s: 0, s2c: 0 };
  const problems: TlsProblem[] = [];
  const decryptor = new TlsDecryptor({
    keys: typeof keys === "string" ? keyLogOf(keys) : keys,
    onPlain: (direction, bytes) => pieces.push({ direction, bytes: bytes.slice() }),
    onProblem: (problem) => problems.push(problem),
    onSealed: (direction, bytes) => (sealed[direction] += bytes.length),
    onGap: (direction, length) => (missing[direction] += length),
    ...(held === undefined ? {} : { held }),
  });
  const at = (packet: number) => ({ time: BigInt(packet), packet });
  for (const [index, chunk] of chunks.entries()) {
    if ("bytes" in chunk) decryptor.data(chunk.direction, chunk.bytes, at(index + 1));
    else decryptor.gap(chunk.direction, chunk.missing, at(index + 1));
  }
  decryptor.end(at(chunks.length));
  const plainOf = (which: Direction): Buffer =>
    Buffer.concat(pieces.filter(({ direction }) => direction === which).map(({ bytes }) => bytes));
  return {
    plain: { c2s: plainOf("c2s"), s2c: plainOf("s2c") },
    pieces,
    sealed,
    missing,
    problems,
    decryptor,
  };
}
