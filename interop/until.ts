const step = 50;

/**
 * Waits until something holds, and gives it. The machine may be busy: the time is long, and only a
 * failure takes all of it.
 */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  { timeout = 40_000, detail }: { timeout?: number; detail?: () => string } = {},
): Promise<Value> {
  const end = performance.now() + timeout;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > end) {
      throw new Error(`${what}: not within ${timeout} ms${detail === undefined ? "" : `; ${detail()}`}`);
    }
    await pause(step);
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
