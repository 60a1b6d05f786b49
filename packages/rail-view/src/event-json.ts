import type { ViewerEvent } from "@railvail/session";

/** Byte runs up to this size are written out. */
const shortRun = 64;

/** An event as one line of JSON. Byte runs are hexadecimal, long ones their size; 64-bit numbers are text. */
export const eventJson = (time: number, event: ViewerEvent): string =>
  JSON.stringify({ time: Number(time.toFixed(3)), ...event }, (_, value: unknown) => plain(value));

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  if (!(value instanceof Uint8Array)) return value;
  return value.length <= shortRun ? Buffer.from(value).toString("hex") : { bytes: value.length };
}
