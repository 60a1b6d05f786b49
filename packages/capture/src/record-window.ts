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
  /** Set when no more bytes come. */
  ending: boolean;
  /**
   * Reads one record, or passes over bytes that are none. Returns its length if `end - start` bytes suffice. Otherwise returns how
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
  /** What is gathered: the bytes of `carry` from `from` to `to`. */
  private carry: Uint8Array = new Uint8Array(0);
  private from = 0;
  private to = 0;
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

  /** No more bytes come: what is gathered is read as far as it can be. */
  end(): void {
    this.parser.ending = true;
    while (this.carried > 0 && this.parser.skip === 0 && !this.parser.stopped) {
      const before = this.carried;
      this.readCarried();
      if (this.carried === before && this.needed > before) break;
    }
  }

  private get carried(): number {
    return this.to - this.from;
  }

  private consumed(length: number): void {
    this.lastRecord = this.position;
    this.position += length;
  }

  private gather(chunk: Uint8Array, from: number): number {
    const to = Math.min(chunk.length, from + Math.max(this.needed - this.carried, 0));
    this.append(chunk.subarray(from, to));
    if (this.carried >= this.needed) this.readCarried();
    return to;
  }

  private readCarried(): void {
    const source = sourceOf(this.carry.subarray(this.from, this.to));
    const { carried } = this;
    const length = this.parser.record(source, 0, carried, this.position);
    this.needed = length;
    if (length > carried) return;
    this.consumed(length);
    // A search for the next record leaves something.
    this.from += length;
    const skipped = Math.min(this.parser.skip, this.carried);
    this.parser.skip -= skipped;
    this.position += skipped;
    this.from += skipped;
    // Events may hold views of the buffer, so what comes next gets another one.
    if (this.carried === 0) this.carry = new Uint8Array((this.from = this.to = 0));
  }

  private append(part: Uint8Array): void {
    const carried = this.carried + part.length;
    if (this.to + part.length > this.carry.length) {
      const capacity = Math.max(carried, Math.min(this.needed, Math.max(2 * carried, 65_536)));
      const grown = new Uint8Array(capacity);
      grown.set(this.carry.subarray(this.from, this.to));
      this.carry = grown;
      this.to = this.carried;
      this.from = 0;
    }
    this.carry.set(part, this.to);
    this.to += part.length;
  }
}
