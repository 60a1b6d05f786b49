/**
 * Writes codes from the highest bit of each byte down. What is written past the end of `bytes` is
 * lost: the caller compares `length` with its limit.
 */
export class HighBitWriter {
  bytes: Uint8Array = new Uint8Array(0);
  /** Whole bytes written. */
  length = 0;
  /** Bits that wait for the rest of their byte. */
  pending = 0;
  private held = 0;

  /** Starts anew, in `bytes`. */
  start(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.length = 0;
    this.pending = 0;
    this.held = 0;
  }

  /** Writes the lower `size` bits of `value`, at most 24, in which no higher bit is set. */
  put(value: number, size: number): void {
    const held = (this.held << size) | value;
    let pending = this.pending + size;
    while (pending >= 8) {
      pending -= 8;
      this.bytes[this.length++] = held >>> pending;
    }
    this.held = held;
    this.pending = pending;
  }

  /** Fills the last byte with zeros and returns how many of its bits they are. */
  align(): number {
    const unused = -this.pending & 7;
    if (unused > 0) this.put(0, unused);
    return unused;
  }

  /** Writes bytes; nothing may be pending. */
  putBytes(from: Uint8Array): void {
    const room = this.bytes.length - this.length;
    this.bytes.set(from.length <= room ? from : from.subarray(0, Math.max(room, 0)), this.length);
    this.length += from.length;
  }
}

/** Writes codes from the lowest bit of each byte up, otherwise like {@link HighBitWriter}. */
export class LowBitWriter {
  bytes: Uint8Array = new Uint8Array(0);
  /** Whole bytes written. */
  length = 0;
  private pending = 0;
  private held = 0;

  /** Starts anew, in `bytes`. */
  start(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.length = 0;
    this.pending = 0;
    this.held = 0;
  }

  /** Writes the lower `size` bits of `value`, at most 24, in which no higher bit is set. */
  put(value: number, size: number): void {
    let held = this.held | (value << this.pending);
    let pending = this.pending + size;
    while (pending >= 8) {
      this.bytes[this.length++] = held;
      held >>>= 8;
      pending -= 8;
    }
    this.held = held;
    this.pending = pending;
  }

  /** Fills up with zeros to a whole number of `unit` bytes, and to `least` bytes. */
  finish(unit: number, least: number): void {
    if (this.pending > 0) this.put(0, 8 - this.pending);
    while (this.length % unit !== 0 || this.length < least) this.bytes[this.length++] = 0;
  }
}
