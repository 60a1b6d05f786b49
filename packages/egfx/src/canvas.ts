import type { Point16 } from "./pdu/geometry.js";
import { PixelFormat } from "./pdu/pixel-format.js";
import { areaOf, bounded, including, intersection, isEmpty, moved, without, type Rectangle } from "./rectangles.js";
import type { RfxPainter } from "./rfx-pixels/rfx-painter.js";
import { uncompressedInto, type AlphaUse } from "./uncompressed.js";

/** Four bytes a pixel (R, G, B, A), rows from the top left, not padded. */
export interface Pixels {
  readonly width: number;
  readonly rgba: Uint8Array;
  /** Rectangles, not overlapping, in which the pixels are not what they should be. */
  readonly unknown: readonly Rectangle[];
}

/** The origin of a canvas. */
const topLeft: Point16 = { x: 0, y: 0 };

/** Where the pixels of a rectangle in row `y` begin and end. */
function row(width: number, { left, right }: Rectangle, y: number): readonly [number, number] {
  return [(y * width + left) * 4, (y * width + right) * 4];
}

/**
 * Pixels that can be drawn on, and the rectangles in which something could not be decoded.
 * Rectangles to draw in must lie inside.
 */
export class Canvas implements Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
  /** Whether pixels have alpha; if not, all of them are opaque. */
  readonly hasAlpha: boolean;
  unknown: readonly Rectangle[] = [];
  /** Whether opacity has come on its own. */
  private alphaDrawn = false;

  /** Allocates `width * height * 4` bytes: transparent black, or opaque black without alpha. */
  constructor(width: number, height: number, hasAlpha: boolean) {
    this.width = width;
    this.height = height;
    this.hasAlpha = hasAlpha;
    this.rgba = new Uint8Array(width * height * 4);
    if (!hasAlpha) this.fill(this.bounds, [0, 0, 0, 0xff]);
  }

  get bounds(): Rectangle {
    return { left: 0, top: 0, right: this.width, bottom: this.height };
  }

  /** The part of a rectangle that is on the canvas. */
  clip(rectangle: Rectangle): Rectangle {
    return intersection(rectangle, this.bounds);
  }

  /** Notes that what belongs here could not be decoded. */
  spoil(rectangle: Rectangle): void {
    this.unknown = including(this.unknown, this.clip(rectangle));
  }

  /** One color (R, G, B, A) everywhere in `into`. */
  fill(into: Rectangle, [red, green, blue, alpha]: readonly [number, number, number, number]): void {
    if (isEmpty(into)) return;
    // Four bytes at once; in which order they lie in a word does not matter.
    const [color = 0] = new Uint32Array(Uint8Array.of(red, green, blue, this.hasAlpha ? alpha : 0xff).buffer);
    const words = new Uint32Array(this.rgba.buffer);
    for (let y = into.top; y < into.bottom; y++) {
      words.fill(color, y * this.width + into.left, y * this.width + into.right);
    }
    this.known(into);
  }

  /** Pixels whose top left is put at `to`, as far as they land in `into`, which they must cover. */
  draw(from: Pixels, to: Point16, into: Rectangle): void {
    if (isEmpty(into)) return;
    const part = moved(into, to, topLeft);
    for (let y = into.top; y < into.bottom; y++) {
      const [first, last] = row(from.width, part, y - to.y);
      const [start, end] = row(this.width, into, y);
      this.rgba.set(from.rgba.subarray(first, last), start);
      this.dropAlpha(start, end);
    }
    this.known(into);
    for (const each of from.unknown) this.spoil(intersection(moved(each, topLeft, to), into));
  }

  /**
   * Pixels of the codec `uncompressed` for the rectangle `at`, as far as they land in `into`. Their alpha does not
   * count on a surface whose opacity comes by the codec `alpha`: [MS-RDPEGFX] 3.3.5.1. On others, for which the
   * specification leaves the opacity open, it is taken as it is. Throws `DecodeError`.
   */
  drawUncompressed(data: Uint8Array, pixelFormat: number, at: Rectangle, into: Rectangle): void {
    const ownAlpha: AlphaUse = pixelFormat === PixelFormat.argb8888 ? "given" : "opaque";
    const alpha = !this.hasAlpha ? "opaque" : this.alphaDrawn ? "kept" : ownAlpha;
    uncompressedInto(this, data, at, into, alpha);
    this.known(into);
  }

  /** Opacity, one byte a pixel of `into`, row by row; a canvas without alpha stays as it is. */
  drawAlpha(alpha: Uint8Array, into: Rectangle): void {
    if (!this.hasAlpha) return;
    this.alphaDrawn = true;
    const { rgba } = this;
    let next = 0;
    for (let y = into.top; y < into.bottom; y++) {
      const [start, end] = row(this.width, into, y);
      for (let at = start + 3; at < end; at += 4) rgba[at] = alpha[next++] as number;
    }
  }

  /**
   * A message of RemoteFX, whose places count from the upper left corner of `into`. Its pixels have no alpha of
   * their own. Throws `DecodeError`.
   */
  drawRemoteFx(painter: RfxPainter, data: Uint8Array, into: Rectangle): void {
    const alpha = this.alphaDrawn ? this.alphaOf(into) : undefined;
    const [width, height] = [into.right - into.left, into.bottom - into.top];
    const [offset] = row(this.width, into, into.top);
    const painted = painter.paint(data, { pixels: this.rgba, offset, stride: this.width * 4, width, height });
    for (const each of painted) this.known(moved(each, topLeft, { x: into.left, y: into.top }));
    if (alpha !== undefined) this.drawAlpha(alpha, into);
  }

  /** A canvas of its own with the pixels of `part`, and what is unknown of them. */
  copyOf(part: Rectangle): Canvas {
    const copy = new Canvas(part.right - part.left, part.bottom - part.top, this.hasAlpha);
    copy.draw(this, { x: -part.left, y: -part.top }, copy.bounds);
    return copy;
  }

  private alphaOf(part: Rectangle): Uint8Array {
    const alpha = new Uint8Array(areaOf(part));
    let next = 0;
    for (let y = part.top; y < part.bottom; y++) {
      const [start, end] = row(this.width, part, y);
      for (let at = start + 3; at < end; at += 4) alpha[next++] = this.rgba[at] as number;
    }
    return alpha;
  }

  private known(rectangle: Rectangle): void {
    if (this.unknown.length > 0) this.unknown = bounded(without(this.unknown, rectangle));
  }

  private dropAlpha(start: number, end: number): void {
    const { rgba } = this;
    if (!this.hasAlpha) for (let at = start + 3; at < end; at += 4) rgba[at] = 0xff;
  }
}
