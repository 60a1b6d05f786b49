import { canBeRecord, fragmentLength, headerLength, longestFragment } from "./record.js";

/** Bytes of a stream that make no record. */
export interface Loss {
  /** Bytes that the capture does not have. */
  readonly missing: number;
  /** What is there of them and of the records they were part of. */
  readonly bytes: Uint8Array;
  /** No more records than so many can be in it. */
  readonly records: number;
  readonly why: LossCause;
}

/**
 * `missing`: not captured. `malformed`: what is there is no record. `incomplete`: the stream ended
 * inside a record.
 */
export type LossCause = "missing" | "malformed" | "incomplete";

export interface RecordSink {
  /** A record, header included; valid until it returns. */
  record(bytes: Uint8Array): void;
  lost(loss: Loss): void;
}

const none = new Uint8Array(0);
/** No protected record is shorter: type and short tag of TLS 1.3. */
const shortestRecord = headerLength + 9;
const atMost = (bytes: number): number => Math.ceil(bytes / shortestRecord) + 1;

/**
 * Cuts one direction into TLS records. A record within one chunk is not copied. After lost or
 * wrong bytes it looks for the next record.
 */
export class RecordStream {
  readonly #sink: RecordSink;
  /** Begin of a record; while searching, the bytes in which a header may begin. */
  #buffer = none;
  #held = 0;
  /** Bytes left of a record that lost others. */
  #skip = 0;
  #searching = false;
  /** Why the last bytes made no record. */
  #why: LossCause = "missing";
  /** Low byte of the version in the last record; servers and clients do not change it later. */
  #minor = 3;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  data(bytes: Uint8Array): void {
    let chunk = bytes;
    let at = Math.min(this.#skip, chunk.length);
    if (at > 0) {
      this.#skip -= at;
      this.#lose({ bytes: chunk.subarray(0, at), records: 0 });
    }
    if (this.#searching) [chunk, at] = [this.#joined(chunk, at), 0];
    while (at < chunk.length) {
      if (this.#searching) at = this.#search(chunk, at);
      else if (this.#held === 0) at = this.#inChunk(chunk, at);
      else {
        at = this.#fill(chunk, at);
        if (this.#searching) [chunk, at] = [this.#joined(chunk, at), 0];
      }
    }
  }

  /** What comes next may be the middle of a record. */
  search(): void {
    this.#searching = true;
    this.#why = "missing";
  }

  /** So many bytes are missing here. */
  gap(length: number): void {
    const held = this.#buffer.slice(0, this.#held);
    this.#held = 0;
    this.#why = "missing";
    const total = held.length < headerLength ? 0 : headerLength + fragmentLength(held, 0);
    const rest = this.#searching ? 0 : this.#skip + Math.max(total - held.length, 0);
    if (rest >= length) {
      // The record that lost them is known, and so is where the next one begins.
      this.#lose({ missing: length, bytes: held, records: this.#skip > 0 ? 0 : 1 });
      this.#skip = rest - length;
      return;
    }
    this.#skip = 0;
    this.#searching = true;
    this.#lose({ missing: length, bytes: held, records: atMost(held.length + length) });
  }

  /** Nothing more comes. */
  end(): void {
    const bytes = this.#buffer.slice(0, this.#held);
    this.#held = 0;
    if (!this.#searching) this.#why = "incomplete";
    if (bytes.length > 0) this.#lose({ bytes });
  }

  #lose(loss: Partial<Loss>): void {
    this.#sink.lost({ missing: 0, bytes: none, records: 1, why: this.#why, ...loss });
  }

  #malformed(): void {
    this.#searching = true;
    this.#why = "malformed";
    this.#lose({});
  }

  /** What is held, and the chunk from `at` on. */
  #joined(chunk: Uint8Array, at: number): Uint8Array {
    const held = this.#held;
    this.#held = 0;
    if (held === 0) return chunk.subarray(at);
    return Buffer.concat([this.#buffer.subarray(0, held), chunk.subarray(at)]);
  }

  #record(bytes: Uint8Array): void {
    this.#minor = bytes[2] ?? 0;
    this.#sink.record(bytes);
  }

  /** A record in the chunk, or the begin of one. */
  #inChunk(chunk: Uint8Array, at: number): number {
    const left = chunk.length - at;
    if (left >= headerLength) {
      if (!canBeRecord(chunk, at)) {
        this.#malformed();
        return at;
      }
      const length = headerLength + fragmentLength(chunk, at);
      if (left >= length) {
        this.#record(chunk.subarray(at, at + length));
        return at + length;
      }
    }
    this.#hold(chunk.subarray(at));
    return chunk.length;
  }

  /** Completes the header that is held, then its record. */
  #fill(chunk: Uint8Array, from: number): number {
    let at = from;
    if (this.#held < headerLength) {
      at += this.#hold(chunk.subarray(at, at + headerLength - this.#held));
      if (this.#held < headerLength) return at;
      if (!canBeRecord(this.#buffer, 0)) {
        this.#malformed();
        return at;
      }
    }
    const length = headerLength + fragmentLength(this.#buffer, 0);
    at += this.#hold(chunk.subarray(at, at + length - this.#held));
    if (this.#held < length) return at;
    this.#held = 0;
    this.#record(this.#buffer.subarray(0, length));
    return at;
  }

  #hold(bytes: Uint8Array): number {
    if (this.#buffer.length === 0) this.#buffer = new Uint8Array(headerLength + longestFragment);
    this.#buffer.set(bytes, this.#held);
    this.#held += bytes.length;
    return bytes.length;
  }

  /** The next place that looks like the begin of a record, and like that of the one after it. */
  #search(chunk: Uint8Array, from: number): number {
    // The version begins with 3, which `indexOf` finds faster than a loop does.
    for (let major = chunk.indexOf(3, from + 1); major > 0; major = chunk.indexOf(3, major + 1)) {
      const at = major - 1;
      if (at + headerLength > chunk.length) break;
      if (!this.#looksRight(chunk, at)) continue;
      const next = at + headerLength + fragmentLength(chunk, at);
      if (next + headerLength <= chunk.length && !this.#looksRight(chunk, next)) continue;
      this.#searching = false;
      this.#giveUp(chunk, from, at);
      return at;
    }
    const keep = Math.max(from, chunk.length - headerLength + 1);
    this.#giveUp(chunk, from, keep);
    this.#hold(chunk.subarray(keep));
    return chunk.length;
  }

  #looksRight(chunk: Uint8Array, at: number): boolean {
    const minor = chunk[at + 2];
    return canBeRecord(chunk, at) && (minor === this.#minor || minor === 3) && chunk[at] !== 24;
  }

  #giveUp(chunk: Uint8Array, from: number, to: number): void {
    if (to > from) this.#lose({ bytes: chunk.subarray(from, to), records: atMost(to - from) });
  }
}
