/** The longest wait of a Node timer, in milliseconds. */
const longest = 2 ** 31 - 1;

/** One timer that is set again and again. */
export class WakeTimer {
  private readonly now: () => number;
  private readonly fire: () => void;
  private at: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(now: () => number, fire: () => void) {
    this.now = now;
    this.fire = fire;
  }

  /** Undefined: not at all. */
  set(at: number | undefined): void {
    if (at === this.at) return;
    this.at = at;
    clearTimeout(this.timer);
    this.timer = undefined;
    if (at !== undefined) this.arm(at);
  }

  private arm(at: number): void {
    const delay = Math.min(Math.max(0, Math.ceil(at - this.now())), longest);
    this.timer = setTimeout(() => {
      // Timers may be early by part of a millisecond, and long waits come in pieces.
      if (this.now() < at) {
        this.arm(at);
        return;
      }
      this.at = undefined;
      this.timer = undefined;
      this.fire();
    }, delay);
  }
}
