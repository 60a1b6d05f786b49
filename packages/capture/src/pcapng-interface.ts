import { interfaceDescription, type ByteOrder } from "./file-headers.js";
import type { CaptureInterface } from "./packet-sink.js";
import { readOptions } from "./pcapng-options.js";
import type { Source } from "./record-window.js";

const optionTimeResolution = 9;
const optionTimeOffset = 14;

/** Turns the 64-bit timestamps of one interface into nanoseconds since 1970. */
export class TimeScale {
  private readonly multiplier: bigint;
  private readonly divisor: bigint;
  private readonly offset: bigint;
  /** The multiplier, where a 32-bit number times it is exact; else 0. */
  private readonly smallMultiplier: number;
  private high = 0;
  private highPart: bigint;

  /**
   * `resolution` is the option's byte: 10 to the minus n, or with the top bit set 2 to the minus
   * n seconds. `offsetSeconds` is added.
   */
  constructor(resolution: number, offsetSeconds: bigint) {
    const exponent = BigInt(resolution & 0x7f);
    if (resolution & 0x80) {
      this.multiplier = 1_000_000_000n;
      this.divisor = 1n << exponent;
    } else if (exponent <= 9n) {
      this.multiplier = 10n ** (9n - exponent);
      this.divisor = 1n;
    } else {
      this.multiplier = 1n;
      this.divisor = 10n ** (exponent - 9n);
    }
    this.offset = offsetSeconds * 1_000_000_000n;
    this.smallMultiplier = this.divisor === 1n && this.multiplier <= 1_000_000n ? Number(this.multiplier) : 0;
    this.highPart = this.offset;
  }

  nanoseconds(high: number, low: number): bigint {
    if (this.smallMultiplier === 0) {
      const ticks = (BigInt(high) << 32n) | BigInt(low);
      return (ticks * this.multiplier) / this.divisor + this.offset;
    }
    if (high !== this.high) {
      // The high half changes every 71 minutes (microseconds) or 4 seconds (nanoseconds).
      this.high = high;
      this.highPart = (BigInt(high) << 32n) * this.multiplier + this.offset;
    }
    return this.highPart + BigInt(low * this.smallMultiplier);
  }
}

/** An interface of a pcapng section. */
export interface PcapngInterface extends CaptureInterface {
  /** 0 means no limit. */
  readonly snapLength: number;
  readonly timeScale: TimeScale;
}

/** Reads the body of an interface description block; undefined if it does not fit. */
export const readInterface = (
  source: Source,
  start: number,
  end: number,
  order: ByteOrder,
): PcapngInterface | undefined => {
  const head = interfaceDescription[order](source.bytes, start, end);
  if (head === undefined) return undefined;
  let resolution = 6;
  let offsetSeconds = 0n;
  const littleEndian = order === "little";
  const fit = readOptions(source, start + 8, end, littleEndian, (code, value, length) => {
    if (code === optionTimeResolution && length === 1) {
      resolution = source.view.getUint8(value);
    } else if (code === optionTimeOffset && length === 8) {
      offsetSeconds = source.view.getBigInt64(value, littleEndian);
    }
  });
  if (!fit) return undefined;
  return {
    linkType: head.linkType,
    reported: false,
    snapLength: head.snapLength,
    timeScale: new TimeScale(resolution, offsetSeconds),
  };
};
