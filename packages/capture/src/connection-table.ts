import type { CaptureLimits } from "./capture-limits.js";
import { isConnectionRequest, sentByClient, sessionStart } from "./client-side.js";
import { hashOf, keyOf, sameConnection, sameWay, type ConnectionKey } from "./connection-key.js";
import type { EventLog } from "./event-log.js";
import type { HeldBudget } from "./tcp-flow.js";
import { tcpFlag, type TcpSegment } from "./tcp-segment.js";
import { TrackedConnection } from "./tracked-connection.js";

/** A place in the table. */
interface Entry {
  readonly key: ConnectionKey;
  readonly sourceIsClient: boolean;
  readonly tracked: TrackedConnection;
  nextInBucket: Entry | undefined;
}

/**
 * The connections of a capture, found by addresses and ports. Closed ones stay for a while, so
 * that late retransmissions do not look like connections whose start is missing.
 */
export class ConnectionTable {
  private readonly log: EventLog;
  private readonly limits: CaptureLimits;
  private readonly budget: HeldBudget = { used: 0 };
  private readonly buckets = new Map<number, Entry>();
  private readonly open = new Set<Entry>();
  private readonly closed = new Set<Entry>();
  /** The entry of the last packet: mostly the next packet's too. */
  private recent: Entry | undefined;
  private nextId = 0;

  constructor(log: EventLog, limits: CaptureLimits) {
    this.log = log;
    this.limits = limits;
  }

  track(segment: TcpSegment): void {
    let entry = this.find(segment);
    let hasSyn = (segment.flags & tcpFlag.syn) !== 0;
    if (hasSyn && entry?.tracked.isAmid(segment, this.isByClient(entry, segment)) === true) {
      this.log.packetProblem("malformed-packet", "a SYN amid a connection is none");
      segment.flags &= ~tcpFlag.syn;
      hasSyn = false;
    }
    if (entry !== undefined && hasSyn) entry = this.keepUnlessReused(entry, segment);
    else if (entry?.tracked.goesOn(segment, this.isByClient(entry, segment)) === true) {
      this.log.packetProblem("after-end", "data of a connection that had ended: read as another connection");
      this.remove(entry);
      entry = undefined;
    }
    // Without a SYN or payload there is nothing to say of a connection.
    if (entry === undefined) {
      if (!hasSyn && segment.payloadLength === 0) return;
      entry = this.add(segment);
    }
    this.recent = entry;
    if (entry.tracked.closed !== undefined) return;
    entry.tracked.accept(segment, this.isByClient(entry, segment));
    if (entry.tracked.closed !== undefined) {
      this.open.delete(entry);
      this.closed.add(entry);
    }
  }

  /**
   * Takes bytes that came without TCP's headers: with a number of their own, which counts as
   * sequence numbers do, or as they follow those that came before them in the same direction. With
   * `repeats`, a unit that had begun can come again from its beginning.
   */
  append(segment: TcpSegment, sequence: number | undefined, repeats: boolean): void {
    if (segment.payloadLength <= 0) return;
    let entry = this.find(segment);
    if (entry !== undefined && sequence === undefined && isConnectionRequest(segment)) {
      if (entry.tracked.closed === undefined) entry.tracked.close("replaced");
      this.remove(entry);
      entry = undefined;
    }
    if (entry === undefined) {
      const side = sessionStart(segment.bytes, segment.payloadStart, segment.capturedEnd);
      segment.flags = side === "client" ? tcpFlag.syn : side === "server" ? tcpFlag.syn | tcpFlag.ack : 0;
      entry = this.add(segment);
    }
    this.recent = entry;
    if (entry.tracked.closed !== undefined) return;
    entry.tracked.append(segment, this.isByClient(entry, segment), sequence, repeats);
  }

  /** The capture has ended: closes what is open. */
  end(): void {
    for (const entry of this.open) entry.tracked.close("end");
    this.open.clear();
  }

  private isByClient(entry: Entry, segment: TcpSegment): boolean {
    return sameWay(entry.key, segment) === entry.sourceIsClient;
  }

  private find(segment: TcpSegment): Entry | undefined {
    const { recent } = this;
    if (recent !== undefined && sameConnection(recent.key, segment)) {
      return recent;
    }
    let entry = this.buckets.get(hashOf(segment));
    while (entry !== undefined && !sameConnection(entry.key, segment)) {
      entry = entry.nextInBucket;
    }
    return entry;
  }

  private keepUnlessReused(entry: Entry, segment: TcpSegment): Entry | undefined {
    const { tracked } = entry;
    if (tracked.fitsSyn(segment, this.isByClient(entry, segment))) return entry;
    if (tracked.closed === undefined) tracked.close("replaced");
    this.remove(entry);
    return undefined;
  }

  private add(segment: TcpSegment): Entry {
    if (this.open.size + this.closed.size >= this.limits.connections) this.makeRoom();
    const key = keyOf(segment);
    const bySource = sentByClient(segment);
    const { log, limits, budget } = this;
    const entry: Entry = {
      key,
      sourceIsClient: bySource,
      tracked: new TrackedConnection(this.nextId, segment, bySource, log, limits, budget),
      nextInBucket: this.buckets.get(key.hash),
    };
    this.nextId += 1;
    this.buckets.set(key.hash, entry);
    this.open.add(entry);
    return entry;
  }

  private makeRoom(): void {
    const oldestClosed = this.closed.values().next();
    if (oldestClosed.done !== true) return this.remove(oldestClosed.value);
    // A quarter at a time, so that a scan of ports does not sort the table for each packet.
    const byAge = [...this.open].sort((a, b) => a.tracked.lastPacket - b.tracked.lastPacket);
    for (const entry of byAge.slice(0, Math.ceil(byAge.length / 4))) {
      entry.tracked.close("evicted");
      this.remove(entry);
    }
  }

  private remove(entry: Entry): void {
    this.open.delete(entry);
    this.closed.delete(entry);
    if (this.recent === entry) this.recent = undefined;
    const first = this.buckets.get(entry.key.hash);
    if (first === entry) {
      if (entry.nextInBucket === undefined) this.buckets.delete(entry.key.hash);
      else this.buckets.set(entry.key.hash, entry.nextInBucket);
      return;
    }
    for (let at = first; at !== undefined; at = at.nextInBucket) {
      if (at.nextInBucket === entry) at.nextInBucket = entry.nextInBucket;
    }
  }
}
