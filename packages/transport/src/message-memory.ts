/**
 * Where memory for messages that arrive in parts is asked for, so that assemblers which share one
 * can keep to one limit together. Sizes are in bytes.
 */
export interface MessageMemory {
  /** Whether `size` more bytes may be held. They count until they are given back. */
  take(size: number): boolean;
  /** Bytes are no longer held. */
  give(size: number): void;
  /**
   * Memory of at least `least` bytes that nobody uses any more, for a message that will probably have
   * `expected`. Its whole size is to be taken like new memory.
   */
  reuse?(least: number, expected: number): Uint8Array | undefined;
}

/** Memory without a limit. */
export const unlimitedMemory: MessageMemory = { take: () => true, give: () => {} };
