import { OrderCode } from "./interleaved-format.js";
import { maskForms, maskHeaderSize, OrderWriter, runForms, runHeaderSize } from "./interleaved-orders.js";
import { bytesPerPixel, whitePixel } from "./pixel-depth.js";

const longestRun = 0xffff;
/** A run of so many pixels is taken without a look at what a mask would do. */
const clearRun = 16;

/**
 * The bitmap as {@link decompressInterleaved} reads it, or undefined if that is not shorter than the
 * pixels without row padding. `values` are pixels as numbers, rows from the bottom.
 *
 * Greedy: at each pixel the order that spares most bytes. Time is linear in the pixels.
 */
export function compressInterleaved(
  values: Uint32Array,
  width: number,
  bitsPerPixel: 8 | 15 | 16 | 24,
): Uint8Array | undefined {
  return new InterleavedCompressor(values, width, bitsPerPixel).compress();
}

/** The pixels and how far they are written. */
class InterleavedCompressor {
  private readonly values: Uint32Array;
  private readonly width: number;
  private readonly size: number;
  private readonly white: number;
  private readonly writer: OrderWriter;
  private foreground: number;
  /** Pixels from here to `at` are not written yet. */
  private pending = 0;
  private at = 0;
  /** The order before was a background run: one more would begin with a foreground pixel. */
  private afterBackground = false;

  constructor(values: Uint32Array, width: number, bitsPerPixel: number) {
    this.values = values;
    this.width = width;
    this.size = bytesPerPixel(bitsPerPixel) ?? 1;
    this.white = whitePixel(bitsPerPixel);
    this.foreground = this.white;
    this.writer = new OrderWriter(new Uint8Array(values.length * this.size), this.size);
  }

  compress(): Uint8Array | undefined {
    const { values, width, writer } = this;
    const limit = writer.bytes.length;
    while (this.at < values.length) {
      if (this.at === width) this.afterBackground = false;
      if (!this.takeRun() && !this.takeMask() && !this.takeSingle()) this.at++;
      if (writer.at + (this.at - this.pending) * this.size >= limit) return undefined;
    }
    this.flush();
    return writer.at < limit ? writer.bytes.slice(0, writer.at) : undefined;
  }

  /** Where orders that look at the row above have to end: they must not go from the first row to the second. */
  private stop(): number {
    const { at, width, values } = this;
    return Math.min(at < width ? width : values.length, at + longestRun);
  }

  /** Up to where pixels differ from those above by exactly `difference`. */
  private differsTo(from: number, stop: number, difference: number): number {
    const { values, width } = this;
    let at = from;
    if (at < width) while (at < stop && values[at] === difference) at++;
    else while (at < stop && ((values[at] as number) ^ (values[at - width] as number)) === difference) at++;
    return at;
  }

  private difference(at: number): number {
    const { values, width } = this;
    return at < width ? (values[at] as number) : (values[at] as number) ^ (values[at - width] as number);
  }

  /** Bytes that an order has to spare: it makes the pixels that are not written yet an order of their own. */
  private least(): number {
    return this.at > this.pending ? 2 : 1;
  }

  private takeRun(): boolean {
    const { at, values, size, foreground } = this;
    const stop = this.stop();
    const difference = this.difference(at);
    const inserts = this.afterBackground && at === this.pending;
    let kind = 0;
    let best = this.least() - 1;
    let end = at;
    // As the row above; after a background run there is one pixel of the foreground before.
    if (difference === (inserts ? foreground : 0)) {
      const to = this.differsTo(at + 1, stop, 0);
      const spared = (to - at) * size - runHeaderSize(runForms.background, to - at);
      if (spared > best) {
        best = spared;
        kind = 1;
        end = to;
      }
    }
    if (difference !== 0) {
      const to = this.differsTo(at + 1, stop, difference);
      const known = difference === foreground;
      const header = runHeaderSize(known ? runForms.foreground : runForms.setForeground, to - at);
      const spared = (to - at) * size - header - (known ? 0 : size);
      if (spared > best) {
        best = spared;
        kind = known ? 2 : 3;
        end = to;
      }
    }
    const last = Math.min(values.length, at + longestRun);
    const value = values[at];
    let same = at + 1;
    while (same < last && values[same] === value) same++;
    const spared = (same - at - 1) * size - runHeaderSize(runForms.colorRun, same - at);
    if (spared > best) {
      best = spared;
      kind = 4;
      end = same;
    }
    if (same === at + 1) {
      let turns = at + 2;
      while (turns < last && values[turns] === values[turns - 2]) turns++;
      const pairs = (turns - at) >> 1;
      const spared = (pairs - 1) * 2 * size - runHeaderSize(runForms.dithered, pairs);
      if (spared > best) {
        kind = 5;
        end = at + pairs * 2;
      }
    }
    if (kind === 0) return false;
    if (end - at < clearRun && this.takeMask(best)) return true;
    this.flush();
    this.writeRun(kind, end, difference);
    return true;
  }

  private writeRun(kind: number, end: number, difference: number): void {
    const { writer, values, at } = this;
    const run = end - at;
    this.afterBackground = kind === 1;
    if (kind === 1) writer.run(runForms.background, run);
    else if (kind === 2) writer.run(runForms.foreground, run);
    else if (kind === 3) {
      writer.run(runForms.setForeground, run);
      writer.pixel(difference);
      this.foreground = difference;
    } else if (kind === 4) {
      writer.run(runForms.colorRun, run);
      writer.pixel(values[at] as number);
    } else {
      writer.run(runForms.dithered, run >> 1);
      writer.pixel(values[at] as number);
      writer.pixel(values[at + 1] as number);
    }
    this.at = this.pending = end;
  }

  /** A mask, if it spares more than `best` bytes; it ends where a long run begins. */
  private takeMask(best = this.least() - 1): boolean {
    const { at, size } = this;
    const stop = this.stop();
    let color = 0;
    let before = -1;
    let repeated = 0;
    let end = at;
    for (; end < stop && repeated < clearRun; end++) {
      const difference = this.difference(end);
      if (difference !== 0) {
        if (color === 0) color = difference;
        else if (difference !== color) break;
      }
      repeated = difference === before ? repeated + 1 : 1;
      before = difference;
    }
    if (repeated >= clearRun) end -= repeated;
    if (color === 0 || end - at < 2) return false;
    const known = color === this.foreground;
    const form = known ? maskForms.mask : maskForms.setMask;
    // A mask of whole bytes has the shorter header.
    if (end - at > 8 && (end - at) >> 3 < form.count) end -= (end - at) & 7;
    const run = end - at;
    const spared = run * size - maskHeaderSize(form, run) - ((run + 7) >> 3) - (known ? 0 : size);
    if (spared <= best) return false;
    this.flush();
    this.writer.mask(form, run);
    if (!known) this.writer.pixel(color);
    this.foreground = color;
    for (let next = at; next < end;) {
      let mask = 0;
      for (let bit = 0; bit < 8 && next < end; bit++, next++) if (this.difference(next) !== 0) mask |= 1 << bit;
      this.writer.byte(mask);
    }
    this.afterBackground = false;
    this.at = this.pending = end;
    return true;
  }

  /** White and black have orders of their own; they pay where no other pixels wait. */
  private takeSingle(): boolean {
    const { at, pending, values, white } = this;
    const value = values[at];
    if (at > pending || (value !== white && value !== 0)) return false;
    this.writer.byte(value === 0 ? OrderCode.black : OrderCode.white);
    this.afterBackground = false;
    this.at = this.pending = at + 1;
    return true;
  }

  /** Writes the pixels that wait as they are. */
  private flush(): void {
    const { writer, values, at } = this;
    while (this.pending < at) {
      const run = Math.min(at - this.pending, longestRun);
      writer.run(runForms.colorImage, run);
      for (const end = this.pending + run; this.pending < end; this.pending++) {
        writer.pixel(values[this.pending] as number);
      }
      this.afterBackground = false;
    }
  }
}
