import { RfxEntropy, RfxFrameBegin, RfxFrameEnd, RfxRegion, RfxTileset } from "../src/index.js";

/** Bits of the sending side, the highest of each byte first. */
class BitWriter {
  private readonly bits: number[] = [];

  write(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) this.bits.push((value >>> bit) & 1);
  }

  bytes(): Uint8Array {
    return Uint8Array.from({ length: Math.ceil(this.bits.length / 8) }, (_, at) =>
      Array.from({ length: 8 }, (_, bit) => this.bits[at * 8 + bit] ?? 0).reduce((sum, bit) => sum * 2 + bit, 0),
    );
  }
}

/** The sending side of RLGR, plain and slow: [MS-RDPRFX] 3.1.8.1.7.3. */
export function encodeRlgr(values: ArrayLike<number>, entropy: number): Uint8Array {
  const out = new BitWriter();
  let kp = 8;
  let krp = 8;
  const near = (value: number): number => Math.min(80, Math.max(0, value));
  const golomb = (value: number): void => {
    const kr = krp >> 3;
    const high = value >> kr;
    for (let one = 0; one < high; one++) out.write(1, 1);
    out.write(0, 1);
    out.write(value & ((1 << kr) - 1), kr);
    if (high !== 1) krp = near(krp + (high === 0 ? -2 : high));
  };
  const unsigned = (value: number): number => (value < 0 ? -value * 2 - 1 : value * 2);
  for (let at = 0; at < values.length;) {
    if (kp >> 3 > 0) {
      let zeros = 0;
      while (at < values.length && values[at] === 0) {
        zeros++;
        at++;
      }
      const ended = at === values.length;
      while (zeros >= 1 << (kp >> 3) || (ended && zeros > 0)) {
        out.write(0, 1);
        zeros -= 1 << (kp >> 3);
        kp = near(kp + 4);
      }
      if (ended) break;
      const value = values[at++] as number;
      out.write(1, 1);
      out.write(zeros, kp >> 3);
      out.write(value < 0 ? 1 : 0, 1);
      golomb(Math.abs(value) - 1);
      kp = near(kp - 6);
    } else if (entropy === RfxEntropy.rlgr1) {
      const value = unsigned(values[at++] as number);
      golomb(value);
      kp = near(kp + (value === 0 ? 3 : -3));
    } else {
      const first = unsigned(values[at++] as number);
      const second = unsigned(values[at++] ?? 0);
      golomb(first + second);
      out.write(first, 32 - Math.clz32(first + second));
      if (first > 0 && second > 0) kp = near(kp - 6);
      else if (first === 0 && second === 0) kp = near(kp + 6);
    }
  }
  return out.bytes();
}

/** Coefficients of a tile that has one value everywhere. */
export function flatCoefficients(value: number): Int16Array {
  const coefficients = new Int16Array(4096);
  coefficients[4032] = value;
  return coefficients;
}

/** Factors that leave coefficients as they are. */
export const plainQuant = { ll3: 6, lh3: 6, hl3: 6, hh3: 6, lh2: 6, hl2: 6, hh2: 6, lh1: 6, hl1: 6, hh1: 6 };

export interface TestTile {
  readonly x: number;
  readonly y: number;
  /** Coefficients of luma, Cb and Cr. */
  readonly components: readonly [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>];
}

export interface TestFrame {
  readonly rects: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly tiles: readonly TestTile[];
  readonly entropy?: number;
  readonly quantVals?: (typeof plainQuant)[];
  readonly quantIndex?: number;
  readonly tileSize?: number;
}

/** The blocks of a frame of one region. */
export function encodeFrame(frame: TestFrame): Uint8Array {
  const { rects, tiles, entropy = RfxEntropy.rlgr3, quantVals = [plainQuant], quantIndex = 0, tileSize = 64 } = frame;
  const blocks = [
    RfxFrameBegin.encode({ frameIdx: 0, numRegions: 1 }),
    RfxRegion.encode({ lrf: 1, reserved: 0, rects: [...rects], numTilesets: 1 }),
    RfxTileset.encode({
      properties: { lt: 1, flags: 0, cct: 1, xft: 1, et: entropy, qt: 1 },
      content: {
        tileSize,
        quantVals,
        tiles: tiles.map(({ x, y, components: [luma, cb, cr] }) => ({
          quantIdxY: quantIndex,
          quantIdxCb: quantIndex,
          quantIdxCr: quantIndex,
          xIdx: x,
          yIdx: y,
          yData: encodeRlgr(luma, entropy),
          cbData: encodeRlgr(cb, entropy),
          crData: encodeRlgr(cr, entropy),
        })),
      },
    }),
    RfxFrameEnd.encode({}),
  ];
  return Uint8Array.from(Buffer.concat(blocks));
}
