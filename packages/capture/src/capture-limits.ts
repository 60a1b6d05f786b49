/** What bounds the memory of a reader. All are independent of the size of the file. */
export interface CaptureLimits {
  /** Bytes of one record or block. Default 16 MiB. */
  readonly recordBytes: number;
  /** Connections remembered at a time, just closed ones included. Default 16,384. */
  readonly connections: number;
  /** Bytes held back in one direction while it waits for a missing segment. Default 4 MiB. */
  readonly heldBytes: number;
  /** Segments held back in one direction. Default 4,096. */
  readonly heldSegments: number;
  /** Bytes held back in all connections together. Default 64 MiB. */
  readonly totalHeldBytes: number;
  /**
   * A hole that the receiver has acknowledged was lost by the capture, not by the network. So
   * many more packets of the connection are awaited before it becomes a gap, since a capture can
   * have packets in another order than the wire had. Default 16.
   */
  readonly ackPatience: number;
  /** Fragmented IP datagrams held at a time, of at most 64 KiB each. Default 64. */
  readonly datagrams: number;
  /** Interfaces of one pcapng section. Default 4,096. */
  readonly interfaces: number;
}

export interface CaptureOptions {
  readonly limits?: Partial<CaptureLimits>;
}

const defaults: CaptureLimits = {
  recordBytes: 16 * 1024 * 1024,
  connections: 16_384,
  heldBytes: 4 * 1024 * 1024,
  heldSegments: 4096,
  totalHeldBytes: 64 * 1024 * 1024,
  ackPatience: 16,
  datagrams: 64,
  interfaces: 4096,
};

export const resolveLimits = (options: CaptureOptions): CaptureLimits => ({
  ...defaults,
  ...options.limits,
});
