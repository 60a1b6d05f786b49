/** Block numbers are one byte and wrap. */
const blockNumbers = 256;

/** What a confirm of the client meant. */
export type Confirmed =
  /** The first one of a block: it arrived. */
  | { readonly kind: "received"; readonly latency: number }
  /** The second one: it was played. */
  | { readonly kind: "played"; readonly latency: number }
  /** A block that was not sent, or was confirmed twice already: it counts for nothing. */
  | { readonly kind: "unexpected" };

/** Averages since the last report, in the unit of the times handed in. */
export interface LatencyReport {
  /** From submission to the first confirm; undefined if none came. */
  readonly network: number | undefined;
  /** From submission to the second confirm; undefined if none came. */
  readonly played: number | undefined;
  /** What a sound system should be told: see {@link LatencyMeter.report}. */
  readonly latency: number;
}

export interface LatencyOptions {
  /**
   * `wslg` holds a block to be in flight until its second confirm, as WSLg's server does: with a
   * client that confirms once, as [MS-RDPEA] 3.2.5.2.1.6 has it, no block ever comes back. By
   * default the first confirm takes it out of flight.
   */
  readonly compat?: "wslg";
}

interface Block {
  submitted: number;
  confirms: 0 | 1 | 2;
  /** Sent before the last reset: its times say nothing about now. */
  stale: boolean;
}

/** A mean that can be taken and started anew. */
class Mean {
  private sum = 0;
  private samples = 0;

  add(sample: number): void {
    this.sum += sample;
    this.samples++;
  }

  take(): number | undefined {
    const mean = this.samples === 0 ? undefined : this.sum / this.samples;
    this.sum = this.samples = 0;
    return mean;
  }
}

/**
 * Latency and flow of audio output: which blocks are on their way, how long they take to arrive
 * and to be played. Clients confirm a block once or twice (see `WaveConfirm`). It has no clock:
 * times are handed in, in any one unit, and need not start at 0. Memory is that of 256 blocks.
 */
export class LatencyMeter {
  private readonly blocks = new Array<Block | undefined>(blockNumbers).fill(undefined);
  private readonly confirmsNeeded: 1 | 2;
  private network = new Mean();
  private played = new Mean();
  private last = 0;
  private twice = false;
  private count = 0;

  constructor(options: LatencyOptions = {}) {
    this.confirmsNeeded = options.compat === "wslg" ? 2 : 1;
  }

  /** Blocks submitted and not yet confirmed as often as needed, 0 to 256; for flow control. */
  get inFlight(): number {
    return this.count;
  }

  /**
   * A block is sent, or its data was handed over, at this time. If its number is still in flight
   * from 256 blocks ago, that older block is given up.
   */
  submit(blockNo: number, at: number): void {
    const index = blockNo % blockNumbers;
    if (!this.isInFlight(this.blocks[index])) this.count++;
    this.blocks[index] = { submitted: at, confirms: 0, stale: false };
  }

  /** The client confirmed a block at this time. */
  confirm(blockNo: number, at: number): Confirmed {
    const block = this.blocks[blockNo % blockNumbers];
    if (block === undefined || block.confirms === 2) return { kind: "unexpected" };
    block.confirms = block.confirms === 0 ? 1 : 2;
    if (block.confirms === this.confirmsNeeded) this.count--;
    const latency = at - block.submitted;
    const kind = block.confirms === 1 ? "received" : "played";
    if (kind === "played") this.twice = true;
    if (!block.stale) (kind === "played" ? this.played : this.network).add(latency);
    return { kind, latency };
  }

  /**
   * The averages since the last report, and the latency: the time between arriving and being
   * played if the client tells both; the time to the only confirm if it never tells the second.
   * Without new samples it is that of the last report, 0 at first.
   */
  report(): LatencyReport {
    const [network, played] = [this.network.take(), this.played.take()];
    if (played !== undefined && network !== undefined) {
      if (played > network) this.last = played - network;
    } else if (network !== undefined && !this.twice && this.confirmsNeeded === 1) this.last = network;
    return { network, played, latency: this.last };
  }

  /**
   * Forgets all samples, and ignores those of blocks that are on their way: playing starts anew.
   * They still come back into `inFlight`.
   */
  reset(): void {
    for (const block of this.blocks) if (block !== undefined) block.stale = true;
    this.network = new Mean();
    this.played = new Mean();
    this.last = 0;
  }

  private isInFlight(block: Block | undefined): boolean {
    return block !== undefined && block.confirms < this.confirmsNeeded;
  }
}
