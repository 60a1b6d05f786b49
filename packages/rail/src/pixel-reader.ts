/** Writes the pixel `x` of the row that begins at byte `row` to `rgba` at `at`, opaque unless it has alpha. */
export type PixelReader = (row: number, x: number, rgba: Uint8Array, at: number) => void;

/** Five or six bits spread over eight, so that all ones become 255. */
const widen5 = (value: number): number => (value << 3) | (value >> 2);
const widen6 = (value: number): number => (value << 2) | (value >> 4);

function put(rgba: Uint8Array, at: number, red: number, green: number, blue: number, alpha: number): void {
  rgba[at] = red;
  rgba[at + 1] = green;
  rgba[at + 2] = blue;
  rgba[at + 3] = alpha;
}

/**
 * Reads pixels of one depth out of `colors`, which must hold them; undefined for an unknown depth.
 * The depths and the palette are those of `MaskedImage`.
 */
export function pixelReader(
  depth: number,
  colors: Uint8Array,
  palette: Uint8Array | undefined,
): PixelReader | undefined {
  const byte = (at: number): number => colors[at] as number;
  switch (depth) {
    case 1:
    case 2:
    case 4:
    case 8:
      return indexReader(depth, colors, palette ?? greys(depth));
    case 15:
      return (row, x, rgba, at) => {
        const pixel = byte(row + x * 2) | (byte(row + x * 2 + 1) << 8);
        put(rgba, at, widen5((pixel >> 10) & 31), widen5((pixel >> 5) & 31), widen5(pixel & 31), 0xff);
      };
    case 16:
      return (row, x, rgba, at) => {
        const pixel = byte(row + x * 2) | (byte(row + x * 2 + 1) << 8);
        put(rgba, at, widen5(pixel >> 11), widen6((pixel >> 5) & 63), widen5(pixel & 31), 0xff);
      };
    case 24:
      return (row, x, rgba, at) => {
        const from = row + x * 3;
        put(rgba, at, byte(from + 2), byte(from + 1), byte(from), 0xff);
      };
    case 32:
      return (row, x, rgba, at) => {
        const from = row + x * 4;
        put(rgba, at, byte(from + 2), byte(from + 1), byte(from), byte(from + 3));
      };
    default:
      return undefined;
  }
}

function indexReader(depth: number, colors: Uint8Array, palette: Uint8Array): PixelReader {
  const perByte = 8 / depth;
  const highest = 2 ** depth - 1;
  return (row, x, rgba, at) => {
    const packed = colors[row + Math.floor(x / perByte)] as number;
    const index = (packed >> (8 - depth * ((x % perByte) + 1))) & highest;
    const from = index * 4;
    if (from + 3 > palette.length) put(rgba, at, 0, 0, 0, 0xff);
    else put(rgba, at, palette[from + 2] as number, palette[from + 1] as number, palette[from] as number, 0xff);
  };
}

/** Shades from black to white. */
function greys(depth: number): Uint8Array {
  const highest = 2 ** depth - 1;
  const palette = new Uint8Array((highest + 1) * 4);
  for (let index = 0; index <= highest; index++) {
    palette.fill(Math.round((index * 255) / highest), index * 4, index * 4 + 3);
  }
  return palette;
}
