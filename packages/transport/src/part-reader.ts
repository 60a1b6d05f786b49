/** Reads a message that lies in several byte runs piece by piece, without copying. */
export class PartReader {
  /** Bytes that were not taken yet. */
  remaining: number;
  private readonly parts: readonly Uint8Array[];
  private index = 0;
  private offset = 0;

  constructor(parts: readonly Uint8Array[]) {
    this.parts = parts;
    this.remaining = parts.reduce((sum, part) => sum + part.length, 0);
  }

  /** The next `size` bytes, or as many as there are, as views of the parts. */
  take(size: number): Uint8Array[] {
    const out: Uint8Array[] = [];
    let wanted = Math.min(size, this.remaining);
    this.remaining -= wanted;
    while (wanted > 0) {
      const part = this.parts[this.index];
      if (part === undefined) return out;
      const end = Math.min(part.length, this.offset + wanted);
      if (end > this.offset) out.push(part.subarray(this.offset, end));
      wanted -= end - this.offset;
      this.offset = end;
      if (end === part.length) {
        this.index++;
        this.offset = 0;
      }
    }
    return out;
  }
}
