import type { Key } from "./pair.js";

/** A first message of a pair, as far as it is remembered. */
export interface Waiting {
  readonly packet: number;
  readonly name: string;
  readonly time: bigint;
  /** How many second messages have come. */
  seconds: number;
}

/** First messages of one pair on one channel; at most `limit`, one more makes the oldest be forgotten. */
export class Pending {
  private readonly limit: number;
  private readonly waiting = new Map<Key, Waiting[]>();
  private count = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** One more first message. With `replaces` it stands for its key alone. */
  add(key: Key, waiting: Waiting, replaces: boolean): void {
    const same = this.waiting.get(key);
    if (same === undefined || replaces) {
      this.forget(key);
      this.waiting.set(key, [waiting]);
    } else same.push(waiting);
    this.count++;
    if (this.count > this.limit) this.dropOldest();
  }

  /** The oldest that waits under the key. It is forgotten, unless it is to be kept. */
  take(key: Key, keep: boolean): Waiting | undefined {
    const same = this.waiting.get(key);
    const oldest = same?.[0];
    if (oldest === undefined || same === undefined) return undefined;
    oldest.seconds++;
    if (!keep) {
      same.shift();
      this.count--;
      if (same.length === 0) this.waiting.delete(key);
    }
    return oldest;
  }

  private forget(key: Key): void {
    this.count -= this.waiting.get(key)?.length ?? 0;
    this.waiting.delete(key);
  }

  private dropOldest(): void {
    const key = this.waiting.keys().next();
    if (key.done !== true) this.take(key.value, false);
  }
}
