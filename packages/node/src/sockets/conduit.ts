import type { ConduitError } from "./conduit-error.js";

/** What TLS came to. */
export interface TlsFacts {
  /** `TLSv1.2`, `TLSv1.3`. */
  readonly protocol: string;
  /** OpenSSL's name of the suite. */
  readonly cipher: string;
  /** SHA-256 of the server's certificate in hexadecimal digits; undefined on the server. */
  readonly fingerprint: string | undefined;
}

/** What a conduit tells, by name. */
export interface ConduitEvents {
  /** The next bytes of the peer; their memory is not used again. Nothing is read before somebody listens. */
  received: (bytes: Uint8Array) => void;
  /** `congested` has become false. */
  drained: () => void;
  /** TLS is up. */
  secured: (facts: TlsFacts) => void;
  /** Nothing comes after this. Undefined: both ends closed in order. */
  closed: (error: ConduitError | undefined) => void;
}

/** A stream of bytes to a peer: TCP or a unix socket, in the clear or over TLS. */
export interface Conduit {
  /** The peer as `host:port`, or the path of the unix socket. */
  readonly peer: string;
  /** `closing`: what was written still goes out. */
  readonly state: "open" | "closing" | "closed";
  /** Bytes that were written here and not yet taken by the system. */
  readonly bufferedBytes: number;
  /** So much is waiting that a sender should leave out what it can: `drained` follows. */
  readonly congested: boolean;
  /** Undefined while the stream is in the clear. */
  readonly tls: TlsFacts | undefined;

  /**
   * Writes segments in this order by one system call where that is possible; without TLS large ones
   * are not copied, so their memory must not be used again. Does nothing unless the state is `open`.
   */
  write(segments: readonly Uint8Array[]): void;
  /** TLS begins after what was written; `rest` came in the clear but is TLS's. `secured` or `closed` follows. */
  startTls(rest: Uint8Array): void;
  /** Reads no more until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends the stream after what was written; what still comes in is thrown away. `closed` follows. */
  close(): void;
  /** Ends the stream at once, with an error that `closed` tells. */
  abort(error?: ConduitError): void;
  /** Calls `listener` at each event of that name; the answer ends that. */
  on<Name extends keyof ConduitEvents>(name: Name, listener: ConduitEvents[Name]): () => void;
}

/** How much a conduit holds, and how long it waits. */
export interface ConduitLimits {
  /** `congested` from so many waiting bytes on, until half of it; 1 MiB unless said otherwise. */
  readonly congestedAt?: number;
  /**
   * A peer that leaves more bytes than this waiting for `readPatience`, or eight times as many at any moment, is cut
   * off (`overflow`); 64 MiB unless said otherwise. One picture of a large desktop is more.
   */
  readonly maximumBuffered?: number;
  /** Milliseconds that more than `maximumBuffered` may wait; 30,000 unless said otherwise. */
  readonly readPatience?: number;
  /** Milliseconds for a TLS handshake; 10,000 unless said otherwise. */
  readonly handshakePatience?: number;
  /** Milliseconds until a stream that is closing is cut off; 5,000 unless said otherwise. */
  readonly closePatience?: number;
}
