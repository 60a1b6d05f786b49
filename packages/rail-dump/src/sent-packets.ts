import type { DataEvent, SentRange } from "@railvail/capture";

/** Bytes of a direction as they were sent, and the packets that carried them. */
interface Carried extends SentRange {
  readonly packet: number;
  readonly earlier: readonly number[] | undefined;
}

/** Bytes of the plain stream, and where they, or the record they came in, stood as sent. */
interface Plain extends SentRange {
  readonly sent: SentRange;
}

/** Packets with the handshake of TLS that are remembered. */
const mostOpening = 256;

/** Ranges in order, of which the first are forgotten. */
class Ranges<T extends SentRange> {
  private items: T[] = [];
  private first = 0;

  push(item: T): void {
    this.items.push(item);
  }

  /** Those that overlap a range which is not before what was forgotten. */
  *overlapping({ from, to }: SentRange): Generator<T, void, undefined> {
    for (let at = this.first; at < this.items.length; at++) {
      const item = this.items[at];
      if (item === undefined || item.from >= to) return;
      if (item.to > from) yield item;
    }
  }

  /** Forgets those that end at `end` or before; returns the first that is left. */
  forget(end: number): T | undefined {
    while ((this.items[this.first]?.to ?? Infinity) <= end) this.first++;
    // Cut now and then, not each time: that would move all that follow.
    if (this.first >= 1024 && this.first * 2 >= this.items.length) {
      this.items = this.items.slice(this.first);
      this.first = 0;
    }
    return this.items[this.first];
  }
}

/**
 * Which packets carried the bytes of one direction. Its plain stream is taken in order, and what
 * was taken is forgotten; what is held is as much as a frame, or as TLS holds back.
 */
export class SentPackets {
  private readonly carried = new Ranges<Carried>();
  private readonly plain = new Ranges<Plain>();
  /** Where the plain stream ends, and up to where it was taken. */
  private end = 0;
  private taken = 0;
  /** Packets of the handshake of TLS, up to the first record of it that was taken. */
  private readonly handshake = new Set<number>();
  private opened = false;
  /** Up to where what was sent was taken. */
  private sentTaken = 0;

  /** A packet brought bytes. */
  add({ offset, bytes, packet, earlier }: DataEvent): void {
    this.carried.push({ from: offset, to: offset + bytes.length, packet, earlier });
  }

  /** The next `length` bytes of the plain stream. */
  addPlain(length: number, sent: SentRange): void {
    this.plain.push({ from: this.end, to: this.end + length, sent });
    this.end += length;
  }

  /** Bytes are missing in the plain stream. */
  addGap(length: number): void {
    this.end += length;
  }

  /** The packets that carried the next `length` bytes of the plain stream, in the order of the stream. */
  take(length: number): number[] {
    const range = { from: this.taken, to: this.taken + length };
    const packets = new Set<number>();
    for (const part of this.plain.overlapping(range)) {
      const sent = sentPart(part, range);
      if (!this.opened) this.addOpening(sent.from, this.handshake);
      this.opened ||= isRecord(part);
      this.sentTaken = sent.to;
      for (const { packet, earlier = [] } of this.carried.overlapping(sent)) {
        for (const one of earlier) packets.add(one);
        packets.add(packet);
      }
    }
    this.taken = range.to;
    const next = this.plain.forget(range.to);
    // The end of a record can hold what comes next too.
    this.carried.forget(next === undefined ? this.sentTaken : sentPart(next, { from: range.to, to: next.to }).from);
    return [...packets];
  }

  /**
   * The packets of TLS's handshake, without which nothing else can be decrypted: those that came
   * before the first bytes out of TLS and carried none in clear.
   */
  opening(): Iterable<number> {
    if (this.opened) return this.handshake;
    const packets = new Set(this.handshake);
    this.addOpening(Infinity, packets);
    return packets;
  }

  /** Packets of what was passed over since something was taken. */
  private addOpening(to: number, packets: Set<number>): void {
    for (const { packet } of this.carried.overlapping({ from: this.sentTaken, to })) {
      if (packets.size < mostOpening) packets.add(packet);
    }
  }
}

/** What came out of a record is less than it. */
const isRecord = ({ from, to, sent }: Plain): boolean => sent.to - sent.from !== to - from;

/** Where a part of the plain stream was sent: a record of TLS is not divided. */
function sentPart({ from, to, sent }: Plain, range: SentRange): SentRange {
  if (isRecord({ from, to, sent })) return sent;
  return { from: sent.from + Math.max(range.from - from, 0), to: sent.to - Math.max(to - range.to, 0) };
}
