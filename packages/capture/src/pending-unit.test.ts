import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat } from "../testing/packet.js";
import { PendingUnit } from "./pending-unit.js";
import { unitLength } from "./stream-unit.js";

const body = fc.uint8Array({ maxLength: 300 });
const unit = fc.oneof(
  body.map((data) => concat([3, 0, (data.length + 4) >> 8, (data.length + 4) & 0xff], data)),
  body.map((data) => concat([0x17, 3, 3, data.length >> 8, data.length & 0xff], data)),
  body.filter(({ length }) => length < 126).map((data) => concat([0x44, data.length + 2], data)),
  body.map((data) => concat([0, 0x80 | ((data.length + 3) >> 8), (data.length + 3) & 0xff], data)),
);

test("units say how long they are, with no more bytes than that takes", () => {
  fc.assert(
    fc.property(unit, (bytes) => {
      expect(unitLength(bytes)).toBe(bytes.length);
      for (let length = 0; length < 5; length++) {
        expect([undefined, bytes.length]).toContain(unitLength(bytes.subarray(0, length)));
      }
    }),
  );
});

/** Records of at most `size` bytes, as Wireshark exports what is in them when it puts PDUs together. */
function exported(units: readonly Uint8Array[], size: number): Uint8Array[] {
  const stream = concat(...units);
  const ends: number[] = [];
  for (const { length } of units) ends.push((ends.at(-1) ?? 0) + length);
  const pdus: Uint8Array[] = [];
  /** Where the unit begins that was exported in part, and what is exported of it next. */
  let begun: number | undefined;
  for (let at = 0; at < stream.length; at += size) {
    const end = Math.min(at + size, stream.length);
    const done = ends.findLast((one) => one <= end) ?? 0;
    if (begun === undefined) {
      pdus.push(stream.slice(at, end));
    } else if (done > begun) {
      const whole = ends.find((one) => one > (begun ?? 0)) ?? end;
      pdus.push(stream.slice(begun, whole));
      if (whole < end) pdus.push(stream.slice(whole, end));
    } else {
      continue;
    }
    begun = done < end ? done : undefined;
  }
  return pdus;
}

describe("what is exported again", () => {
  test("is told from what comes next, so that the stream is whole", () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), fc.integer({ min: 1, max: 400 }), (units, size) => {
        // A begun unit whose end never comes is not exported again.
        const pending = new PendingUnit();
        const parts = exported(units, size).map((bytes) => {
          const rest = bytes.subarray(pending.repeated(bytes));
          pending.add(bytes);
          return rest;
        });
        expect(Buffer.from(concat(...parts)).equals(concat(...units))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("is nothing where units follow one another, however they are cut", () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), fc.integer({ min: 1, max: 400 }), (units, size) => {
        const stream = concat(...units);
        const pending = new PendingUnit();
        for (let at = 0; at < stream.length; at += size) {
          const bytes = stream.subarray(at, at + size);
          // What goes on with the very bytes that a unit began with cannot be told from it.
          const repeated = pending.repeated(bytes);
          if (repeated > 0) {
            expect(Buffer.from(bytes.subarray(0, repeated)).equals(stream.subarray(at - repeated, at))).toBe(true);
            return;
          }
          pending.add(bytes);
        }
      }),
    );
  });
});
