/** What a process that ends without closing its sections still has to take away. */
const removals = new Set<() => void>();
let waits = false;

/** Calls `removal` when the process exits in order; signals that end it do not count. */
export function removeAtExit(removal: () => void): void {
  removals.add(removal);
  if (waits) return;
  waits = true;
  process.once("exit", () => {
    for (const one of removals) one();
  });
}

/** Calls it no more. */
export const keepAtExit = (removal: () => void): void => void removals.delete(removal);
