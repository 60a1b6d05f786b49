import fc from "fast-check";
import { expect, test } from "vitest";
import { record } from "../../testing/tls/handmade-session.js";
import { RecordStream, type Loss } from "./record-stream.js";

interface Seen {
  readonly records: string[];
  readonly losses: Loss[];
}

function read(parts: readonly (Uint8Array | number)[]): Seen {
  const seen: Seen = { records: [], losses: [] };
  const stream = new RecordStream({
    record: (bytes) => seen.records.push(Buffer.from(bytes).toString("hex")),
    lost: (loss) => seen.losses.push({ ...loss, bytes: loss.bytes.slice() }),
  });
  for (const part of parts) {
    if (typeof part === "number") stream.gap(part);
    else stream.data(part);
  }
  stream.end();
  return seen;
}

const cut = (bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] => {
  const parts: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    parts.push(bytes.subarray(at, at + length));
    at += length;
  }
  return parts;
};

const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });
/** Fragments in which no header can be found, as long as protected ones are at least. */
const fragment = fc.uint8Array({ min: 100, minLength: 9, maxLength: 90 });
const fragments = fc.array(fragment, { minLength: 1, maxLength: 10 });
const total = (losses: readonly Loss[]): number =>
  losses.reduce((sum, { missing, bytes }) => sum + missing + bytes.length, 0);

test("records come whole, however the stream is cut", () => {
  fc.assert(
    fc.property(fragments, sizes, (fragments, sizes) => {
      const records = fragments.map((one) => record(23, one));
      const { records: seen, losses } = read(cut(Buffer.concat(records), sizes));
      expect(losses).toEqual([]);
      expect(seen).toEqual(records.map((one) => one.toString("hex")));
    }),
  );
});

test("a hole costs the records that it touches, and each byte is accounted for", () => {
  fc.assert(
    fc.property(fragments, sizes, fc.nat(), fc.integer({ min: 1, max: 200 }), (fragments, sizes, place, length) => {
      const records = fragments.map((one) => record(23, one));
      const all = Buffer.concat(records);
      const from = place % all.length;
      const to = Math.min(from + length, all.length);
      const parts = [...cut(all.subarray(0, from), sizes), to - from, ...cut(all.subarray(to), sizes)];
      const { records: seen, losses } = read(parts);
      let at = 0;
      const kept = records.filter((one) => {
        const start = at;
        at += one.length;
        return at <= from || start >= to;
      });
      expect(seen).toEqual(kept.map((one) => one.toString("hex")));
      expect(total(losses)).toBe(all.length - Buffer.concat(kept).length);
      expect(losses.reduce((sum, { missing }) => sum + missing, 0)).toBe(to - from);
      const lost = records.length - kept.length;
      expect(losses.reduce((sum, { records }) => sum + records, 0)).toBeGreaterThanOrEqual(lost);
    }),
    { numRuns: 1000 },
  );
});

test("of any bytes each is in one record or in one loss", () => {
  const header = fc.constantFrom("170303000a", "1703030000", "1603014800", "1603014801", "1503", "17");
  const part = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 40 }),
    header.map((text) => Buffer.from(text, "hex")),
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 6, arbitrary: part }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 99 }) })),
      (parts) => {
        const { records, losses } = read(parts);
        const given = parts.reduce<number>((sum, one) => sum + (typeof one === "number" ? one : one.length), 0);
        const inRecords = records.reduce((sum, one) => sum + one.length / 2, 0);
        expect(inRecords + total(losses)).toBe(given);
      },
    ),
    { numRuns: 2000 },
  );
});
