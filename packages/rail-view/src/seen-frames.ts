import type { ViewerEvent } from "@railvail/session";

type Frame = Extract<ViewerEvent, { readonly type: "frame" }>;

const nameOf = ({ windowId, path }: Frame): string =>
  `${windowId === undefined ? "desktop" : `window ${windowId}`} (${path})`;

/** Counts frames, by what they are of and the way they came. */
export class SeenFrames {
  total = 0;
  private readonly ways = new Set<Frame["path"]>();
  private readonly counts = new Map<string, number>();

  isFirst(frame: Frame): boolean {
    return !this.counts.has(nameOf(frame));
  }

  count(frame: Frame): void {
    const name = nameOf(frame);
    this.total++;
    this.ways.add(frame.path);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** Whether any came this way. */
  came(path: Frame["path"]): boolean {
    return this.ways.has(path);
  }

  lines(): string[] {
    return [...this.counts].map(([name, count]) => `${count} frame${count === 1 ? "" : "s"} of ${name}`);
  }
}
