import type { Direction } from "./stream-event.js";

/**
 * What can be wrong with a capture. Nothing of this is thrown: it comes as an event, in its place
 * among the others.
 *
 * - `unknown-format`: neither pcap nor pcapng. Nothing is read.
 * - `damaged-gzip`: the compressed data is damaged or ends early. What came before was read.
 * - `damaged-hex`: a text is not the hex it should be; the message has line and column. What came
 *   before was read.
 * - `truncated`: the file ends inside a record. What came before was read.
 * - `record-too-large`: a record claims more bytes than the limit. What it is made of is passed
 *   over: reading goes on where the next record seems to begin.
 * - `damaged-record`: the header of a pcap record makes no sense. Reading goes on as after
 *   `record-too-large`.
 * - `damaged-block`: a pcapng block contradicts itself. Passed over if its length makes sense, else
 *   reading goes on as after `record-too-large`; in front of the first section it stops.
 * - `unknown-link-type`: packets of this interface are skipped. Said once for each interface.
 * - `unknown-protocol`: PDUs that Wireshark exported, of a protocol that is not the stream of a
 *   connection. Skipped; said once for each protocol.
 * - `unknown-interface`: a pcapng packet names an interface that was not described. Skipped; said
 *   once for each section.
 * - `too-many-interfaces`: a pcapng section describes more than the limit. Said once for each
 *   section; packets of the others are skipped.
 * - `malformed-packet`: headers that contradict themselves or were cut by the snap length. The
 *   packet is skipped.
 * - `fragments-incomplete`: an IP datagram came in fragments and not all were seen (or they do
 *   not fit). Its bytes show as a gap later.
 * - `after-end`: a side sends more data after both ended their streams, or after it reset the
 *   connection. That end was damage; what follows it is read as another connection.
 * - `out-of-window`: a segment is a gibibyte or more away from where its direction is. It is
 *   skipped; said once for each direction.
 */
export type CaptureProblemKind =
  | "unknown-format"
  | "damaged-gzip"
  | "damaged-hex"
  | "truncated"
  | "record-too-large"
  | "damaged-record"
  | "damaged-block"
  | "unknown-link-type"
  | "unknown-protocol"
  | "unknown-interface"
  | "too-many-interfaces"
  | "malformed-packet"
  | "fragments-incomplete"
  | "after-end"
  | "out-of-window";

export interface CaptureProblem {
  readonly kind: CaptureProblemKind;
  /** One lower-case sentence without a full stop. */
  readonly message: string;
  /**
   * Byte of the (decompressed) file at which the record in question begins; in a raw stream, how
   * many bytes came before.
   */
  readonly offset: number;
  /** The frame number, where it is about one packet. */
  readonly packet?: number;
  /** Of raw streams: in whose file it is. */
  readonly direction?: Direction;
  /** Whether reading ended here. */
  readonly stopped: boolean;
}
