import { sourceOf, type Source } from "@railvail/wire";

/**
 * How many bytes the frame at `offset` has; 0 if too few bytes are there to tell; -1 if no frame
 * can start there.
 */
export type FrameLength = (source: Source, offset: number, end: number) => number;

/** Takes frames and what stands between them. */
export interface FrameSink {
  frame(source: Source, offset: number, end: number): void;
  /** Bytes that no frame begins with, after damage. */
  skipped(source: Source, offset: number, end: number): void;
}

/**
 * Cuts one direction of a connection into frames. Frames that lie in one chunk are not copied.
 * After bytes that cannot be a frame it looks for the next place where frames go on.
 */
export class StreamFrames {
  private readonly frameLength: FrameLength;
  private readonly sink: FrameSink;
  private buffer = new Uint8Array(4096);
  private held = 0;
  private damaged: boolean;

  /** `damaged`: the first bytes may be the middle of a frame. */
  constructor(frameLength: FrameLength, sink: FrameSink, damaged = false) {
    this.frameLength = frameLength;
    this.sink = sink;
    this.damaged = damaged;
  }

  /** Bytes of a frame whose end has not come yet. */
  get pending(): number {
    return this.held;
  }

  data(bytes: Uint8Array): void {
    let at = 0;
    // A held frame is completed from the chunk, and the rest of the chunk is read where it is.
    while (this.held > 0 && at < bytes.length) {
      const held = sourceOf(this.buffer.subarray(0, this.held));
      const length = this.damaged ? 0 : this.frameLength(held, 0, this.held);
      const missing = length > 0 ? length - this.held : 1;
      const take = this.damaged ? bytes.length - at : Math.min(Math.max(missing, 1), bytes.length - at);
      this.hold(bytes.subarray(at, at + take));
      at += take;
      this.drainHeld();
    }
    if (at < bytes.length) this.hold(bytes.subarray(at + this.take(sourceOf(bytes), at, bytes.length)));
  }

  /** Bytes are missing here: what is held is the beginning of a frame that will not end. */
  gap(): void {
    this.flush();
    this.damaged = true;
  }

  /** Gives what is held, which no more bytes will complete. */
  flush(): void {
    if (this.held === 0) return;
    const bytes = this.buffer.slice(0, this.held);
    this.held = 0;
    this.sink.skipped(sourceOf(bytes), 0, bytes.length);
  }

  private drainHeld(): void {
    const bytes = this.buffer.slice(0, this.held);
    const used = this.take(sourceOf(bytes), 0, bytes.length);
    if (used === 0) return;
    this.held = 0;
    this.hold(bytes.subarray(used));
  }

  /** Gives all complete frames from `offset` on; returns the bytes used. */
  private take(source: Source, offset: number, end: number): number {
    let at = offset;
    let searchFrom = offset;
    while (at < end) {
      if (this.damaged) {
        const next = this.resume(source, searchFrom, end);
        if (next > at) this.sink.skipped(source, at, next);
        at = next;
        if (this.damaged) break;
      }
      const length = this.frameLength(source, at, end);
      if (length < 0) {
        this.damaged = true;
        searchFrom = at + 1;
        continue;
      }
      if (length === 0 || length > end - at) break;
      this.sink.frame(source, at, at + length);
      at += length;
    }
    return at - offset;
  }

  /** The next place where a frame surely begins; as long as there is none, all but the last bytes are given up. */
  private resume(source: Source, offset: number, end: number): number {
    for (let at = offset; at < end; at++) {
      if (this.surely(source, at, end)) {
        this.damaged = false;
        return at;
      }
    }
    return Math.max(offset, end - searchWindow);
  }

  /** A frame that is followed by another, or a slow-path packet that carries channel data. */
  private surely(source: Source, at: number, end: number): boolean {
    if (end - at >= 8 && source.view.getUint8(at) === 3) {
      const { view } = source;
      const carriesData = view.getUint8(at + 1) === 0 && view.getUint16(at + 4) === 0x02f0 && view.getUint8(at + 6) === 0x80;
      const choice = view.getUint8(at + 7) >> 2;
      if (carriesData && (choice === 25 || choice === 26)) return true;
    }
    const length = this.frameLength(source, at, end);
    if (length <= 1 || length > end - at) return false;
    const next = this.frameLength(source, at + length, end);
    return next > 0 && next <= end - at - length && this.chains(source, at + length + next, end);
  }

  private chains(source: Source, at: number, end: number): boolean {
    return at === end || this.frameLength(source, at, end) > 0;
  }

  private hold(bytes: Uint8Array): void {
    const needed = this.held + bytes.length;
    if (needed > this.buffer.length) {
      const grown = new Uint8Array(Math.max(needed, this.buffer.length * 2));
      grown.set(this.buffer.subarray(0, this.held));
      this.buffer = grown;
    }
    this.buffer.set(bytes, this.held);
    this.held = needed;
  }
}

/** Bytes kept while searching, because a frame may begin in them: a slow-path header and its MCS choice. */
const searchWindow = 64;
