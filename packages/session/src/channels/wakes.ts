import type { ChannelEnd } from "./channel-end.js";

/** When the first of these wants a tick. */
export function earliest(ends: Iterable<{ readonly wakeAt: number | undefined }>): number | undefined {
  let at: number | undefined;
  for (const { wakeAt } of ends) if (wakeAt !== undefined && (at === undefined || wakeAt < at)) at = wakeAt;
  return at;
}

export function tickDue(ends: Iterable<ChannelEnd>, now: number): void {
  // A tick may close channels, or lead to new ones.
  for (const end of Array.from(ends)) if (end.wakeAt !== undefined && end.wakeAt <= now) end.tick(now);
}
