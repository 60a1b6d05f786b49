import type { Source } from "./record-window.js";

/** Control bits of the TCP header (RFC 9293, section 3.1). */
export const tcpFlag = { fin: 0x01, syn: 0x02, rst: 0x04, ack: 0x10 } as const;

const smallestHeader = 20;

/** Where the addresses of a packet are in its source. */
export interface AddressPlace {
  readonly version: number;
  readonly sourceAt: number;
  readonly destinationAt: number;
}

/**
 * One TCP segment with its addresses. One object is reused for all packets: its fields speak of
 * the last one read.
 */
export class TcpSegment {
  version = 4;
  /** Addresses as big-endian 32-bit words; IPv4 has only the first. */
  source0 = 0;
  source1 = 0;
  source2 = 0;
  source3 = 0;
  destination0 = 0;
  destination1 = 0;
  destination2 = 0;
  destination3 = 0;
  sourcePort = 0;
  destinationPort = 0;
  sequence = 0;
  acknowledgement = 0;
  flags = 0;
  /** The payload that was captured: `bytes` from `payloadStart` to `capturedEnd`. */
  bytes: Uint8Array = new Uint8Array(0);
  payloadStart = 0;
  capturedEnd = 0;
  /** Length of the payload on the wire; more than was captured if the snap length cut it. */
  payloadLength = 0;

  /** The places must have been read from `source`. */
  readAddresses(source: Source, header: AddressPlace): void {
    const view = source.view;
    const from = header.sourceAt;
    const to = header.destinationAt;
    const isV6 = header.version === 6;
    this.version = header.version;
    this.source0 = view.getUint32(from);
    this.destination0 = view.getUint32(to);
    this.source1 = isV6 ? view.getUint32(from + 4) : 0;
    this.source2 = isV6 ? view.getUint32(from + 8) : 0;
    this.source3 = isV6 ? view.getUint32(from + 12) : 0;
    this.destination1 = isV6 ? view.getUint32(to + 4) : 0;
    this.destination2 = isV6 ? view.getUint32(to + 8) : 0;
    this.destination3 = isV6 ? view.getUint32(to + 12) : 0;
  }

  /**
   * Reads the segment of `length` bytes of which those from `start` to `end` were captured.
   * False if its header does not fit. Checksums are not looked at: with offload they are wrong.
   */
  read(source: Source, start: number, end: number, length: number): boolean {
    if (end - start < smallestHeader) return false;
    const view = source.view;
    const headerLength = (view.getUint8(start + 12) >>> 4) * 4;
    if (headerLength < smallestHeader || headerLength > length) return false;
    this.sourcePort = view.getUint16(start);
    this.destinationPort = view.getUint16(start + 2);
    this.sequence = view.getUint32(start + 4);
    this.acknowledgement = view.getUint32(start + 8);
    this.flags = view.getUint8(start + 13);
    this.bytes = source.bytes;
    this.payloadStart = start + headerLength;
    this.payloadLength = length - headerLength;
    this.capturedEnd = Math.max(this.payloadStart, end);
    return true;
  }
}
