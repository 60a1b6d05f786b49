import type { Message, Record } from "@railvail/dissect";
import { dissectSteps, type Step } from "./damage.js";
import { isMessage } from "./recordings.js";

export const bytesOf = ({ source, offset, end }: Message): Uint8Array => source.bytes.subarray(offset, end);

/** A record as a text that tells it from others: what it is, and its bytes. */
export function textOf(record: Record): string {
  if (!isMessage(record)) return `${record.direction} gap of ${record.length}`;
  const { direction, path, name, trouble = "", detail = "" } = record;
  const bytes = Buffer.from(bytesOf(record)).toString("hex");
  return [direction, path, name, trouble, detail, bytes].join("|");
}

/** Messages without trouble by what they are, from one step on. */
export function messagesFrom(given: readonly Step[], step: number, startMissing = false): Map<string, number> {
  const counts = new Map<string, number>();
  dissectSteps(
    given,
    (record) => {
      if (!isMessage(record) || record.envelope || record.packet < step) return;
      if (record.trouble !== undefined) return;
      const key = textOf(record);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    startMissing,
  );
  return counts;
}

/** Messages of the first that the second does not have. */
export function missing(expected: Map<string, number>, found: Map<string, number>): string[] {
  return [...expected].flatMap(([key, count]) =>
    Array<string>(Math.max(0, count - (found.get(key) ?? 0))).fill(key.slice(0, 80)),
  );
}
