import { unitHeader, unitLength } from "./stream-unit.js";

/**
 * The unit of a stream that has begun and not ended. Wireshark exports a PDU that came in several
 * TLS records once as far as the first record has it, and then again as a whole: what is exported
 * again is told by its beginning. Of that a hash is kept, not the bytes.
 */
export class PendingUnit {
  private readonly head: number[] = [];
  private length = 0;
  private hash = 0;

  /** How many of these bytes, which come next, were there before. */
  repeated(bytes: Uint8Array): number {
    const { length } = this;
    if (length === 0 || bytes.length <= length) return 0;
    // What is exported again is whole.
    if ((unitLength(bytes) ?? Infinity) > bytes.length) return 0;
    if (this.head.some((byte, index) => bytes[index] !== byte)) return 0;
    if (hashOf(bytes, 0, length, 0) !== this.hash) return 0;
    this.restart();
    return length;
  }

  /** The next bytes, those that were there before among them. */
  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      while (this.head.length < unitHeader && this.head.length < bytes.length - at + this.length) {
        this.head.push(bytes[at + this.head.length - this.length] ?? 0);
      }
      // Of a length that makes no sense the unit ends at once.
      const left = Math.max((unitLength(this.head) ?? Infinity) - this.length, 1);
      const end = Math.min(bytes.length, at + left);
      if (end - at === left) {
        this.restart();
      } else {
        this.hash = hashOf(bytes, at, end, this.hash);
        this.length += end - at;
      }
      at = end;
    }
  }

  private restart(): void {
    this.head.length = 0;
    this.length = 0;
    this.hash = 0;
  }
}

/** FNV-1a with 32 bits, going on from `hash`. */
function hashOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
  let value = hash ^ 0x811c9dc5;
  for (let at = start; at < end; at++) value = Math.imul(value ^ (bytes[at] ?? 0), 0x01000193);
  return value ^ 0x811c9dc5;
}
