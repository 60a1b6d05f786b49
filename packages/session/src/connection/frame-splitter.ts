import { fastPathLength, fastPathPrefixSize, isFastPath, tpktLength } from "@railvail/transport";
import { sourceOf, type Source } from "@railvail/wire";

/** Takes each frame as it becomes whole: a TPKT packet, or a fast-path packet. False stops the splitting. */
export type TakeFrame = (source: Source, offset: number, end: number, fastPath: boolean) => boolean;

const damaged = -1;
const nothing = new Uint8Array(0);

/**
 * Cuts a stream into frames. A frame that lies in one chunk is not copied; one that straddles
 * chunks is put together first. It holds less than one frame, which has at most 65,535 bytes.
 */
export class FrameSplitter {
  private held = nothing;
  private length = 0;

  /**
   * Takes the next bytes of the stream. Returns false if no frame can begin where one should:
   * nothing more can be read then.
   */
  accept(bytes: Uint8Array, take: TakeFrame): boolean {
    let at = 0;
    while (this.length > 0) {
      const needed = frameLength(sourceOf(this.held), 0, this.length);
      if (needed === damaged) return false;
      if (needed !== undefined && needed <= this.length) {
        const frame = sourceOf(this.held.subarray(0, needed));
        this.held = nothing;
        this.length = 0;
        if (!take(frame, 0, needed, isFastPath(frame.bytes[0] as number))) return this.keep(bytes, at);
        break;
      }
      if (at === bytes.length) return true;
      const stop = Math.min(bytes.length, at + (needed === undefined ? 1 : needed - this.length));
      this.append(bytes.subarray(at, stop), needed);
      at = stop;
    }
    if (at === bytes.length) return true;
    const source = sourceOf(bytes);
    while (at < bytes.length) {
      const needed = frameLength(source, at, bytes.length);
      if (needed === damaged) return false;
      if (needed === undefined || at + needed > bytes.length) break;
      const frame = at;
      at += needed;
      if (!take(source, frame, at, isFastPath(bytes[frame] as number))) break;
    }
    return this.keep(bytes, at);
  }

  /** Bytes that came and belong to no whole frame; they are forgotten. */
  takeRest(): Uint8Array {
    const rest = this.held.slice(0, this.length);
    this.held = nothing;
    this.length = 0;
    return rest;
  }

  private keep(bytes: Uint8Array, at: number): true {
    if (at < bytes.length) this.append(bytes.subarray(at), undefined);
    return true;
  }

  private append(bytes: Uint8Array, whole: number | undefined): void {
    const total = this.length + bytes.length;
    if (total > this.held.length) {
      const grown = new Uint8Array(Math.max(total, whole === undefined ? 16 : Math.min(whole, 2 * total)));
      grown.set(this.held.subarray(0, this.length));
      this.held = grown;
    }
    this.held.set(bytes, this.length);
    this.length = total;
  }
}

/** Bytes of the frame at `offset`; undefined if more bytes are needed to tell. */
function frameLength(source: Source, offset: number, end: number): number | undefined {
  if (offset >= end) return undefined;
  if (!isFastPath(source.view.getUint8(offset))) return tpktLength(source, offset, end);
  const length = fastPathLength(source, offset, end);
  if (length === undefined) {
    const known = end - offset >= fastPathPrefixSize || (end - offset === 2 && source.view.getUint8(offset + 1) < 0x80);
    return known ? damaged : undefined;
  }
  return length;
}
