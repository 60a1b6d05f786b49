const none = new Uint8Array(0);

/**
 * The bytes of a message that arrives in parts. Memory grows with what has arrived, at most to
 * twice as much, never with what was announced.
 */
export class GatheredBytes {
  private bytes = none;
  length = 0;

  /** Copies `part` to the end; `expected` is the size that the message will probably have. */
  append(part: Uint8Array, expected: number): void {
    const needed = this.length + part.length;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, Math.min(expected, needed * 2)));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(part, this.length);
    this.length = needed;
  }

  /** Gives away what has arrived, and starts anew. */
  take(): Uint8Array {
    const all = this.bytes.subarray(0, this.length);
    this.bytes = none;
    this.length = 0;
    return all;
  }
}
