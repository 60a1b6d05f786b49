import type { Palette } from "./palette.js";

/** Four bytes a pixel: B, G, R, A. `offset` is that of the top left pixel; rows are `stride` bytes apart. */
export interface BgraPixels {
  readonly bgra: Uint8Array;
  readonly offset?: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/** Which of the pixels of a bitmap are wanted: from the top left. */
export interface VisiblePart {
  readonly width: number;
  readonly height: number;
}

/**
 * Numbers of pixels of up to 24 bits, rows of `width` from the bottom, to opaque BGRA without
 * padding, rows from the top. The visible part must not be larger than the bitmap.
 */
export function valuesToBgra(
  values: Uint32Array,
  width: number,
  visible: VisiblePart,
  bitsPerPixel: number,
  palette: Palette,
): Uint8Array {
  const bgra = new Uint8Array(visible.width * visible.height * 4);
  let to = 0;
  // The top row is the last one.
  for (let row = 0, first = values.length - width; row < visible.height; row++, first -= width) {
    const end = first + visible.width;
    switch (bitsPerPixel) {
      case 8:
        to = rowFromPalette(values, first, end, palette, bgra, to);
        break;
      case 15:
        to = rowFrom15(values, first, end, bgra, to);
        break;
      case 16:
        to = rowFrom16(values, first, end, bgra, to);
        break;
      default:
        to = rowFrom24(values, first, end, bgra, to);
    }
  }
  return bgra;
}

type RowReader = (values: Uint32Array, from: number, end: number, bgra: Uint8Array, to: number) => number;

function rowFromPalette(
  values: Uint32Array,
  from: number,
  end: number,
  palette: Palette,
  bgra: Uint8Array,
  to: number,
): number {
  for (let at = from; at < end; at++, to += 4) {
    const color = ((values[at] as number) & 0xff) * 4;
    bgra[to] = palette[color] as number;
    bgra[to + 1] = palette[color + 1] as number;
    bgra[to + 2] = palette[color + 2] as number;
    bgra[to + 3] = 0xff;
  }
  return to;
}

const rowFrom15: RowReader = (values, from, end, bgra, to) => {
  for (let at = from; at < end; at++, to += 4) {
    const value = values[at] as number;
    const blue = value & 0x1f;
    const green = (value >> 5) & 0x1f;
    const red = (value >> 10) & 0x1f;
    bgra[to] = (blue << 3) | (blue >> 2);
    bgra[to + 1] = (green << 3) | (green >> 2);
    bgra[to + 2] = (red << 3) | (red >> 2);
    bgra[to + 3] = 0xff;
  }
  return to;
};

const rowFrom16: RowReader = (values, from, end, bgra, to) => {
  for (let at = from; at < end; at++, to += 4) {
    const value = values[at] as number;
    const blue = value & 0x1f;
    const green = (value >> 5) & 0x3f;
    const red = (value >> 11) & 0x1f;
    bgra[to] = (blue << 3) | (blue >> 2);
    bgra[to + 1] = (green << 2) | (green >> 4);
    bgra[to + 2] = (red << 3) | (red >> 2);
    bgra[to + 3] = 0xff;
  }
  return to;
};

const rowFrom24: RowReader = (values, from, end, bgra, to) => {
  for (let at = from; at < end; at++, to += 4) {
    const value = values[at] as number;
    bgra[to] = value;
    bgra[to + 1] = value >> 8;
    bgra[to + 2] = value >> 16;
    bgra[to + 3] = 0xff;
  }
  return to;
};

/**
 * BGRA to numbers of pixels of 15, 16 or 24 bits, rows from the bottom; alpha is dropped, and so
 * are the low bits of colors that do not fit.
 */
export function bgraToValues(pixels: BgraPixels, bitsPerPixel: 15 | 16 | 24): Uint32Array {
  const { bgra, offset = 0, stride, width, height } = pixels;
  const values = new Uint32Array(width * height);
  const greenShift = bitsPerPixel === 16 ? 2 : 3;
  const redPlace = bitsPerPixel === 16 ? 11 : 10;
  let to = 0;
  for (let row = height - 1; row >= 0; row--) {
    let at = offset + row * stride;
    const end = at + width * 4;
    if (bitsPerPixel === 24) {
      for (; at < end; at += 4) {
        values[to++] = (bgra[at] as number) | ((bgra[at + 1] as number) << 8) | ((bgra[at + 2] as number) << 16);
      }
    } else {
      for (; at < end; at += 4) {
        values[to++] =
          ((bgra[at] as number) >> 3) |
          (((bgra[at + 1] as number) >> greenShift) << 5) |
          (((bgra[at + 2] as number) >> 3) << redPlace);
      }
    }
  }
  return values;
}
