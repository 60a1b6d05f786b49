import { BitmapError, checkInput } from "./bitmap-error.js";
import { fixedMask1, fixedMask2, Order, orderOf, runAdded, runOf } from "./interleaved-format.js";
import { bytesPerPixel, whitePixel } from "./pixel-depth.js";

const codec = "interleaved-rle";

/** The longest run of a background order, and its bytes: no other order makes more of its bytes. */
const longestRun = 0xffff;
const longestRunBytes = 3;

function pixelAt(data: Uint8Array, at: number, size: number): number {
  const low = data[at] as number;
  if (size === 1) return low;
  const two = low | ((data[at + 1] as number) << 8);
  return size === 2 ? two : two | ((data[at + 2] as number) << 16);
}

/** Copies the row above to pixels that may be more than a row. */
function copyAbove(values: Uint32Array, at: number, end: number, width: number): void {
  if (end - at > 24 && width > 24) {
    for (let next = at; next < end; next += width) {
      values.copyWithin(next, next - width, Math.min(next, end - width));
    }
  } else for (let next = at; next < end; next++) values[next] = values[next - width] as number;
}

function fillRun(values: Uint32Array, value: number, at: number, end: number): void {
  if (end - at > 24) values.fill(value, at, end);
  else for (let next = at; next < end; next++) values[next] = value;
}

/** Pixels of the row above, XOR the foreground where the mask (from the lowest bit) has ones. */
function drawMask(values: Uint32Array, at: number, end: number, width: number, mask: number, foreground: number): void {
  for (let bits = mask; at < end; at++, bits >>= 1) {
    // In the first row `width` is 0, and what is not written yet is black.
    values[at] = (values[at - width] as number) ^ ((bits & 1) === 0 ? 0 : foreground);
  }
}

/**
 * Opens a bitmap that is compressed by interleaved run-length encoding (8, 15, 16 or 24 bits per
 * pixel), [MS-RDPBCGR] 2.2.9.1.1.3.1.2.4 and 3.1.9: `width * height` pixels as numbers, in the order
 * in which they were sent, that is rows from the bottom. Pixels that the input does not reach are
 * black, as for other clients, and bytes behind the last pixel are ignored.
 *
 * The caller bounds the size. What the input cannot describe is refused before memory is allocated;
 * three bytes can describe 65,535 pixels. Time is linear in input and pixels. Throws
 * {@link BitmapError}.
 */
export function decompressInterleaved(
  data: Uint8Array,
  width: number,
  height: number,
  bitsPerPixel: number,
): Uint32Array {
  const size = bytesPerPixel(bitsPerPixel) ?? 4;
  if (size > 3) throw new BitmapError(codec, 0, { code: "unknown-depth", bitsPerPixel });
  const total = width * height;
  const end = data.length;
  const most = Math.ceil(end / longestRunBytes) * longestRun;
  if (total > most) throw new BitmapError(codec, 0, { code: "too-large", pixels: total, limit: most });
  const values = new Uint32Array(total);
  const white = whitePixel(bitsPerPixel);
  let foreground = white;
  let insertForeground = false;
  /** Pixels from one row to the next; 0 as long as there is none above. */
  let above = 0;
  let at = 0;
  let to = 0;
  while (to < total && at < end) {
    if (above === 0 && to >= width) {
      above = width;
      insertForeground = false;
    }
    const start = at;
    const header = data[at++] as number;
    const order = orderOf[header] as number;
    if (order === Order.unknown) throw new BitmapError(codec, start, { code: "unknown-code", value: header });
    let run = runOf[header] as number;
    if (run === 0) {
      const added = runAdded[header] as number;
      checkInput(codec, at, end, added === 0 ? 2 : 1);
      run = added === 0 ? pixelAt(data, at, 2) : (data[at] as number) + added;
      at += added === 0 ? 2 : 1;
    }
    const stop = to + (order === Order.dithered ? run * 2 : run);
    if (stop > total) {
      throw new BitmapError(codec, start, { code: "run-too-long", length: stop - to, limit: total - to });
    }
    const inserts = insertForeground;
    insertForeground = order === Order.background;
    if (order === Order.setForeground || order === Order.setMask) {
      checkInput(codec, at, end, size);
      foreground = pixelAt(data, at, size);
      at += size;
    }
    switch (order) {
      case Order.background:
        if (inserts && to < stop) {
          values[to] = (values[to - above] as number) ^ foreground;
          to++;
        }
        if (above !== 0) copyAbove(values, to, stop, above);
        break;
      case Order.foreground:
      case Order.setForeground:
        if (above === 0) fillRun(values, foreground, to, stop);
        else for (; to < stop; to++) values[to] = (values[to - above] as number) ^ foreground;
        break;
      case Order.mask:
      case Order.setMask:
        checkInput(codec, at, end, (run + 7) >> 3);
        for (; to < stop; to += 8)
          drawMask(values, to, Math.min(to + 8, stop), above, data[at++] as number, foreground);
        break;
      case Order.mask1:
      case Order.mask2:
        drawMask(values, to, stop, above, order === Order.mask1 ? fixedMask1 : fixedMask2, foreground);
        break;
      case Order.colorRun:
        checkInput(codec, at, end, size);
        fillRun(values, pixelAt(data, at, size), to, stop);
        at += size;
        break;
      case Order.dithered: {
        checkInput(codec, at, end, size * 2);
        const first = pixelAt(data, at, size);
        const second = pixelAt(data, at + size, size);
        for (; to < stop; to += 2) {
          values[to] = first;
          values[to + 1] = second;
        }
        at += size * 2;
        break;
      }
      case Order.colorImage:
        checkInput(codec, at, end, run * size);
        for (; to < stop; to++, at += size) values[to] = pixelAt(data, at, size);
        break;
      default:
        // Memory begins as black.
        if (order === Order.white) values[to] = white;
    }
    to = stop;
  }
  return values;
}
