/** How times are shown, with the letters of tshark. */
export const timeFormats = {
  r: "seconds since the first packet",
  d: "seconds since the line before",
  e: "seconds since 1970",
  a: "local time",
  ad: "local date and time",
  u: "UTC",
  ud: "UTC date and time",
} as const;
export type TimeFormat = keyof typeof timeFormats;

export const isTimeFormat = (name: string): name is TimeFormat => Object.hasOwn(timeFormats, name);

const billion = 1_000_000_000n;
const million = 1_000_000n;

/** Seconds with six decimals, for nanoseconds of either sign. */
function seconds(nanoseconds: bigint): string {
  const exact = Number(nanoseconds);
  if (exact >= 0 && exact <= Number.MAX_SAFE_INTEGER) {
    const whole = Math.floor(exact / 1e9);
    return `${whole}.${String(Math.floor((exact - whole * 1e9) / 1000)).padStart(6, "0")}`;
  }
  const sign = nanoseconds < 0n ? "-" : "";
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  return `${sign}${size / billion}.${String((size % billion) / 1000n).padStart(6, "0")}`;
}

const two = (number: number): string => String(number).padStart(2, "0");

/** Milliseconds since 1970 that a `Date` can hold. */
const dateLimit = 8_640_000_000_000_000n;

function clock(time: bigint, utc: boolean, dated: boolean): string {
  const milliseconds = time / million;
  if (milliseconds > dateLimit || milliseconds < -dateLimit) return seconds(time);
  const date = new Date(Number(milliseconds));
  const micros = String((time % billion) / 1000n).padStart(6, "0");
  if (utc) {
    const iso = date.toISOString();
    const at = iso.indexOf("T");
    return `${dated ? `${iso.slice(0, at)} ` : ""}${iso.slice(at + 1, at + 9)}.${micros}`;
  }
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} `;
  const hour = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${dated ? day : ""}${hour}.${micros}`;
}

/** Columns that times of a format take. */
const widths: Readonly<Record<TimeFormat, number>> = {
  r: 12,
  d: 12,
  e: 17,
  a: 15,
  ad: 26,
  u: 15,
  ud: 26,
};

/** Writes the times of a listing, each in the same number of columns. */
export class TimeColumn {
  private readonly format: TimeFormat;
  private first: bigint | undefined;
  private previous: bigint | undefined;
  private last = { time: -1n, text: "" };

  constructor(format: TimeFormat) {
    this.format = format;
  }

  /** The time from which `r` counts; that of the first line if it is never called. */
  begin(time: bigint): void {
    this.first ??= time;
  }

  text(time: bigint): string {
    const { last } = this;
    // Many messages come in one packet; only `d` depends on more than the time.
    if (last.time === time && this.format !== "d") return last.text;
    const text = this.written(time).padStart(widths[this.format]);
    this.last = { time, text };
    return text;
  }

  private written(time: bigint): string {
    switch (this.format) {
      case "r":
        return seconds(time - (this.first ??= time));
      case "d": {
        const since = time - (this.previous ?? time);
        this.previous = time;
        return seconds(since);
      }
      case "e":
        return seconds(time);
      case "a":
      case "ad":
        return clock(time, false, this.format === "ad");
      case "u":
      case "ud":
        return clock(time, true, this.format === "ud");
    }
  }
}
