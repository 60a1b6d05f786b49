import type { Loss } from "./record-stream.js";

/** When something was seen. */
export interface TlsMoment {
  /** Nanoseconds since 1970-01-01, as the capture has them. */
  readonly time: bigint;
  /** The number of the packet. */
  readonly packet: number;
}

/** Where bytes stood in the stream of their direction, as it was sent: gaps and TLS count. */
export interface SentRange {
  readonly from: number;
  readonly to: number;
}

/** A bound on what waits; several connections may share it. */
export interface HeldBytes {
  /** Bytes that wait now. */
  used: number;
  readonly limit: number;
}

/** A record, or what makes none, that waits. */
export interface HeldItem {
  /** Counts over both directions. */
  readonly order: number;
  readonly moment: TlsMoment;
  readonly sent: SentRange;
  readonly item: Uint8Array | Loss;
}

/** What an item costs beside its bytes. */
const overhead = 128;
const costOf = ({ item }: HeldItem): number =>
  overhead + (item instanceof Uint8Array ? item.length : item.bytes.length);

/** Records of one direction that wait for a key or for the other side. */
export class HeldRecords {
  readonly #budget: HeldBytes;
  #items: HeldItem[] = [];
  #first = 0;

  constructor(budget: HeldBytes) {
    this.#budget = budget;
  }

  get head(): HeldItem | undefined {
    return this.#items[this.#first];
  }

  /** Keeps a copy. */
  push(order: number, { time, packet }: TlsMoment, sent: SentRange, item: Uint8Array | Loss): void {
    const copy = item instanceof Uint8Array ? item.slice() : { ...item, bytes: item.bytes.slice() };
    const held = { order, moment: { time, packet }, sent, item: copy };
    this.#items.push(held);
    this.#budget.used += costOf(held);
  }

  shift(): void {
    const { head } = this;
    if (head === undefined) return;
    this.#budget.used -= costOf(head);
    this.#first++;
    if (this.#first < 1024 && this.head !== undefined) return;
    // Cut now and then, not each time: that would move all that follow.
    this.#items = this.#items.slice(this.#first);
    this.#first = 0;
  }
}
