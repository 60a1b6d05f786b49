import type { CaptureLimits } from "./capture-limits.js";
import type { ConnectionTable } from "./connection-table.js";
import type { EventLog } from "./event-log.js";
import { ExportedPdu } from "./exported-pdu.js";
import { IpFragments } from "./ip-fragments.js";
import { IpHeader, ipKind } from "./ip-header.js";
import { cutShort, findIp, isSupportedLinkType, linkType, notIp } from "./link-layer.js";
import type { CaptureInterface, PacketSink } from "./packet-sink.js";
import { sourceOf, type Source } from "./record-window.js";
import { TcpSegment } from "./tcp-segment.js";

/** Names of protocols that are remembered, so that a problem is said once. */
const mostNames = 64;

/** Takes packets apart down to TCP segments, which go to the table of connections. */
export class PacketReader implements PacketSink {
  private readonly log: EventLog;
  private readonly limits: CaptureLimits;
  private readonly table: ConnectionTable;
  private readonly fragments: IpFragments;
  private readonly header = new IpHeader();
  private readonly segment = new TcpSegment();
  private readonly exported = new ExportedPdu();
  private readonly saidProtocols = new Set<string>();

  constructor(log: EventLog, limits: CaptureLimits, table: ConnectionTable) {
    this.log = log;
    this.limits = limits;
    this.table = table;
    this.fragments = new IpFragments(log, limits);
  }

  packet(source: Source, start: number, end: number, onWire: number, from: CaptureInterface): void {
    const wireLength = Math.min(Math.max(onWire, end - start), this.limits.recordBytes);
    if (from.linkType === linkType.exportedPdu) return this.exportedPdu(source, start, end, start + wireLength);
    if (!isSupportedLinkType(from.linkType)) {
      if (!from.reported) {
        from.reported = true;
        this.log.packetProblem("unknown-link-type", `packets of link type ${from.linkType} are skipped`);
      }
      return;
    }
    const ipStart = findIp(from.linkType, source, start, end);
    if (ipStart === notIp) return;
    if (ipStart === cutShort) return this.malformed("link-layer header is cut short");
    const header = this.header;
    switch (header.read(source, ipStart, end, start + wireLength)) {
      case ipKind.other:
        return;
      case ipKind.malformed:
        return this.malformed("ip header does not fit");
      case ipKind.fragment: {
        const whole = this.fragments.add(source, header);
        if (whole === undefined) return;
        this.segment.readAddresses(source, header);
        this.log.earlier = whole.earlier;
        this.tcp(sourceOf(whole.payload), 0, whole.payload.length, whole.payload.length);
        this.log.earlier = undefined;
        return;
      }
      case ipKind.tcp:
        this.segment.readAddresses(source, header);
        return this.tcp(source, header.payloadStart, header.capturedEnd, header.payloadLength);
    }
  }

  end(): void {
    this.fragments.end();
  }

  private tcp(source: Source, start: number, end: number, length: number): void {
    if (!this.segment.read(source, start, end, length)) {
      return this.malformed("tcp header does not fit");
    }
    this.table.track(this.segment);
  }

  /** A PDU that Wireshark exported; `wireEnd` is where it would end if nothing had been cut. */
  private exportedPdu(source: Source, start: number, end: number, wireEnd: number): void {
    const { exported, segment } = this;
    if (!exported.read(source, start, end)) return this.malformed("tags of an exported PDU do not fit");
    if (!exported.isStream) return this.unknownProtocol(exported.name);
    if (!exported.isTcp) return;
    if (!exported.isPlaced) return this.malformed("exported PDU without the addresses and ports of a connection");
    segment.readAddresses(source, exported);
    segment.sourcePort = exported.sourcePort;
    segment.destinationPort = exported.destinationPort;
    segment.bytes = source.bytes;
    segment.payloadStart = exported.payloadStart;
    segment.capturedEnd = end;
    segment.payloadLength = wireEnd - exported.payloadStart;
    this.table.append(segment, exported.sequence, exported.repeats);
  }

  private unknownProtocol(name: string): void {
    if (this.saidProtocols.has(name) || this.saidProtocols.size >= mostNames) return;
    this.saidProtocols.add(name);
    const message = `PDUs exported as ${name === "" ? "nothing" : name} are skipped: tpkt, tls and data are read`;
    this.log.packetProblem("unknown-protocol", message);
  }

  private malformed(message: string): void {
    this.log.packetProblem("malformed-packet", message);
  }
}
