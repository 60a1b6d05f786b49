import { BitmapError, checkInput } from "./bitmap-error.js";
import { longestPlaneRun, readRawPlane, readRunPlane, type PlaneTarget } from "./planar-planes.js";

const codec = "planar";

/** The bits of FormatHeader, [MS-RDPEGDI] 2.2.2.5.1. */
export const PlanarFormat = { colorLossLevel: 0x07, chromaSubsampling: 0x08, runLength: 0x10, noAlpha: 0x20 } as const;

export interface PlanarOptions {
  /** The first row that was sent is the lowest, as in bitmap updates; in the graphics pipeline it is the top one. */
  readonly bottomUp?: boolean;
  /** Opaque pixels, whatever the alpha plane says. */
  readonly opaque?: boolean;
}

/** Makes B, G, R of Y, Co and Cg; chroma is in planes of its own, halved in both directions if `shift` is 1. */
function combineChroma(
  bgra: Uint8Array,
  rows: PlaneTarget,
  orange: Uint8Array,
  green: Uint8Array,
  shift: number,
  level: number,
): void {
  const { start, rowStep, width, height } = rows;
  const stride = (width + shift) >> shift;
  // The 9-bit chroma is shifted back and halved; eight bits of it are left.
  const left = 24 + level - 1;
  for (let row = 0; row < height; row++) {
    let to = start + row * rowStep;
    const first = (row >> shift) * stride;
    for (let column = 0; column < width; column++, to += 4) {
      const place = first + (column >> shift);
      const halfOrange = ((orange[place] as number) << left) >> 24;
      const halfGreen = ((green[place] as number) << left) >> 24;
      const luma = bgra[to] as number;
      // Red and blue are exchanged, as servers do: [MS-RDPEGDI] 3.1.9.1.2.
      const blue = luma + halfOrange - halfGreen;
      const leaf = luma + halfGreen;
      const red = luma - halfOrange - halfGreen;
      bgra[to] = blue < 0 ? 0 : blue > 255 ? 255 : blue;
      bgra[to + 1] = leaf < 0 ? 0 : leaf > 255 ? 255 : leaf;
      bgra[to + 2] = red < 0 ? 0 : red > 255 ? 255 : red;
    }
  }
}

/**
 * Opens a planar bitmap, [MS-RDPEGDI] 2.2.2.5.1 and 3.1.9: BGRA without padding, rows from the top,
 * opaque if it has no alpha plane. Bytes behind the last plane are ignored.
 *
 * The caller bounds the size. What the input cannot describe is refused before memory is allocated;
 * a byte describes at most 47 values of a plane. Throws {@link BitmapError}.
 */
export function decompressPlanar(
  data: Uint8Array,
  width: number,
  height: number,
  options: PlanarOptions = {},
): Uint8Array {
  checkInput(codec, 0, data.length, 1);
  const header = data[0] as number;
  const level = header & PlanarFormat.colorLossLevel;
  const runs = (header & PlanarFormat.runLength) !== 0;
  const hasAlpha = (header & PlanarFormat.noAlpha) === 0;
  const subsampled = (header & PlanarFormat.chromaSubsampling) !== 0;
  if (subsampled && level === 0) throw new BitmapError(codec, 0, { code: "unknown-code", value: header });
  const pixels = width * height;
  const limit = (data.length - 1) * (runs ? longestPlaneRun : 1);
  if (pixels > limit) throw new BitmapError(codec, 0, { code: "too-large", pixels, limit });
  const bgra = new Uint8Array(pixels * 4);
  const rowStep = options.bottomUp === true ? -width * 4 : width * 4;
  const start = options.bottomUp === true ? Math.max(0, height - 1) * width * 4 : 0;
  const read = runs ? readRunPlane : readRawPlane;
  const into = (channel: number): PlaneTarget => ({
    bytes: bgra,
    start: start + channel,
    step: 4,
    rowStep,
    width,
    height,
  });
  let at = 1;
  if (hasAlpha) at = read(data, at, into(3));
  if (!hasAlpha || options.opaque === true) for (let to = 3; to < bgra.length; to += 4) bgra[to] = 0xff;
  if (level === 0) {
    at = read(data, at, into(2));
    at = read(data, at, into(1));
    read(data, at, into(0));
    return bgra;
  }
  at = read(data, at, into(0));
  const shift = subsampled ? 1 : 0;
  const chroma = { start: 0, step: 1, width: (width + shift) >> shift, height: (height + shift) >> shift };
  const plane = (): PlaneTarget => ({
    ...chroma,
    bytes: new Uint8Array(chroma.width * chroma.height),
    rowStep: chroma.width,
  });
  const [orange, green] = [plane(), plane()];
  at = read(data, at, orange);
  read(data, at, green);
  combineChroma(bgra, into(0), orange.bytes, green.bytes, shift, level);
  return bgra;
}
