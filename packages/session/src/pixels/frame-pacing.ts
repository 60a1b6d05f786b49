/** How long an acknowledgement may take before it is not waited for any more, in milliseconds. */
const usualPatience = 2000;

/**
 * Says when the next frame may be sent: when the client has shown those before, or all but a few of
 * them, [MS-RDPRFX] 2.2.3.1. Times are the caller's clock in milliseconds.
 */
export class FramePacing {
  private readonly most: number | undefined;
  private readonly patience: number;
  /** Frames that the client has not shown, oldest first, and when they were begun. */
  private readonly sent = new Map<number, number>();
  private lastId = 0;

  /** `most` is `UpdateChoice.maximumFrames`: undefined if the client acknowledges nothing. */
  constructor(most: number | undefined, patience: number = usualPatience) {
    this.most = most;
    this.patience = patience;
  }

  /** Frames that the client has not shown yet. */
  get outstanding(): number {
    return this.sent.size;
  }

  /** When `mayBegin` may be true without anything from the client; undefined if it is true, or never will be. */
  get wakeAt(): number | undefined {
    const [oldest] = this.sent.values();
    return oldest === undefined || this.most === undefined || this.sent.size < this.most
      ? undefined
      : oldest + this.patience;
  }

  /**
   * Whether a frame may be begun. `congested`: bytes that were sent before still wait to be written;
   * for a client that acknowledges nothing, that is all that is known.
   */
  mayBegin(congested: boolean, now: number): boolean {
    if (congested) return false;
    if (this.most === undefined) return true;
    for (const [frameId, begun] of this.sent) {
      // A client that has stopped to answer is not to wait for ever.
      if (now - begun >= this.patience) this.sent.delete(frameId);
    }
    return this.sent.size < this.most;
  }

  /** Begins a frame: its id, from 1. */
  begin(now: number): number {
    this.lastId = (this.lastId % 0xffff_ffff) + 1;
    if (this.most !== undefined) {
      // No more are kept than are allowed, even if the caller did not ask.
      for (const [oldest] of this.sent) if (this.sent.size >= this.most) this.sent.delete(oldest);
      this.sent.set(this.lastId, now);
    }
    return this.lastId;
  }

  /**
   * The client has shown a frame, and with it all before it. False if it is none that it was waited
   * for.
   */
  acknowledged(frameId: number): boolean {
    if (!this.sent.has(frameId)) return false;
    for (const [earlier] of this.sent) {
      this.sent.delete(earlier);
      if (earlier === frameId) break;
    }
    return true;
  }
}
