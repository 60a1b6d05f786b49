import { sourceOf, type Source } from "@railvail/wire";
import { evidence, type Evidence } from "./frame-evidence.js";

/** What stands in the place of a length where there is none. */
export const frameLengths = {
  /** More bytes are needed to tell. */
  tooShort: 0,
  /** No frame can begin with these bytes. */
  noFrame: -1,
  /** From here on nothing consists of frames: another protocol took over. */
  opaque: -2,
} as const;

/** What a stream is cut by. */
export interface FrameRules {
  /** How many bytes the frame at `offset` states to have, or one of {@link frameLengths}. */
  lengthOf(source: Source, offset: number, end: number): number;
  /**
   * Whether a frame surely begins at `offset`, of which nothing is known. `last`: no more bytes
   * will come; then the number of bytes that would be needed means that it cannot be told.
   */
  evidence(source: Source, offset: number, end: number, last: boolean): Evidence;
}

/** Takes all bytes of a stream exactly once and in order. */
export interface FrameSink {
  /** False if the bytes are not what a frame should hold: perhaps none began there. */
  frame(source: Source, offset: number, end: number): boolean;
  /** Frames no longer follow each other: bytes are missing or damaged here. */
  damaged(): void;
  /** Bytes between damage and the next frame. */
  skipped(source: Source, offset: number, end: number): void;
  /** The beginning of a frame whose end is missing. */
  cut(source: Source, offset: number, end: number): void;
  /** Bytes of the protocol that took over. */
  opaque(source: Source, offset: number, end: number): void;
}

/** Skipped bytes are given out in runs of at most so many. */
const skippedRun = 4096;
/** After so many frames in a row that could not be read, it is doubted that frames begin where they seem to. */
const doubtful = 2;
/** While searching, bytes are taken into the store in pieces of this size. */
const piece = 4096;
/** Memory in which frames that straddle chunks are put together grows up to this size, or twice the frame. */
const storeSize = 64 * 1024;
const noStore = sourceOf(new Uint8Array(0));

/** The memory that bytes came in last: a chunk of a file holds many packets, which share one view. */
let latest = noStore;

function memoryOf({ buffer }: Uint8Array): Source {
  if (buffer !== latest.bytes.buffer) latest = sourceOf(new Uint8Array(buffer));
  return latest;
}

/**
 * Cuts one direction of a connection into frames. Frames that lie in one chunk are not copied.
 * After bytes that cannot be a frame it looks for the next place where frames go on. What it gives
 * out does not depend on how the stream is cut into chunks, but for the runs of `opaque`. It works
 * in linear time, and holds the largest frame and what the rules need to tell one, twice over.
 */
export class StreamFrames {
  private readonly rules: FrameRules;
  private readonly sink: FrameSink;
  /** Bytes that came and were not given out: from `from` to `to`. */
  private store = noStore;
  private from = 0;
  private to = 0;
  /** Bytes at the beginning of what is held that no frame begins with. */
  private searched = 0;
  /** Held bytes with which something more can be told. */
  private needed = 1;
  private opaque = false;
  private seeking: boolean;
  /** Frames given out last, in a row, that could not be read. */
  private unread = 0;

  /** `startMissing`: the first bytes may be the middle of a frame. */
  constructor(rules: FrameRules, sink: FrameSink, startMissing = false) {
    this.rules = rules;
    this.sink = sink;
    this.seeking = startMissing;
  }

  /** Whether it is not known where frames begin. */
  get searching(): boolean {
    return this.seeking && !this.opaque;
  }

  /** Bytes that came and were not given out yet. */
  get pending(): number {
    return this.to - this.from;
  }

  data(bytes: Uint8Array): void {
    let at = 0;
    // What is held is completed from the chunk; the rest of the chunk is read where it is.
    while (this.pending > 0 && at < bytes.length) {
      const missing = Math.max(this.needed - this.pending, this.seeking ? piece : 1);
      const stop = Math.min(at + missing, bytes.length);
      this.hold(bytes, at, stop);
      at = stop;
      if (this.pending >= this.needed) this.readStore(false);
    }
    if (at === bytes.length) return;
    const start = bytes.byteOffset;
    const used = this.read(memoryOf(bytes), start + at, start + bytes.length, false) - start;
    if (used < bytes.length) this.hold(bytes, used, bytes.length);
  }

  /** Bytes are missing here. */
  gap(): void {
    this.end();
    this.seeking = true;
  }

  /** Gives out what is held, which no more bytes will complete. */
  end(): void {
    if (this.pending > 0) this.readStore(true);
    if (this.pending > 0) {
      const bytes = this.store.bytes.slice(this.from, this.to);
      this.from = this.to = 0;
      this.store = noStore;
      if (this.seeking) this.sink.skipped(sourceOf(bytes), 0, bytes.length);
      else this.sink.cut(sourceOf(bytes), 0, bytes.length);
    }
    this.searched = 0;
  }

  /** No frames come any more, as the other direction has shown. */
  stop(): void {
    this.end();
    this.opaque = true;
  }

  private readStore(last: boolean): void {
    this.from = this.read(this.store, this.from, this.to, last);
  }

  /** Gives out what can be told from `offset` on; returns where what is to be held begins. */
  private read(source: Source, offset: number, end: number, last: boolean): number {
    let at = offset;
    let candidate = offset + this.searched;
    while (at < end && !this.opaque) {
      if (this.seeking) {
        candidate = this.search(source, candidate, Math.min(end, at + skippedRun), end, last);
        const found = !this.seeking;
        if (!found && candidate - at < skippedRun) {
          this.needed += candidate - at;
          break;
        }
        if (candidate > at) this.sink.skipped(source, at, candidate);
        at = candidate;
        continue;
      }
      const length = this.rules.lengthOf(source, at, end);
      if (length > 0 && length <= end - at) {
        this.unread = this.sink.frame(source, at, at + length) ? 0 : this.unread + 1;
        at += length;
        if (this.unread === doubtful) {
          this.unread = 0;
          this.seeking = true;
          this.sink.damaged();
          candidate = at;
        }
      } else if (length >= 0) {
        this.needed = length > 0 ? length : end - at + 1;
        break;
      } else if (length === frameLengths.opaque) {
        this.opaque = true;
      } else {
        this.seeking = true;
        this.sink.damaged();
        candidate = at + 1;
      }
    }
    if (this.opaque && at < end) {
      this.sink.opaque(source, at, end);
      at = end;
    }
    this.searched = this.seeking && at < end ? candidate - at : 0;
    return at;
  }

  /**
   * The first place from `candidate` to `stop` where a frame begins, and the search is over; or
   * where it cannot be told yet, and `needed` says with how many bytes; or `stop`.
   */
  private search(source: Source, candidate: number, stop: number, end: number, last: boolean): number {
    this.needed = 1;
    for (let at = candidate; at < stop; at++) {
      const found = this.rules.evidence(source, at, end, last);
      if (found === evidence.sure) {
        this.seeking = false;
        return at;
      }
      if (found > 0 && !last) {
        this.needed = found;
        return at;
      }
    }
    return stop;
  }

  /** Room for `total` bytes that are held; so much of it that bytes are not moved again and again. */
  private makeRoom(total: number): void {
    const { store, from, to } = this;
    if (total * 2 <= store.bytes.length) store.bytes.copyWithin(0, from, to);
    else {
      const grown = Math.min(Math.max(store.bytes.length * 2, piece), storeSize);
      this.store = sourceOf(new Uint8Array(Math.max(total * 2, grown)));
      this.store.bytes.set(store.bytes.subarray(from, to));
    }
    this.from = 0;
    this.to = to - from;
  }

  private hold(bytes: Uint8Array, start: number, end: number): void {
    const size = end - start;
    if (size === 0) return;
    if (this.pending === 0) this.from = this.to = 0;
    if (this.to + size > this.store.bytes.length) this.makeRoom(this.pending + size);
    this.store.bytes.set(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end), this.to);
    this.to += size;
  }
}
