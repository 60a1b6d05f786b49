/**
 * One received chunk: its bytes and one `DataView` over them. Make one per chunk, not one per
 * message: a `DataView` costs more than decoding a small message does.
 */
export interface Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

export function sourceOf(bytes: Uint8Array): Source {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/**
 * Memory that a caller owns and encoders write into, so that encoding allocates nothing.
 * It grows by doubling; what was written stays contiguous. A `Uint8Array` taken from it is a
 * view: it is valid until {@link Arena.reset} or until the arena grows.
 */
export class Arena implements Source {
  bytes: Uint8Array;
  view: DataView;
  /** Bytes written so far; the next message starts here. */
  length = 0;

  /** `capacity` is in bytes and is a first size, not a limit. */
  constructor(capacity = 65_536) {
    this.bytes = new Uint8Array(capacity);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Makes room for `size` more bytes and returns the offset at which they start. */
  reserve(size: number): number {
    const needed = this.length + size;
    if (needed > this.bytes.length) this.grow(needed);
    return this.length;
  }

  /** All that was written, as a view. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Forgets what was written and keeps the memory. */
  reset(): void {
    this.length = 0;
  }

  private grow(needed: number): void {
    const bytes = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    bytes.set(this.written());
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }
}
