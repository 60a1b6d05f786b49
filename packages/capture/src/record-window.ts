/** Bytes with the one `DataView` that all readers of them share. */
export interface Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

export const sourceOf = (chunk: Uint8Array): Source => {
  // Views of a Buffer would be Buffers, which are slower to make and not what the API promises.
  const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return { bytes, view: new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength) };
};

/** A file format, as a {@link RecordWindow} drives it. */
export interface RecordParser {
  /** Bytes of the file to pass over before the next record. The window counts it down. */
  skip: number;
  /** Set when nothing more can be read. */
  stopped: boolean;
  /**
   * Reads one record. Returns its length if `end - start` bytes suffice. Otherwise returns how
   * many are needed (as far as can be told yet) and has done nothing; a later return for the
   * same record is never smaller.
   */
  record(source: Source, start: number, end: number, fileOffset: number): number;
}

/**
 * Cuts a file that comes in chunks into records. Records are read in place; only one that
 * straddles chunks is gathered into a buffer of its own, which grows with what has arrived, not
 * with what was announced.
 */
export class RecordWindow {
  /** How much of the file was read, without what is being gathered. */
  private position = 0;
  private lastRecord = 0;
  private readonly parser: RecordParser;
  private carry: Uint8Array = new Uint8Array(0);
  private carried = 0;
  private needed = 0;

  constructor(parser: RecordParser) {
    this.parser = parser;
  }

  /** Whether the bytes so far end inside a record. */
  get midRecord(): boolean {
    return this.carried > 0 || this.parser.skip > 0;
  }

  /** Where the record that comes next, or is not complete yet, begins in the file. */
  get recordOffset(): number {
    return this.parser.skip > 0 ? this.lastRecord : this.position;
  }

  push(chunk: Uint8Array): void {
    const parser = this.parser;
    let source: Source | undefined;
    let at = 0;
    while (at < chunk.length && !parser.stopped) {
      if (parser.skip > 0) {
        const skipped = Math.min(parser.skip, chunk.length - at);
        parser.skip -= skipped;
        at += skipped;
        this.position += skipped;
      } else if (this.carried > 0) {
        at = this.gather(chunk, at);
      } else {
        source ??= sourceOf(chunk);
        const available = chunk.length - at;
        const length = parser.record(source, at, chunk.length, this.position);
        if (length <= available) {
          at += length;
          this.consumed(length);
        } else {
          this.needed = length;
          this.append(chunk.subarray(at));
          at = chunk.length;
        }
      }
    }
  }

  private consumed(length: number): void {
    this.lastRecord = this.position;
    this.position += length;
  }

  private gather(chunk: Uint8Array, from: number): number {
    const to = Math.min(chunk.length, from + this.needed - this.carried);
    this.append(chunk.subarray(from, to));
    if (this.carried < this.needed) return to;
    const source = sourceOf(this.carry.subarray(0, this.carried));
    const length = this.parser.record(source, 0, this.carried, this.position);
    if (length > this.carried) {
      this.needed = length;
    } else {
      this.consumed(length);
      this.carried = 0;
      // Events may hold views of the buffer, so the next record gets another one.
      this.carry = new Uint8Array(0);
    }
    return to;
  }

  private append(part: Uint8Array): void {
    const carried = this.carried + part.length;
    if (carried > this.carry.length) {
      const capacity = Math.min(this.needed, Math.max(2 * carried, 65_536));
      const grown = new Uint8Array(capacity);
      grown.set(this.carry.subarray(0, this.carried));
      this.carry = grown;
    }
    this.carry.set(part, this.carried);
    this.carried = carried;
  }
}
