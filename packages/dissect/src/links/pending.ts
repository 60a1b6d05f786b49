import type { Key } from "./pair.js";

/** A first message of a pair, as far as it is remembered. */
export interface Waiting {
  readonly packet: number;
  readonly name: string;
  readonly time: bigint;
  /** How many second messages have come. */
  readonly seconds: number;
}

/** Where a chain of slots ends. */
const nowhere = -1;

/**
 * First messages of one pair on one channel; at most `limit`, one more makes the oldest be forgotten.
 *
 * What is remembered stands in slots that are used again: objects would live long enough to be moved
 * out of the young generation, message after message, and be collected late.
 */
export class Pending {
  private readonly limit: number;
  /** By key, the slot of the oldest. */
  private readonly oldest = new Map<Key, number>();
  private count = 0;
  private readonly packets: number[] = [];
  private readonly names: string[] = [];
  private readonly times: bigint[] = [];
  private readonly seconds: number[] = [];
  /** The slot of the next one with the same key, or the next unused one. */
  private readonly next: number[] = [];
  /** Of the oldest of a key, the slot of the youngest. */
  private readonly youngest: number[] = [];
  private unused = nowhere;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** One more first message. With `replaces` it stands for its key alone. */
  add(key: Key, packet: number, name: string, time: bigint, replaces: boolean): void {
    if (replaces) while (this.drop(key));
    const slot = this.slot();
    this.packets[slot] = packet;
    this.names[slot] = name;
    this.times[slot] = time;
    this.seconds[slot] = 0;
    this.next[slot] = nowhere;
    const first = this.oldest.get(key);
    if (first === undefined) {
      this.oldest.set(key, slot);
      this.youngest[slot] = slot;
    } else {
      this.next[this.youngest[first] ?? first] = slot;
      this.youngest[first] = slot;
    }
    this.count++;
    if (this.count > this.limit) this.dropOldest();
  }

  /** The oldest that waits under the key. It is forgotten, unless it is to be kept. */
  take(key: Key, keep: boolean): Waiting | undefined {
    const slot = this.oldest.get(key);
    if (slot === undefined) return undefined;
    const seconds = (this.seconds[slot] ?? 0) + 1;
    this.seconds[slot] = seconds;
    const waiting = {
      packet: this.packets[slot] ?? 0,
      name: this.names[slot] ?? "",
      time: this.times[slot] ?? 0n,
      seconds,
    };
    if (!keep) this.drop(key);
    return waiting;
  }

  /** Forgets the oldest of a key; false if there is none. */
  private drop(key: Key): boolean {
    const slot = this.oldest.get(key);
    if (slot === undefined) return false;
    const next = this.next[slot] ?? nowhere;
    if (next === nowhere) this.oldest.delete(key);
    else {
      this.oldest.set(key, next);
      this.youngest[next] = this.youngest[slot] ?? next;
    }
    this.next[slot] = this.unused;
    this.unused = slot;
    this.count--;
    return true;
  }

  /** A slot that is not used, or a new one. */
  private slot(): number {
    const slot = this.unused;
    if (slot === nowhere) return this.next.length;
    this.unused = this.next[slot] ?? nowhere;
    return slot;
  }

  private dropOldest(): void {
    const key = this.oldest.keys().next();
    if (key.done !== true) this.drop(key.value);
  }
}
