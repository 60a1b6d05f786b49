import { asciiBytes, type Utf8Text } from "@railvail/wire";

const billion = 1_000_000_000n;
/** Seconds since 1970 that a `Date` can hold. */
const mostSeconds = 8_640_000_000_000n;
const zero = 0x30;
/** The letter Z. */
const utc = 0x5a;

/** When a second of UTC begins, and its text. */
function secondOf(second: bigint): { start: bigint; text: string; bytes: Uint8Array } {
  const text = new Date(Number(second) * 1000).toISOString().slice(0, -4);
  return { start: second * billion, text, bytes: asciiBytes(text) };
}

/** The second that was written last: most messages are in the same one as the message before. */
const latest = secondOf(0n);

/** Nanoseconds since the second of a time, whose text is then {@link latest}; -1 if no date can hold it. */
function sinceLatest(time: bigint): number {
  const since = Number(time - latest.start);
  if (since >= 0 && since < 1e9) return since;
  const second = time / billion;
  if (second > mostSeconds || time < 0n) return -1;
  Object.assign(latest, secondOf(second));
  return Number(time - latest.start);
}

/** Date and time in UTC with nanoseconds, as ISO 8601 writes it. */
export function isoTime(time: bigint): string {
  const since = sinceLatest(time);
  return since < 0 ? `${time}ns` : `${latest.text}${String(since).padStart(9, "0")}Z`;
}

/** Appends what {@link isoTime} gives. */
export function writeIsoTime(out: Utf8Text, time: bigint): void {
  const since = sinceLatest(time);
  if (since < 0) return out.ascii(`${time}ns`);
  out.put(latest.bytes);
  out.padded(since, 9, zero);
  out.unit(utc);
}
