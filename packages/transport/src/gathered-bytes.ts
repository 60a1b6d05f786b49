import { unlimitedMemory, type MessageMemory } from "./message-memory.js";

const none = new Uint8Array(0);

/**
 * The bytes of a message that arrives in parts. Memory grows with what has arrived, at most to
 * twice as much, never with what was announced.
 */
export class GatheredBytes {
  length = 0;
  private readonly memory: MessageMemory;
  private bytes: Uint8Array = none;

  constructor(memory: MessageMemory = unlimitedMemory) {
    this.memory = memory;
  }

  /**
   * Copies `part` to the end; `expected` is the size that the message will probably have. False if
   * there is no memory for it: then nothing has changed.
   */
  append(part: Uint8Array, expected: number): boolean {
    const needed = this.length + part.length;
    if (needed > this.bytes.length && !this.grow(needed, expected)) return false;
    this.bytes.set(part, this.length);
    this.length = needed;
    return true;
  }

  /** Gives away what has arrived, and starts anew. */
  take(): Uint8Array {
    const all = this.bytes.subarray(0, this.length);
    this.memory.give(this.bytes.length);
    this.bytes = none;
    this.length = 0;
    return all;
  }

  /** Both the old and the new bytes are there while they are copied, so both count. */
  private grow(needed: number, expected: number): boolean {
    const used = this.memory.reuse?.(needed, expected);
    // Exactly what is needed would mean to copy all of it again with each small part.
    const size = used?.length ?? (needed > expected ? needed * 2 : Math.min(expected, needed * 2));
    if (!this.memory.take(size)) return false;
    const larger = used ?? new Uint8Array(size);
    larger.set(this.bytes.subarray(0, this.length));
    this.memory.give(this.bytes.length);
    this.bytes = larger;
    return true;
  }
}
