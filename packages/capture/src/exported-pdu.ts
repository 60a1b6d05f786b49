import type { Source } from "./record-window.js";

/** Tags of Wireshark's exported PDUs (its epan/exported_pdu_tlvs.h); numbers are big-endian. */
const tag = {
  endOfOptions: 0,
  dissectorName: 12,
  heuristicName: 13,
  tableName: 14,
  ipv4Source: 20,
  ipv4Destination: 21,
  ipv6Source: 22,
  ipv6Destination: 23,
  portType: 24,
  sourcePort: 25,
  destinationPort: 26,
  tcpInfo: 34,
} as const;

const tcpPortType = 2;
const mostTags = 64;
/** Characters of a protocol's name that are kept. */
const nameLimit = 64;

/** Names under which Wireshark exports bytes of a TCP stream, or of what TLS carries in it. */
const streamNames: ReadonlySet<string> = new Set([
  "tpkt",
  "tls",
  "ssl",
  "data",
  "tls_tcp",
  "ssl_tcp",
  "tpkt_tcp",
  "tcp.port",
  "tls.port",
  "ssl.port",
]);

const latin1 = new TextDecoder("latin1");

/**
 * Reads the tags in front of an exported PDU (link type 252). One object is reused: its fields
 * speak of the last one read.
 */
export class ExportedPdu {
  /** The dissector that Wireshark handed the PDU to, or the table in which it found it. */
  name = "";
  /** IP version of the addresses; 0 if there are none. */
  version = 0;
  /** Where the addresses are in the source. */
  sourceAt = 0;
  destinationAt = 0;
  sourcePort = -1;
  destinationPort = -1;
  portType = 0;
  /** Sequence number of the first byte, as Wireshark counts; undefined where it was not exported. */
  sequence: number | undefined;
  payloadStart = 0;

  /** Whether these are bytes of a connection's stream; see the README on names. */
  get isStream(): boolean {
    return this.sequence !== undefined || streamNames.has(this.name);
  }

  /** Its dissector has Wireshark put PDUs together that it had exported in part. */
  get repeats(): boolean {
    return this.name === "tpkt" && this.sequence === undefined;
  }

  /** It was carried by TCP; others are packets like those that are not TCP in any capture. */
  get isTcp(): boolean {
    return this.portType === tcpPortType;
  }

  /** It has the addresses and ports of a connection. */
  get isPlaced(): boolean {
    return (
      this.version !== 0 &&
      this.sourceAt > 0 &&
      this.destinationAt > 0 &&
      this.sourcePort >= 0 &&
      this.destinationPort >= 0
    );
  }

  /** False if the tags do not fit. */
  read({ bytes, view }: Source, start: number, end: number): boolean {
    this.name = "";
    this.version = this.sourceAt = this.destinationAt = this.portType = 0;
    this.sourcePort = this.destinationPort = -1;
    this.sequence = undefined;
    let at = start;
    for (let tags = 0; tags < mostTags && end - at >= 4; tags += 1) {
      const kind = view.getUint16(at);
      const length = view.getUint16(at + 2);
      const value = at + 4;
      at = value + length;
      if (at > end) return false;
      if (kind === tag.endOfOptions) {
        this.payloadStart = at;
        return true;
      }
      this.take(kind, bytes, view, value, length);
    }
    return false;
  }

  private take(kind: number, bytes: Uint8Array, view: DataView, value: number, length: number): void {
    switch (kind) {
      case tag.dissectorName:
      case tag.heuristicName:
      case tag.tableName:
        this.name = latin1.decode(bytes.subarray(value, value + Math.min(length, nameLimit))).replace(/\0.*$/su, "");
        return;
      case tag.ipv4Source:
      case tag.ipv6Source:
      case tag.ipv4Destination:
      case tag.ipv6Destination:
        return this.takeAddress(kind, value, length);
      case tag.portType:
        if (length >= 4) this.portType = view.getUint32(value);
        return;
      case tag.sourcePort:
        if (length >= 4) this.sourcePort = view.getUint32(value) & 0xffff;
        return;
      case tag.destinationPort:
        if (length >= 4) this.destinationPort = view.getUint32(value) & 0xffff;
        return;
      case tag.tcpInfo:
        // A version of 16 bits, then the sequence numbers of this and of the next byte.
        if (length >= 10 && view.getUint16(value) === 1) this.sequence = view.getUint32(value + 2);
        return;
    }
  }

  private takeAddress(kind: number, value: number, length: number): void {
    const isV4 = kind === tag.ipv4Source || kind === tag.ipv4Destination;
    const version = isV4 ? 4 : 6;
    if (length !== (isV4 ? 4 : 16) || (this.version !== 0 && this.version !== version)) return;
    this.version = version;
    if (kind === tag.ipv4Source || kind === tag.ipv6Source) this.sourceAt = value;
    else this.destinationAt = value;
  }
}
