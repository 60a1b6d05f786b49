/** A set of frame numbers: one bit for each packet up to the highest. */
export class PacketSet {
  private bits = new Uint8Array(1024);
  /** How many are in it. */
  size = 0;

  add(packet: number): void {
    const byte = Math.floor(packet / 8);
    if (byte >= this.bits.length) {
      const grown = new Uint8Array(2 * byte);
      grown.set(this.bits);
      this.bits = grown;
    }
    const before = this.bits[byte] ?? 0;
    const after = before | (1 << (packet % 8));
    if (before === after) return;
    this.bits[byte] = after;
    this.size += 1;
  }

  has(packet: number): boolean {
    return ((this.bits[Math.floor(packet / 8)] ?? 0) & (1 << (packet % 8))) !== 0;
  }
}
