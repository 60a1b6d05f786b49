/**
 * The last bytes of a stream, in one piece, so that what is written next can be handed out as a
 * view. Memory is twice the history, or the history and eight segments for a small one; before more
 * than a few segments were written, it is as much as these need.
 */
export class ZgfxHistory {
  bytes: Uint8Array;
  /** Where the next byte is written. */
  at = 0;
  private readonly size: number;
  private readonly capacity: number;

  /** `size` bytes are kept; at most `segment` bytes are written at a time. */
  constructor(size: number, segment: number) {
    this.size = size;
    this.capacity = size + Math.max(size, 8 * segment);
    this.bytes = new Uint8Array(Math.min(this.capacity, 4 * segment));
  }

  /** How far back a match may reach from `at`. */
  get reach(): number {
    return Math.min(this.at, this.size);
  }

  /** Makes room for `count` bytes and returns by how much what is kept has moved to the front. */
  reserve(count: number): number {
    if (this.at + count <= this.bytes.length) return 0;
    const dropped = this.at - this.reach;
    if (this.bytes.length === this.capacity) {
      this.bytes.copyWithin(0, dropped, this.at);
    } else {
      // All at once: systems give memory as it is written to, and growing in steps leaves as much behind.
      const bytes = new Uint8Array(this.capacity);
      bytes.set(this.bytes.subarray(dropped, this.at));
      this.bytes = bytes;
    }
    this.at -= dropped;
    return dropped;
  }
}
