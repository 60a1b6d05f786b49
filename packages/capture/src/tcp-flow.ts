import type { CaptureLimits } from "./capture-limits.js";
import type { EventLog } from "./event-log.js";
import type { Carrier, Held } from "./held-part.js";
import { PendingUnit } from "./pending-unit.js";
import type { Connection, DataEvent, Direction } from "./stream-event.js";
import type { TcpSegment } from "./tcp-segment.js";

/** What a held segment costs beside its bytes. */
const heldOverhead = 128;
/** The largest window of TCP (RFC 7323, section 2.3); nothing true is further away. */
const largestWindow = 2 ** 30;

/** Bytes held back in all connections together. */
export interface HeldBudget {
  used: number;
}

/**
 * One direction of a connection: puts segments in order. Of bytes that come twice the first
 * capture counts. Sequence numbers are modulo 2^32; positions count from the stream's begin.
 */
export class TcpFlow {
  /** Whether the sequence number of position 0 is known. */
  known = false;
  /** Sequence number of position 0. */
  base = 0;
  /** Position up to which everything was delivered or given up. */
  offset = 0;
  /** Position of the FIN; -1 before it is seen. */
  finAt = -1;
  private readonly connection: Connection;
  private readonly direction: Direction;
  private readonly log: EventLog;
  private readonly limits: CaptureLimits;
  private readonly budget: HeldBudget;
  /** Sequence number of `offset`. */
  private next = 0;
  /** Position up to which the other side has acknowledged. */
  private acked = 0;
  /** Sorted, disjoint, all after `offset`. */
  private held: Held[] = [];
  private heldCost = 0;
  /** Packets since a hole was seen to be acknowledged up to `ackedMark`; 0 if none is. */
  private waited = 0;
  private ackedMark = 0;
  private saidOutOfWindow = false;
  /** Of bytes that came without TCP's headers: whether some had numbers. */
  private isNumbered = false;
  /** And where units begin in those that had none. */
  private pending: PendingUnit | undefined;

  constructor(connection: Connection, direction: Direction, log: EventLog, limits: CaptureLimits, budget: HeldBudget) {
    this.connection = connection;
    this.direction = direction;
    this.log = log;
    this.limits = limits;
    this.budget = budget;
  }

  /** Position 0 has this sequence number. */
  start(sequence: number): void {
    this.known = true;
    this.base = sequence >>> 0;
    this.next = this.base;
  }

  /** Takes bytes that follow all that was delivered; with `repeats`, the first can be among those. */
  follow(segment: TcpSegment, repeats: boolean): void {
    if (repeats) {
      const pending = (this.pending ??= new PendingUnit());
      const bytes = segment.bytes.subarray(segment.payloadStart, segment.capturedEnd);
      const repeated = pending.repeated(bytes);
      pending.add(bytes);
      segment.payloadStart += repeated;
      segment.payloadLength -= repeated;
    }
    if (!this.known) this.start(1);
    this.accept(segment, this.next);
  }

  /** Bytes have numbers from here on: the first that has one follows those that had none. */
  numbered(sequence: number): number {
    if (!this.known) this.start(sequence);
    else if (!this.isNumbered) {
      this.next = sequence;
      this.base = (sequence - this.offset) >>> 0;
    }
    this.isNumbered = true;
    return sequence;
  }

  /** Whether a SYN with this sequence number belongs to what was seen so far. */
  fitsSyn(sequence: number): boolean {
    return !this.known || (sequence + 1) >>> 0 === this.base;
  }

  /** Takes the payload, which begins at `sequence`. */
  accept(segment: TcpSegment, sequence: number): void {
    const start = this.position(sequence);
    if (start === undefined) return this.outOfWindow();
    const end = start + segment.payloadLength;
    // A retransmission; or a keep-alive, whose byte is the one before the next.
    if (end <= this.offset) return;
    // What is sent after the end of all shows that it was not the end.
    if (this.finAt >= 0 && end > this.finAt + 1) this.finAt = -1;
    const { log } = this;
    if (start <= this.offset && this.held.length === 0) {
      const from = Math.min(segment.payloadStart + this.offset - start, segment.capturedEnd);
      const bytes = segment.bytes.subarray(from, segment.capturedEnd);
      this.deliver(bytes, end - this.offset, log);
      return;
    }
    this.hold(segment, start, end);
    this.drain();
    while (this.held.length > 0 && this.holdsTooMuch()) this.giveUpHole();
  }

  finish(sequence: number): void {
    const at = this.position(sequence);
    if (at === undefined) return this.outOfWindow();
    if (this.finAt < 0 && at >= this.offset) this.finAt = at;
  }

  /** Takes an acknowledgement of the other side. */
  acknowledge(sequence: number): void {
    if (!this.known) return;
    const at = this.position(sequence);
    if (at !== undefined && at > this.acked) this.acked = at;
  }

  /** To be called for each packet of the connection: gives up holes acknowledged for long. */
  settle(): void {
    const first = this.held[0];
    if (first === undefined) return;
    if (this.waited === 0) {
      if (this.acked < first.start) return;
      this.ackedMark = this.acked;
    }
    this.waited += 1;
    if (this.waited <= this.limits.ackPatience) return;
    this.waited = 0;
    for (let hole = this.held[0]; hole !== undefined && hole.start <= this.ackedMark;) {
      this.giveUpHole();
      hole = this.held[0];
    }
  }

  get finished(): boolean {
    return this.finAt >= 0 && this.offset >= this.finAt;
  }

  /** Whether this is the sequence number of the next byte. */
  isNext(sequence: number): boolean {
    return this.known && sequence === this.next && this.offset > 0;
  }

  /** Whether bytes with this sequence number are further ones: neither sent again nor far away. */
  isBeyond(sequence: number, length: number): boolean {
    const start = this.known ? this.position(sequence) : undefined;
    return start !== undefined && start + length > this.offset;
  }

  /** Nothing more will come: what is missing becomes gaps. */
  flush(): void {
    while (this.held.length > 0) this.giveUpHole();
    if (!this.known) return;
    // One acknowledged byte more than was seen is most likely a FIN that was not captured.
    const byAck = this.acked > this.offset + 1 ? this.acked : this.offset;
    this.gap(this.finAt >= 0 ? this.finAt : byAck);
  }

  private holdsTooMuch(): boolean {
    const { heldBytes, heldSegments, totalHeldBytes } = this.limits;
    return this.heldCost > heldBytes || this.held.length > heldSegments || this.budget.used > totalHeldBytes;
  }

  private position(sequence: number): number | undefined {
    const distance = (sequence - this.next) | 0;
    if (distance > largestWindow || distance < -largestWindow) return undefined;
    return this.offset + distance;
  }

  private outOfWindow(): void {
    if (this.saidOutOfWindow) return;
    this.saidOutOfWindow = true;
    this.log.packetProblem("out-of-window", "segment too far from where its direction is");
  }

  private advance(length: number): void {
    this.offset += length;
    this.next = (this.next + length) >>> 0;
  }

  private deliver(bytes: Uint8Array, length: number, from: Carrier): void {
    const { connection, direction, offset } = this;
    const { time, packet, earlier } = from;
    const { events } = this.log;
    if (bytes.length > 0) {
      const event: DataEvent = { type: "data", connection, direction, time, packet, offset, bytes };
      events.push(earlier === undefined ? event : { ...event, earlier });
    }
    this.advance(length);
    const missing = length - bytes.length;
    if (missing === 0) return;
    events.push({
      type: "gap",
      connection,
      direction,
      time,
      packet,
      offset: offset + bytes.length,
      length: missing,
      reason: "truncated",
    });
  }

  private gap(to: number): void {
    const length = to - this.offset;
    if (length <= 0) return;
    const { connection, direction, offset } = this;
    const { time, packet, events } = this.log;
    const reason = "lost";
    events.push({ type: "gap", connection, direction, time, packet, offset, length, reason });
    this.advance(length);
  }

  private giveUpHole(): void {
    const first = this.held[0];
    if (first === undefined) return;
    this.gap(first.start);
    this.drain();
  }

  private drain(): void {
    let count = 0;
    for (const part of this.held) {
      if (part.start !== this.offset) break;
      this.deliver(part.bytes, part.end - part.start, part);
      this.count(-part.bytes.length - heldOverhead);
      count += 1;
    }
    if (count > 0) this.held.splice(0, count);
  }

  private count(cost: number): void {
    this.heldCost += cost;
    this.budget.used += cost;
  }

  /** Puts those parts of the segment among the held ones that none of them has. */
  private hold(segment: TcpSegment, start: number, end: number): void {
    const { held } = this;
    let at = Math.max(start, this.offset);
    for (let index = this.firstHeldAfter(at); at < end; index += 1) {
      const neighbour = held[index];
      const to = neighbour === undefined ? end : Math.min(end, neighbour.start);
      if (to > at) {
        held.splice(index, 0, this.part(segment, start, at, to));
        index += 1;
      }
      at = neighbour === undefined ? end : Math.max(to, neighbour.end);
    }
  }

  private part(segment: TcpSegment, segmentStart: number, start: number, end: number): Held {
    const shift = segment.payloadStart - segmentStart;
    const from = Math.min(shift + start, segment.capturedEnd);
    const to = Math.min(shift + end, segment.capturedEnd);
    // What has to wait is copied, because a view would keep the whole chunk in memory.
    const waits = segmentStart > this.offset;
    const bytes = waits ? segment.bytes.slice(from, to) : segment.bytes.subarray(from, to);
    this.count(bytes.length + heldOverhead);
    const { time, packet, earlier } = this.log;
    return { start, end, bytes, time, packet, earlier };
  }

  /** Index of the first held part that ends after `position`. */
  private firstHeldAfter(position: number): number {
    let low = 0;
    let high = this.held.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const part = this.held[middle];
      if (part !== undefined && part.end > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
