import { fastPathLength, tpktLength } from "@railvail/transport";
import { sourceOf } from "@railvail/wire";

/** Bytes of a connection cut where its frames end; what is no frame stays in one piece. */
export function splitFrames(bytes: Uint8Array): Uint8Array[] {
  const source = sourceOf(bytes);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at] === 3 ? tpktLength(source, at, bytes.length) : fastPathLength(source, at, bytes.length);
    const end = length === undefined || length < 1 || at + length > bytes.length ? bytes.length : at + length;
    frames.push(bytes.subarray(at, end));
    at = end;
  }
  return frames;
}
