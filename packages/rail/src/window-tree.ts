import type { RailWindow, WindowModel } from "./window-model-state.js";

/** A window and the windows it owns. */
export interface WindowNode {
  readonly window: RailWindow;
  readonly owned: readonly WindowNode[];
}

/**
 * The windows by owner. A window whose owner is unknown, the desktop or itself stands at the top;
 * so does the first window of a ring of owners. Each window is in the tree once.
 */
export function windowTree({ windows }: WindowModel): readonly WindowNode[] {
  const nodes = new Map<number, { window: RailWindow; owned: WindowNode[] }>();
  for (const window of windows.values()) nodes.set(window.windowId, { window, owned: [] });
  const ringless = new Set<number>();
  const roots: WindowNode[] = [];
  for (const [id, node] of nodes) {
    const owner = node.window.ownerWindowId === undefined ? undefined : nodes.get(node.window.ownerWindowId);
    if (owner === undefined || closesRing(windows, id, ringless)) roots.push(node);
    else owner.owned.push(node);
    ringless.add(id);
  }
  return roots;
}

/**
 * Whether following the owners from a window leads back to it through windows that were not
 * placed yet: then it is the first of its ring.
 */
function closesRing(windows: ReadonlyMap<number, RailWindow>, from: number, placed: ReadonlySet<number>): boolean {
  const seen = new Set<number>();
  let at = windows.get(from)?.ownerWindowId;
  while (at !== undefined && !placed.has(at) && !seen.has(at)) {
    if (at === from) return true;
    seen.add(at);
    at = windows.get(at)?.ownerWindowId;
  }
  return false;
}
