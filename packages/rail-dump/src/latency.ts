import type { Selection } from "./channels.js";
import type { ReadRecord } from "./connection-reading.js";
import { delayText } from "./link-text.js";
import { ListedLinks } from "./listed-links.js";

/** Delays of a kind that are kept; of more, every second one, every fourth one and so on. */
const sampleLimit = 65_536;

/** Delays of one kind of answers, in nanoseconds. */
class Delays {
  count = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  private samples: number[] = [];
  private stride = 1;

  add(delay: number): void {
    if (this.count++ % this.stride === 0) {
      this.samples.push(delay);
      if (this.samples.length > sampleLimit) {
        this.samples = this.samples.filter((_, index) => index % 2 === 0);
        this.stride *= 2;
      }
    }
    this.min = Math.min(this.min, delay);
    this.max = Math.max(this.max, delay);
  }

  /** The lower one of the two in the middle. Of more than {@link sampleLimit} delays it is that of the ones kept. */
  get median(): number {
    const sorted = Float64Array.from(this.samples).sort();
    return sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  }
}

/** How long answers took, in seconds. */
export interface Latency {
  readonly count: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Measures the time between what was asked and what answered it, for each kind of answers. */
export class Latencies {
  private readonly links: ListedLinks;
  private readonly direction: Selection["direction"];
  private readonly kinds = new Map<string, Delays>();

  constructor(selection: Selection) {
    this.links = new ListedLinks(selection);
    this.direction = selection.direction;
  }

  /** The next record, in the order of the dissector. */
  add(record: ReadRecord): void {
    const link = this.links.link(record);
    if (link?.relation !== "answers" || (this.direction ?? record.direction) !== record.direction) return;
    const kind = link.nth === 1 ? link.kind : `${link.kind}, again`;
    let delays = this.kinds.get(kind);
    if (delays === undefined) this.kinds.set(kind, (delays = new Delays()));
    delays.add(Number(link.delay));
  }

  /** By kind, in the order of the alphabet. */
  rows(): [kind: string, latency: Latency][] {
    return [...this.kinds]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, { count, min, median, max }]) => [
        kind,
        { count, min: min / 1e9, median: median / 1e9, max: max / 1e9 },
      ]);
  }
}

const text = (seconds: number): string => delayText(BigInt(Math.round(seconds * 1e9)));

/** The figures as lines of a table, its heading first. */
export function latencyTable(rows: readonly [kind: string, latency: Latency][]): string[] {
  const line = (kind: string, ...cells: readonly string[]) =>
    kind.padEnd(32) + cells.map((cell) => cell.padStart(12)).join("");
  return [
    line("time to answer", "count", "least", "median", "most"),
    ...rows.map(([kind, { count, min, median, max }]) => line(kind, String(count), text(min), text(median), text(max))),
  ];
}
