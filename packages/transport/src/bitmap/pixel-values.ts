/**
 * Pixels as numbers: the bytes of each, the first the lowest. That they are not bytes spares the
 * codecs three versions of each loop.
 */

/** Bytes of a row that is not compressed: pixels, and padding to a multiple of 4. [MS-RDPBCGR] 2.2.9.1.1.3.1.2.2. */
export const paddedRow = (width: number, size: number): number => (width * size + 3) & ~3;

/** Reads rows of pixels of `size` (1 to 3) bytes that are not compressed; all of them must be there. */
export function readPixelValues(data: Uint8Array, width: number, height: number, size: number): Uint32Array {
  const values = new Uint32Array(width * height);
  const stride = paddedRow(width, size);
  let to = 0;
  for (let row = 0; row < height; row++) {
    let at = row * stride;
    const end = to + width;
    if (size === 1) while (to < end) values[to++] = data[at++] as number;
    else if (size === 2) {
      for (; to < end; at += 2) values[to++] = (data[at] as number) | ((data[at + 1] as number) << 8);
    } else {
      for (; to < end; at += 3) {
        values[to++] = (data[at] as number) | ((data[at + 1] as number) << 8) | ((data[at + 2] as number) << 16);
      }
    }
  }
  return values;
}

/** The same rows as {@link readPixelValues} reads. */
export function writePixelValues(values: Uint32Array, width: number, height: number, size: number): Uint8Array {
  const stride = paddedRow(width, size);
  const data = new Uint8Array(stride * height);
  let from = 0;
  for (let row = 0; row < height; row++) {
    let at = row * stride;
    for (const end = from + width; from < end; at += size) {
      const value = values[from++] as number;
      data[at] = value;
      if (size > 1) data[at + 1] = value >> 8;
      if (size > 2) data[at + 2] = value >> 16;
    }
  }
  return data;
}
