import type { Inspection, Pdu, Source } from "@railvail/wire";

export type Direction = "c2s" | "s2c";

/** When and where something was seen. */
export interface Moment {
  /** Nanoseconds since 1970-01-01, as the capture has them. */
  readonly time: bigint;
  /** The number, from 1, of the packet that completed it. */
  readonly packet: number;
}

/** Why bytes could not be read as a message. The union is closed. */
export type Trouble =
  /** The declaration refused the bytes; `inspect().error` says where. */
  | "undecodable"
  /** No message of this channel has this number, or nothing is known of the channel. */
  | "unknown"
  /** The rest of a message did not come. */
  | "incomplete"
  /** Bytes that belong to no message: what stands between two frames after damage. */
  | "skipped"
  /** Compressed, and it cannot be opened: it is damaged, or what it refers to is missing. */
  | "compressed"
  /** Encrypted, and no keys were given. */
  | "encrypted"
  /** A message larger than what is held of one, or of all of a connection together. */
  | "limit";

/**
 * One message. Its bytes are those of `source` from `offset` to `end`; they are valid until the
 * sink returns. A message of a lower layer (`envelope`) carries others in its payload: they follow
 * it with their own bytes. What was compressed follows its envelope as it was before: for a Data
 * PDU these are the plain body and a header that says that it is not compressed. A record of
 * trouble has no bytes where what is missing was given before, as payload of the envelopes that
 * carried it.
 */
export interface Message extends Moment {
  readonly type: "message";
  readonly connection: number;
  readonly direction: Direction;
  /** Where it came from, outermost first: `mcs/drdynvc/egfx`. */
  readonly path: string;
  /** The last part of the path. */
  readonly channel: string;
  /** The name in the specification, or what stands for it where there is trouble. */
  readonly name: string;
  readonly pdu: Pdu | undefined;
  readonly source: Source;
  readonly offset: number;
  readonly end: number;
  /** A header whose payload is the messages after it; listings leave it out. */
  readonly envelope: boolean;
  readonly trouble: Trouble | undefined;
  /** A sentence on the trouble, and what would help. */
  readonly detail: string | undefined;
  /** The decoded value; undefined where there is no declaration or it refused the bytes. */
  readonly value: unknown;
  /** Fields, deviations and error; throws nothing. Undefined where there is no declaration. */
  inspect(): Inspection<unknown> | undefined;
}

/** Bytes of a stream that the capture does not have. */
export interface Gap extends Moment {
  readonly type: "gap";
  readonly connection: number;
  readonly direction: Direction;
  /** How many bytes are missing. */
  readonly length: number;
  /** `lost` packets, or packets `truncated` by the capture. */
  readonly reason: "lost" | "truncated";
}

export type Record = Message | Gap;

/** Takes records in the order in which they were completed. */
export type Sink = (record: Record) => void;
