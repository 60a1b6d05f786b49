import type { CaptureLimits } from "./capture-limits.js";
import { isConnectionRequest } from "./client-side.js";
import type { EventLog } from "./event-log.js";
import { formatAddress } from "./ip-address.js";
import type { CloseEvent, Connection, Direction, Endpoint } from "./stream-event.js";
import { TcpFlow, type HeldBudget } from "./tcp-flow.js";
import { tcpFlag, type TcpSegment } from "./tcp-segment.js";

const sourceOfSegment = (s: TcpSegment): Endpoint => ({
  address: formatAddress(s.version, s.source0, s.source1, s.source2, s.source3),
  port: s.sourcePort,
});

const destinationOfSegment = (s: TcpSegment): Endpoint => ({
  address: formatAddress(s.version, s.destination0, s.destination1, s.destination2, s.destination3),
  port: s.destinationPort,
});

/** Both directions of a connection, and when it ends. */
export class TrackedConnection {
  /** Undefined while it is open. */
  closed: CloseEvent["how"] | undefined;
  /** Frame number of its last packet. */
  lastPacket = 0;
  private readonly connection: Connection;
  private readonly log: EventLog;
  private readonly fromClient: TcpFlow;
  private readonly fromServer: TcpFlow;
  private firstFin: Direction | undefined;
  /** Who ended it at once. */
  private resetBy: Direction | undefined;

  /** `first` is the first segment that was seen of the connection. */
  constructor(
    id: number,
    first: TcpSegment,
    bySource: boolean,
    log: EventLog,
    limits: CaptureLimits,
    budget: HeldBudget,
  ) {
    const source = sourceOfSegment(first);
    const destination = destinationOfSegment(first);
    const connection: Connection = {
      id,
      client: bySource ? source : destination,
      server: bySource ? destination : source,
      // Nobody sends anything before the client's connection request.
      startMissing: (first.flags & tcpFlag.syn) === 0 && !(bySource && isConnectionRequest(first)),
    };
    this.connection = connection;
    this.log = log;
    this.fromClient = new TcpFlow(connection, "c2s", log, limits, budget);
    this.fromServer = new TcpFlow(connection, "s2c", log, limits, budget);
    log.events.push({ type: "open", connection, time: log.time, packet: log.packet });
  }

  /** Whether a segment with SYN goes on where its side is, so that it is none. */
  isAmid({ sequence }: TcpSegment, byClient: boolean): boolean {
    return this.closed === undefined && (byClient ? this.fromClient : this.fromServer).isNext(sequence);
  }

  /** Whether this segment, which has SYN, belongs here or begins another connection. */
  fitsSyn(segment: TcpSegment, byClient: boolean): boolean {
    if (this.closed === "reset") return false;
    const flow = byClient ? this.fromClient : this.fromServer;
    return flow.fitsSyn(segment.sequence);
  }

  /**
   * Whether a segment shows that it was not the end, after which it comes: more data of a side that
   * had ended its stream. What the other side still sends after a reset was on its way.
   */
  goesOn({ sequence, payloadLength, flags }: TcpSegment, byClient: boolean): boolean {
    if (payloadLength === 0 || (flags & tcpFlag.rst) !== 0) return false;
    const by: Direction = byClient ? "c2s" : "s2c";
    if (this.closed === "reset" ? by !== this.resetBy : this.closed !== "fin") return false;
    return (byClient ? this.fromClient : this.fromServer).isBeyond(sequence, payloadLength);
  }

  accept(segment: TcpSegment, byClient: boolean): void {
    this.lastPacket = this.log.packet;
    const { flags, payloadLength, acknowledgement } = segment;
    const from = byClient ? this.fromClient : this.fromServer;
    const to = byClient ? this.fromServer : this.fromClient;
    let { sequence } = segment;
    if (flags & tcpFlag.syn) {
      sequence = (sequence + 1) >>> 0;
      if (!from.known) from.start(sequence);
    }
    // Where the other side's SYN was not captured, what is acknowledged first tells its place.
    const acknowledges = (flags & tcpFlag.ack) !== 0;
    if (acknowledges && !to.known && !this.connection.startMissing) to.start(acknowledgement);
    if (payloadLength > 0) {
      if (!from.known) from.start(sequence);
      from.accept(segment, sequence);
    }
    if (flags & tcpFlag.fin) {
      this.firstFin ??= byClient ? "c2s" : "s2c";
      if (!from.known) from.start(sequence);
      from.finish(sequence + payloadLength);
    }
    if (acknowledges) to.acknowledge(acknowledgement);
    from.settle();
    to.settle();
    if (flags & tcpFlag.rst) {
      this.resetBy = byClient ? "c2s" : "s2c";
      this.close("reset", this.resetBy);
    } else if (this.fromClient.finished && this.fromServer.finished) {
      this.close("fin");
    }
  }

  /** Takes bytes that came without TCP's headers: see {@link ConnectionTable.append}. */
  append(segment: TcpSegment, byClient: boolean, sequence: number | undefined, repeats: boolean): void {
    this.lastPacket = this.log.packet;
    const from = byClient ? this.fromClient : this.fromServer;
    if (sequence === undefined) from.follow(segment, repeats);
    else from.accept(segment, from.numbered(sequence));
    from.settle();
  }

  /** Nothing more comes. A connection that both sides have ended counts as `fin` all the same. */
  close(reason: CloseEvent["how"], direction: Direction | undefined = this.firstFin): void {
    const bothFinished = this.fromClient.finAt >= 0 && this.fromServer.finAt >= 0;
    const how = bothFinished && reason !== "reset" ? "fin" : reason;
    this.fromClient.flush();
    this.fromServer.flush();
    this.closed = how;
    const { connection } = this;
    const { time, packet, events } = this.log;
    events.push({
      type: "close",
      connection,
      time,
      packet,
      how,
      ...(direction === undefined ? {} : { direction }),
    });
  }
}
