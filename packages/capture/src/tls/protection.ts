/** What was in a protected record. */
export interface Opened {
  /** The content type; in TLS 1.3 the one that was hidden. */
  readonly type: number;
  /** Memory of its own. */
  readonly content: Uint8Array;
}

/** Opens the protected records of one direction under one set of keys. */
export interface Protection {
  /**
   * Opens a record (header included) as the one with this sequence number; undefined if it is
   * not authentic as such. Does not throw.
   */
  open(record: Uint8Array, sequence: number): Opened | undefined;
  /** The record was seen, opened or not: for ciphers that chain from record to record. */
  passed?(record: Uint8Array): void;
  /** Records are missing before the next one. */
  lost?(): void;
  /** The keys after a key update, which only TLS 1.3 has. */
  next?(): Protection;
}
