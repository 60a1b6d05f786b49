import type { Box } from "./box.js";
import { combineSpans, sameSpans, type Keep, type Spans } from "./spans.js";

/** Corners in pixels; `right` and `bottom` outside. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The corners of a box. */
export const corners = ({ left, top, width, height }: Box): Rectangle => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

/** Rows with the same spans. */
interface Band {
  readonly top: number;
  readonly bottom: number;
  readonly spans: Spans;
}

/** Regions that grow by `add` have no more rectangles than this. */
export const rectangleLimit = 64;

/**
 * A set of pixels as rectangles that do not overlap; immutable. Two regions of the same pixels have
 * the same rectangles: from the top down, each as wide as it can be.
 */
export class Region {
  static readonly empty: Region = new Region([]);

  /** Bands from the top down; none is empty, and those that touch differ. */
  private readonly bands: readonly Band[];

  private constructor(bands: readonly Band[]) {
    this.bands = bands;
  }

  /** The pixels of any of the rectangles; one that is cut by a pixel has all of it. */
  static of(...rectangles: readonly Rectangle[]): Region {
    return rectangles.reduce((all, each) => all.combine(Region.single(each), either), Region.empty);
  }

  private static single(rectangle: Rectangle): Region {
    const [left, top] = [Math.floor(rectangle.left), Math.floor(rectangle.top)];
    const [right, bottom] = [Math.ceil(rectangle.right), Math.ceil(rectangle.bottom)];
    return right > left && bottom > top ? new Region([{ top, bottom, spans: [left, right] }]) : Region.empty;
  }

  private static from(of: Region | Rectangle): Region {
    return of instanceof Region ? of : Region.single(of);
  }

  get isEmpty(): boolean {
    return this.bands.length === 0;
  }

  /** How many rectangles there are. */
  get count(): number {
    return this.bands.reduce((sum, { spans }) => sum + spans.length / 2, 0);
  }

  get rectangles(): Rectangle[] {
    const all: Rectangle[] = [];
    for (const { top, bottom, spans } of this.bands) {
      for (let at = 0; at < spans.length; at += 2) {
        all.push({ left: spans[at] as number, top, right: spans[at + 1] as number, bottom });
      }
    }
    return all;
  }

  /** The rectangle around all; an empty one at the origin if there is nothing. */
  get bounds(): Rectangle {
    const [first] = this.bands;
    const last = this.bands.at(-1);
    if (first === undefined || last === undefined) return { left: 0, top: 0, right: 0, bottom: 0 };
    return {
      left: Math.min(...this.bands.map(({ spans }) => spans[0] as number)),
      top: first.top,
      right: Math.max(...this.bands.map(({ spans }) => spans.at(-1) as number)),
      bottom: last.bottom,
    };
  }

  /** How many pixels there are. */
  get area(): number {
    return this.rectangles.reduce((sum, { left, top, right, bottom }) => sum + (right - left) * (bottom - top), 0);
  }

  /**
   * These pixels and others. If that takes more rectangles than `limit`, there are some more pixels
   * in it, so that fewer do.
   */
  add(other: Region | Rectangle, limit: number = rectangleLimit): Region {
    return this.combine(Region.from(other), either).atMost(limit);
  }

  /** These pixels without others. */
  subtract(other: Region | Rectangle): Region {
    return this.combine(Region.from(other), onlyFirst);
  }

  /** The pixels in both. */
  intersect(other: Region | Rectangle): Region {
    return this.combine(Region.from(other), both);
  }

  /** The same pixels elsewhere. */
  moved(x: number, y: number): Region {
    return new Region(
      this.bands.map(({ top, bottom, spans }) => ({
        top: top + y,
        bottom: bottom + y,
        spans: spans.map((edge) => edge + x),
      })),
    );
  }

  /** All these pixels in at most `limit` rectangles (1 or more), with others between them if need be. */
  atMost(limit: number): Region {
    if (this.count <= limit) return this;
    const together = Math.ceil(this.bands.length / limit);
    const fewer: Band[] = [];
    for (let at = 0; at < this.bands.length; at += together) {
      const { left, top, right, bottom } = new Region(this.bands.slice(at, at + together)).bounds;
      pushBand(fewer, { top, bottom, spans: [left, right] });
    }
    return new Region(fewer);
  }

  private combine(other: Region, keep: Keep): Region {
    const bands: Band[] = [];
    const edges = [...this.bands, ...other.bands].flatMap(({ top, bottom }) => [top, bottom]).sort((a, b) => a - b);
    let [i, j] = [0, 0];
    for (let at = 0; at + 1 < edges.length; at++) {
      const top = edges[at] as number;
      const bottom = edges[at + 1] as number;
      if (top === bottom) continue;
      while (i < this.bands.length && (this.bands[i] as Band).bottom <= top) i++;
      while (j < other.bands.length && (other.bands[j] as Band).bottom <= top) j++;
      const spans = combineSpans(spansAt(this.bands[i], top), spansAt(other.bands[j], top), keep);
      pushBand(bands, { top, bottom, spans });
    }
    return new Region(bands);
  }
}

const either: Keep = (inFirst, inSecond) => inFirst || inSecond;
const both: Keep = (inFirst, inSecond) => inFirst && inSecond;
const onlyFirst: Keep = (inFirst, inSecond) => inFirst && !inSecond;

const spansAt = (band: Band | undefined, row: number): Spans =>
  band === undefined || band.top > row ? [] : band.spans;

/** Adds a band below the others, or makes the last one higher. */
function pushBand(bands: Band[], band: Band): void {
  if (band.spans.length === 0) return;
  const last = bands.at(-1);
  if (last === undefined || last.bottom !== band.top || !sameSpans(last.spans, band.spans)) bands.push(band);
  else bands[bands.length - 1] = { ...last, bottom: band.bottom };
}
