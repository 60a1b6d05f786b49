import type { CaptureProblem } from "./capture-problem.js";

/** Client to server, or server to client. */
export type Direction = "c2s" | "s2c";

export interface Endpoint {
  /** IPv4 in dotted decimal, IPv6 as RFC 5952 writes it; empty where it is not known. */
  readonly address: string;
  readonly port: number;
}

/**
 * One TCP connection seen in the capture. The same object is in every event of the connection,
 * so it can be the key of a `Map`.
 *
 * Who the client is, in this order of evidence: the sender of the SYN; the receiver of the
 * SYN+ACK; the side that does not have port 3389; the sender of an X.224 connection request
 * (receiver of a connection confirm) in the first payload; the side with the higher port; the
 * side that was seen to send first.
 */
export interface Connection {
  /** Counts from 0 in order of appearance. */
  readonly id: number;
  readonly client: Endpoint;
  readonly server: Endpoint;
  /**
   * Neither SYN nor SYN+ACK was captured, and the first payload is no X.224 connection request:
   * each direction begins at the first payload that was seen of it, and what went before is unknown.
   */
  readonly startMissing: boolean;
}

interface StreamMoment {
  readonly connection: Connection;
  /** Capture time in nanoseconds since 1970-01-01T00:00Z; 0 where the file gives none. */
  readonly time: bigint;
  /** Frame number, counted from 1 over all packets of the file, of whatever protocol. */
  readonly packet: number;
}

export interface OpenEvent extends StreamMoment {
  readonly type: "open";
}

/**
 * The next bytes of one direction. `time` and `packet` are those of the packet that carried
 * them, so they step back where the network reordered packets.
 */
export interface DataEvent extends StreamMoment {
  readonly type: "data";
  readonly direction: Direction;
  /** Position of the first byte in the stream of this direction; gaps count. */
  readonly offset: number;
  /** Frame numbers of the other packets, where the bytes came in a fragmented IP datagram. */
  readonly earlier?: readonly number[];
  /**
   * A view of the pushed chunk, or of a copy. The reader never writes to it: it stays valid as
   * long as the owner of the chunk leaves the chunk alone. Keeping it keeps the chunk in memory.
   */
  readonly bytes: Uint8Array;
}

/**
 * Bytes of one direction that the capture does not have. `lost`: no captured packet has them;
 * `time` and `packet` say where the reader stopped waiting. `truncated`: the packet was captured
 * in part (snap length).
 *
 * A `lost` gap at the very end of a direction whose FIN was not captured is known from the other
 * side's acknowledgement only, which may count the FIN as one byte.
 */
export interface GapEvent extends StreamMoment {
  readonly type: "gap";
  readonly direction: Direction;
  readonly offset: number;
  /** How many bytes are missing; at least 1. */
  readonly length: number;
  readonly reason: "lost" | "truncated";
}

/**
 * The last event of a connection. `fin`: both sides ended their stream. `reset`: a RST.
 * `replaced`: a SYN began another connection on the same addresses and ports. `evicted`: more
 * connections were open than the reader tracks. `end`: the capture ended first.
 */
export interface CloseEvent extends StreamMoment {
  readonly type: "close";
  readonly how: "fin" | "reset" | "replaced" | "evicted" | "end";
  /** The direction of the RST, or of the FIN that came first. */
  readonly direction?: Direction;
}

/** A decryption secrets block of a pcapng file. Never print `bytes`: they are keys. */
export interface SecretsEvent {
  readonly type: "secrets";
  /** The secrets type as the file has it; {@link tlsKeyLog} is an NSS key log. */
  readonly secretsType: number;
  /** Lives as long as the bytes of a data event. */
  readonly bytes: Uint8Array;
}

/** What somebody wrote into a pcapng file. A comment on a packet comes before what it carries. */
export interface CommentEvent {
  readonly type: "comment";
  readonly about: "section" | "interface" | "packet";
  /** As the file has it: it may hold anything, control characters among it. */
  readonly text: string;
  /** Frame number and time of the packet it is about. */
  readonly packet?: number;
  readonly time?: bigint;
}

export interface ProblemEvent {
  readonly type: "problem";
  readonly problem: CaptureProblem;
}

export type StreamEvent = OpenEvent | DataEvent | GapEvent | CloseEvent | SecretsEvent | CommentEvent | ProblemEvent;

/** `secretsType` of a TLS key log in NSS format (draft-ietf-opsawg-pcapng, section 4.7). */
export const tlsKeyLog = 0x544c534b;
