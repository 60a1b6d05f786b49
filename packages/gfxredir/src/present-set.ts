/** A present that waits for its acknowledgement. */
export interface WaitingPresent {
  readonly windowId: bigint;
  readonly presentId: bigint;
  readonly bufferId: bigint;
}

/**
 * The presents that wait, by window. A set and not a counter: acknowledgements come in any order, come
 * twice, or never, and an id may be used again.
 */
export interface PresentSet {
  readonly size: number;
  readonly byWindow: ReadonlyMap<bigint, readonly WaitingPresent[]>;
}

export const noPresents: PresentSet = { size: 0, byWindow: new Map() };

/** How many presents of a window wait. */
export const pendingOf = (set: PresentSet, windowId: bigint): number => set.byWindow.get(windowId)?.length ?? 0;

/** The oldest present of a window with this id. */
export const findPresent = (set: PresentSet, windowId: bigint, presentId: bigint): WaitingPresent | undefined =>
  set.byWindow.get(windowId)?.find((present) => present.presentId === presentId);

/** The presents of a buffer that wait. */
export function presentsOf(set: PresentSet, bufferId: bigint): WaitingPresent[] {
  const found: WaitingPresent[] = [];
  for (const presents of set.byWindow.values())
    for (const present of presents) if (present.bufferId === bufferId) found.push(present);
  return found;
}

export const isInFlight = (set: PresentSet, bufferId: bigint): boolean => presentsOf(set, bufferId).length > 0;

export function withPresent(set: PresentSet, present: WaitingPresent): PresentSet {
  const byWindow = new Map(set.byWindow);
  byWindow.set(present.windowId, [...(set.byWindow.get(present.windowId) ?? []), present]);
  return { size: set.size + 1, byWindow };
}

/** The set without these, which are members of it. */
export function withoutPresents(set: PresentSet, gone: readonly WaitingPresent[]): PresentSet {
  if (gone.length === 0) return set;
  const byWindow = new Map(set.byWindow);
  for (const present of gone) {
    const left = byWindow.get(present.windowId)?.filter((other) => other !== present) ?? [];
    if (left.length === 0) byWindow.delete(present.windowId);
    else byWindow.set(present.windowId, left);
  }
  return { size: set.size - gone.length, byWindow };
}
