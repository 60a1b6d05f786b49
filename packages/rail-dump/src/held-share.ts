import type { HeldBytes } from "@railvail/capture";

/** What one connection holds back, out of a bound that all share. */
export class HeldShare implements HeldBytes {
  private readonly all: HeldBytes;
  /** Bytes that this connection holds. */
  own = 0;

  constructor(all: HeldBytes) {
    this.all = all;
  }

  get limit(): number {
    return this.all.limit;
  }

  get used(): number {
    return this.all.used;
  }

  set used(used: number) {
    this.own += used - this.all.used;
    this.all.used = used;
  }
}
