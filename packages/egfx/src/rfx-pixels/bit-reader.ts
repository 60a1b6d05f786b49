/**
 * Bits of bytes, the highest of each byte first. Behind the end there are zeros without end, but
 * `exhausted` tells of them.
 */
export class BitReader {
  private readonly bytes: Uint8Array;
  private next = 0;
  /** The bits to be read next, from the highest. */
  private held = 0;
  /** How many of them there are; below 0 if more were read than there are. */
  private count = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** More bits were read than there are. */
  get exhausted(): boolean {
    return this.count < 0;
  }

  /** A number of 0 to 31 bits. */
  read(bits: number): number {
    if (bits > 16) {
      const high = this.read(bits - 16);
      return (high << 16) | this.read(16);
    }
    if (bits === 0) return 0;
    this.fill();
    const value = this.held >>> (32 - bits);
    this.held <<= bits;
    this.count -= bits;
    return value;
  }

  /** Reads bits up to and including the first that is zero: how many ones there were. */
  ones(): number {
    let ones = 0;
    for (;;) {
      this.fill();
      const here = Math.clz32(~this.held);
      // What is filled up are zeros, so that they end a row of ones.
      if (here < this.count || this.count <= 0) {
        // In two steps: a shift by 32 would be none.
        this.held = (this.held << here) << 1;
        this.count -= here + 1;
        return ones + here;
      }
      ones += this.count;
      this.held = 0;
      this.count = 0;
    }
  }

  private fill(): void {
    const { bytes } = this;
    while (this.count <= 24 && this.next < bytes.length) {
      this.held |= (bytes[this.next++] as number) << (24 - this.count);
      this.count += 8;
    }
  }
}
