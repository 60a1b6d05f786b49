/** Timers that end together. */
export class Timers {
  private readonly running = new Set<NodeJS.Timeout>();

  after(milliseconds: number, action: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.running.delete(timer);
      action();
    }, milliseconds);
    this.running.add(timer);
    return timer;
  }

  /** The action is not wanted any more. */
  drop(timer: NodeJS.Timeout | undefined): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    this.running.delete(timer);
  }

  clear(): void {
    for (const timer of this.running) clearTimeout(timer);
    this.running.clear();
  }
}
