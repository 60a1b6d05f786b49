import type { BgraPixels } from "./pixel-colors.js";
import { PlanarFormat } from "./planar-decompressor.js";

export interface PlanarCompressorOptions {
  /** Sends the alpha plane; without it pixels are opaque. */
  readonly alpha?: boolean;
  /** Sends the lowest row first, as bitmap updates need it; otherwise the top one. */
  readonly bottomUp?: boolean;
}

const shortestRun = 3;

/** Where what is written ends up, and how far it has got. */
class PlaneWriter {
  readonly bytes: Uint8Array;
  at: number;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.at = 1;
  }

  /** A row as segments. Past the end of memory nothing is kept. */
  row(values: Uint8Array): void {
    const { length } = values;
    let last = 0;
    let from = 0;
    for (let at = 0; at < length;) {
      let same = at;
      while (same < length && values[same] === last) same++;
      if (same - at >= shortestRun) {
        this.segments(values, from, at, same - at);
        from = at = same;
      } else {
        at = same;
        if (at < length) last = values[at++] as number;
      }
    }
    if (from < length) this.segments(values, from, length, 0);
  }

  /** Values as they are, then a run of 3 or more of the last one, or none. */
  private segments(values: Uint8Array, from: number, to: number, run: number): void {
    let at = from;
    for (; to - at > 15; at += 15) this.segment(values, at, at + 15, 0);
    let left = run;
    if (to > at) {
      const first = part(left, 15);
      this.segment(values, at, to, first);
      left -= first;
    }
    while (left > 0) {
      const next = part(left, 47);
      const control = next < 16 ? next : next < 32 ? ((next - 16) << 4) | 1 : ((next - 32) << 4) | 2;
      this.bytes[this.at++] = control;
      left -= next;
    }
  }

  private segment(values: Uint8Array, from: number, to: number, run: number): void {
    const { bytes } = this;
    let { at } = this;
    bytes[at++] = ((to - from) << 4) | run;
    for (let next = from; next < to; next++) bytes[at++] = values[next] as number;
    this.at = at;
  }
}

/** How much of a run to write at once, so that what is left is none or long enough. */
const part = (run: number, most: number): number =>
  run <= most ? run : run - most < shortestRun ? run - shortestRun : most;

/** One channel of a row, or how it differs from the row sent before. */
function takeRow(pixels: BgraPixels, channel: number, row: number, before: number, into: Uint8Array): void {
  const { bgra, offset = 0, stride, width } = pixels;
  let at = offset + row * stride + channel;
  if (before < 0) {
    for (let to = 0; to < width; to++, at += 4) into[to] = bgra[at] as number;
    return;
  }
  const distance = (before - row) * stride;
  for (let to = 0; to < width; to++, at += 4) {
    const delta = (((bgra[at] as number) - (bgra[at + distance] as number)) << 24) >> 24;
    into[to] = (delta << 1) ^ (delta >> 7);
  }
}

/**
 * A planar bitmap without loss of color, [MS-RDPEGDI] 2.2.2.5.1 and 3.1.9.3: planes as run-length
 * segments, or as they are where that is shorter. At most 2 bytes longer than the planes.
 */
export function compressPlanar(pixels: BgraPixels, options: PlanarCompressorOptions = {}): Uint8Array {
  const { width, height } = pixels;
  const { alpha = false, bottomUp = false } = options;
  const channels = alpha ? [3, 2, 1, 0] : [2, 1, 0];
  const format = alpha ? 0 : PlanarFormat.noAlpha;
  const rawSize = 2 + channels.length * width * height;
  const row = new Uint8Array(width);
  const writer = new PlaneWriter(rawSize);
  const sent = (index: number): number => (bottomUp ? height - 1 - index : index);
  for (const channel of channels) {
    for (let index = 0; index < height && writer.at < rawSize; index++) {
      takeRow(pixels, channel, sent(index), index === 0 ? -1 : sent(index - 1), row);
      writer.row(row);
    }
  }
  if (writer.at < rawSize) {
    writer.bytes[0] = format | PlanarFormat.runLength;
    return writer.bytes.slice(0, writer.at);
  }
  const raw = new Uint8Array(rawSize);
  raw[0] = format;
  let at = 1;
  for (const channel of channels) {
    for (let index = 0; index < height; index++, at += width) {
      takeRow(pixels, channel, sent(index), -1, raw.subarray(at, at + width));
    }
  }
  return raw;
}
