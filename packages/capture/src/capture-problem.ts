/**
 * What can be wrong with a capture. Nothing of this is thrown: it comes as an event, in its place
 * among the others.
 *
 * - `unknown-format`: neither pcap nor pcapng. Nothing is read.
 * - `damaged-gzip`: the compressed data is damaged or ends early. What came before was read.
 * - `truncated`: the file ends inside a record. What came before was read.
 * - `record-too-large`: a record claims more bytes than the limit. A pcapng block is skipped; in
 *   a pcap file, which has no other mark of where records begin, reading stops.
 * - `damaged-block`: a pcapng block contradicts itself. Skipped if its length makes sense, else
 *   reading stops.
 * - `unknown-link-type`: packets of this interface are skipped. Said once for each interface.
 * - `unknown-interface`: a pcapng packet names an interface that was not described. Skipped; said
 *   once for each section.
 * - `too-many-interfaces`: a pcapng section describes more than the limit. Said once for each
 *   section; packets of the others are skipped.
 * - `malformed-packet`: headers that contradict themselves or were cut by the snap length. The
 *   packet is skipped.
 * - `fragments-incomplete`: an IP datagram came in fragments and not all were seen (or they do
 *   not fit). Its bytes show as a gap later.
 * - `out-of-window`: a segment is a gibibyte or more away from where its direction is. It is
 *   skipped; said once for each direction.
 */
export type CaptureProblemKind =
  | "unknown-format"
  | "damaged-gzip"
  | "truncated"
  | "record-too-large"
  | "damaged-block"
  | "unknown-link-type"
  | "unknown-interface"
  | "too-many-interfaces"
  | "malformed-packet"
  | "fragments-incomplete"
  | "out-of-window";

export interface CaptureProblem {
  readonly kind: CaptureProblemKind;
  /** One lower-case sentence without a full stop. */
  readonly message: string;
  /** Byte of the (decompressed) file at which the record in question begins. */
  readonly offset: number;
  /** The frame number, where it is about one packet. */
  readonly packet?: number;
  /** Whether reading ended here. */
  readonly stopped: boolean;
}
