/** The packet that carried bytes. */
export interface Carrier {
  readonly time: bigint;
  readonly packet: number;
  /** Others that carried fragments of the same IP datagram. */
  readonly earlier: readonly number[] | undefined;
}

/** A part of the stream that came before the bytes in front of it. */
export interface Held extends Carrier {
  /** Stream positions. */
  readonly start: number;
  readonly end: number;
  /** Shorter than `end - start` where the snap length cut the packet. */
  readonly bytes: Uint8Array;
}
