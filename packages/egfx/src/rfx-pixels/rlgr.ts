import { RfxEntropy } from "../pdu/rfx-block.js";
import { BitReader } from "./bit-reader.js";
import { blockShift } from "./quantization.js";

/** The coefficients of one component of a tile. */
export const tileCoefficients = 4096;

/** Parameters are kept as multiples of 1/8, up to 10. [MS-RDPRFX] 3.1.8.1.7.3. */
const parameterShift = 3;
const parameterLimit = 80;
const upAfterZeros = 4;
const downAfterValue = 6;
const stepGolomb = 3;

const clamp = (parameter: number): number =>
  parameter < 0 ? 0 : parameter > parameterLimit ? parameterLimit : parameter;

/** Twice the magnitude, less one if negative, as a signed number. */
const signedOf = (value: number): number => ((value & 1) === 0 ? value >> 1 : -((value + 1) >> 1));

/** One component as a sequence of bits, and what the decoder learns on the way. */
class RlgrDecoder {
  private readonly bits: BitReader;
  private readonly entropy: number;
  private readonly target: Int16Array;
  private readonly shifts: Uint8Array;
  private at = 0;
  /** How long runs of zeros are expected to be. */
  private run = 1 << parameterShift;
  /** How large values are expected to be. */
  private rice = 1 << parameterShift;

  constructor(data: Uint8Array, entropy: number, shifts: Uint8Array, target: Int16Array) {
    this.bits = new BitReader(data);
    this.shifts = shifts;
    this.entropy = entropy;
    this.target = target;
  }

  decode(): void {
    const { bits, target } = this;
    target.fill(0);
    while (this.at < target.length && !bits.exhausted) {
      if (this.run >> parameterShift > 0) this.zerosAndValue();
      else if (this.entropy === RfxEntropy.rlgr1) this.oneValue();
      else this.twoValues();
    }
  }

  /** Zeros, and a value that is none behind them. */
  private zerosAndValue(): void {
    const { bits, target } = this;
    while (bits.read(1) === 0) {
      this.at += 1 << (this.run >> parameterShift);
      this.run = clamp(this.run + upAfterZeros);
      if (this.at >= target.length || bits.exhausted) return;
    }
    this.at += bits.read(this.run >> parameterShift);
    if (this.at >= target.length) return;
    const negative = bits.read(1) === 1;
    const magnitude = this.golombRice() + 1;
    if (bits.exhausted) return;
    this.put(negative ? -magnitude : magnitude);
    this.run = clamp(this.run - downAfterValue);
  }

  private oneValue(): void {
    const value = this.golombRice();
    if (this.bits.exhausted) return;
    this.put(signedOf(value));
    this.run = clamp(this.run + (value === 0 ? stepGolomb : -stepGolomb));
  }

  /** The sum of two values, and the first of them in as many bits as the sum has. */
  private twoValues(): void {
    const { bits } = this;
    const sum = this.golombRice();
    const first = bits.read(32 - Math.clz32(sum));
    const second = sum - first;
    if (bits.exhausted) return;
    this.put(signedOf(first));
    this.put(signedOf(second));
    if (first !== 0 && second !== 0) this.run = clamp(this.run - 2 * stepGolomb);
    else if (first === 0 && second === 0) this.run = clamp(this.run + 2 * stepGolomb);
  }

  /** Behind the last coefficient it is lost. */
  private put(value: number): void {
    const at = this.at++;
    this.target[at] = value << (this.shifts[at >> blockShift] as number);
  }

  private golombRice(): number {
    const { bits } = this;
    const width = this.rice >> parameterShift;
    const high = bits.ones();
    const value = (high << width) | bits.read(width);
    if (high === 0) this.rice = clamp(this.rice - 2);
    else if (high > 1) this.rice = clamp(this.rice + high);
    return value;
  }
}

/**
 * Decodes the coefficients of a component of a tile from RLGR1 or RLGR3, [MS-RDPRFX] 3.1.8.1.7, and
 * shifts them as `blockShifts` says. `target` is filled: what the data does not reach is 0, and what
 * is too much is ignored. No input is refused; time is bounded by the input and the target.
 */
export function decodeRlgr(data: Uint8Array, entropy: number, shifts: Uint8Array, target: Int16Array): void {
  new RlgrDecoder(data, entropy, shifts, target).decode();
}
