import { BitmapError, checkInput } from "./bitmap-error.js";

const codec = "planar";

/** The longest run of a segment that is one byte; no other makes more values of its bytes. */
export const longestPlaneRun = 47;

/** Where the values of a plane go. */
export interface PlaneTarget {
  readonly bytes: Uint8Array;
  /** The first value of the first row. */
  readonly start: number;
  /** From one value to the next, and from one row to the next, which may be negative. */
  readonly step: number;
  readonly rowStep: number;
  readonly width: number;
  readonly height: number;
}

/** Reads a plane that is not compressed and returns where it ends. Throws {@link BitmapError}. */
export function readRawPlane(data: Uint8Array, offset: number, target: PlaneTarget): number {
  const { bytes, start, step, rowStep, width, height } = target;
  checkInput(codec, offset, data.length, width * height);
  let at = offset;
  for (let row = 0; row < height; row++) {
    let to = start + row * rowStep;
    for (const end = at + width; at < end; at++, to += step) bytes[to] = data[at] as number;
  }
  return at;
}

/**
 * Reads a plane of run-length segments, [MS-RDPEGDI] 2.2.2.5.1.1 and 3.1.9.2.3, and returns where it
 * ends. The first row holds values, the others what is to be added to the row before. Throws
 * {@link BitmapError}.
 */
export function readRunPlane(data: Uint8Array, offset: number, target: PlaneTarget): number {
  const { bytes, start, step, rowStep, width, height } = target;
  const end = data.length;
  const length = width * step;
  let at = offset;
  for (let row = 0; row < height; row++) {
    let to = start + row * rowStep;
    const rowEnd = to + length;
    let value = 0;
    while (to < rowEnd) {
      checkInput(codec, at, end, 1);
      const control = data[at++] as number;
      let run = control & 0x0f;
      let raw = control >> 4;
      if (run === 1 || run === 2) {
        run = run * 16 + raw;
        raw = 0;
      }
      const count = raw + run;
      if (count === 0) throw new BitmapError(codec, at - 1, { code: "unknown-code", value: control });
      if (count * step > rowEnd - to) {
        throw new BitmapError(codec, at - 1, { code: "run-too-long", length: count, limit: (rowEnd - to) / step });
      }
      checkInput(codec, at, end, raw);
      const rawEnd = at + raw;
      const runEnd = to + count * step;
      if (row === 0) {
        for (; at < rawEnd; to += step) bytes[to] = value = data[at++] as number;
        for (; to < runEnd; to += step) bytes[to] = value;
      } else {
        for (; at < rawEnd; to += step) {
          const delta = data[at++] as number;
          value = (delta >> 1) ^ -(delta & 1);
          bytes[to] = (bytes[to - rowStep] as number) + value;
        }
        for (; to < runEnd; to += step) bytes[to] = (bytes[to - rowStep] as number) + value;
      }
    }
  }
  return at;
}
