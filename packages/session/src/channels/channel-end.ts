/** Writes a message of a channel, given in parts that are not copied. */
export type SendMessage = (...parts: readonly Uint8Array[]) => void;

/** One end of a virtual channel, driven by a connection. Times are milliseconds of the caller's clock. */
export interface ChannelEnd {
  opened(send: SendMessage, now: number): void;
  /** A whole message; its memory may be used again after the call. */
  received(message: Uint8Array, now: number): void;
  closed(now: number): void;
  tick(now: number): void;
  /** When a tick is wanted. */
  readonly wakeAt: number | undefined;
}
