import type { CaptureLimits } from "./capture-limits.js";
import type { ConnectionTable } from "./connection-table.js";
import type { EventLog } from "./event-log.js";
import { IpFragments } from "./ip-fragments.js";
import { IpHeader, ipKind } from "./ip-header.js";
import { cutShort, findIp, isSupportedLinkType, notIp } from "./link-layer.js";
import { sourceOf, type Source } from "./record-window.js";
import { TcpSegment } from "./tcp-segment.js";

/** Where packets of a file come from. */
export interface CaptureInterface {
  readonly linkType: number;
  /** Whether it was said that the link type is unknown. */
  reported: boolean;
}

/** Takes packets apart down to TCP segments, which go to the table of connections. */
export class PacketReader {
  private readonly log: EventLog;
  private readonly limits: CaptureLimits;
  private readonly table: ConnectionTable;
  private readonly fragments: IpFragments;
  private readonly header = new IpHeader();
  private readonly segment = new TcpSegment();

  constructor(log: EventLog, limits: CaptureLimits, table: ConnectionTable) {
    this.log = log;
    this.limits = limits;
    this.table = table;
    this.fragments = new IpFragments(log, limits);
  }

  /** Reads one packet. `onWire` is its length before the snap length cut it. */
  packet(source: Source, start: number, end: number, onWire: number, from: CaptureInterface): void {
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
    const wireLength = Math.min(Math.max(onWire, end - start), this.limits.recordBytes);
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
        return this.tcp(sourceOf(whole), 0, whole.length, whole.length);
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

  private malformed(message: string): void {
    this.log.packetProblem("malformed-packet", message);
  }
}
