import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { direction, recut, sizes, steps, withoutRange } from "../../testing/tls/arbitraries.js";
import { decrypted } from "../../testing/tls/decrypted.js";
import { expectPartOf, expectPlain, kindsOf, plainOf, untouched } from "../../testing/tls/expectations.js";
import { handmadeSession, type HandmadeRecord } from "../../testing/tls/handmade-session.js";

describe("a capture with losses", () => {
  test("of whole records goes on after them", () => {
    const dropped = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(steps, dropped, (steps, dropped) => {
        const { records, keyLog } = handmadeSession({ steps });
        const first = records.length - steps.length;
        const updates = { c2s: 0, s2c: 0 };
        const lost = records.map(({ direction: which, kind }, index) => {
          const wanted = index >= first && dropped[index % dropped.length] === true;
          // More than one change of keys in one hole is not followed.
          if (!wanted) updates[which] = 0;
          else if (kind === "key update") updates[which]++;
          return wanted && updates[which] < 2;
        });
        const result = decrypted(
          records.map((one, index) =>
            lost[index] === true ? { direction: one.direction, missing: one.bytes.length } : one,
          ),
          keyLog,
        );
        const kept = records.filter((_, index) => lost[index] !== true);
        expect(result.problems).toEqual([]);
        expectPlain(result, kept);
      }),
      { numRuns: 300 },
    );
  });

  test("of any bytes gives nothing that was not sent, and counts", () => {
    fc.assert(
      fc.property(
        steps,
        sizes,
        direction,
        fc.nat(),
        fc.integer({ min: 1, max: 4000 }),
        (steps, sizes, which, at, length) => {
          const { records, keyLog } = handmadeSession({ steps });
          const total = records.reduce((sum, one) => sum + (one.direction === which ? one.bytes.length : 0), 0);
          const from = at % total;
          const missing = Math.min(length, total - from);
          const result = decrypted(withoutRange(recut(records, sizes), which, from, from + missing), keyLog);
          expect(result.missing[which]).toBe(missing);
          if (from < 6) {
            // It is seen later, by the other direction, that this is TLS.
            expect(kindsOf(result)).toContain("handshake-missing");
            return;
          }
          expectPartOf(result, records);
          // Only the records that the hole touches are lost, if the handshake is whole.
          const flight = records.filter(({ kind }) => kind === "clear" || kind === "handshake");
          const handshakeEnd = flight.reduce((sum, one) => sum + (one.direction === which ? one.bytes.length : 0), 0);
          if (from < handshakeEnd || steps.some(({ kind }) => kind === "key update")) return;
          const other = which === "c2s" ? "s2c" : "c2s";
          expect(result.plain[other].equals(plainOf(records, other))).toBe(true);
          expect(result.plain[which].equals(plainOf(untouched(records, which, from, from + missing), which))).toBe(
            true,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("damage", () => {
  test("in one record costs that record", () => {
    fc.assert(
      fc.property(
        steps,
        sizes,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (steps, sizes, pick, at, flip) => {
          const { records, keyLog } = handmadeSession({ steps });
          const index = records.length - 1 - (pick % steps.length);
          const chosen = records[index];
          if (chosen === undefined) throw new Error("no record");
          // A damaged header moves where the next record seems to begin: that is another test.
          const position = 5 + (at % (chosen.bytes.length - 5));
          const damaged = Buffer.from(chosen.bytes);
          damaged[position] = (damaged[position] ?? 0) ^ flip;
          const chunks = records.map((one) => (one === chosen ? { ...one, bytes: damaged } : one));
          const result = decrypted(recut(chunks, sizes), keyLog);
          const kept = records.filter((one) => one !== chosen);
          expect(kindsOf(result)).toEqual(["authentication-failed", "undecrypted"]);
          expect(result.sealed[chosen.direction]).toBe(chosen.bytes.length);
          expectPlain(result, kept);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("anywhere gives nothing that was not sent", () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(steps, sizes, flips, (steps, sizes, flips) => {
        const { records, keyLog } = handmadeSession({ steps });
        // In front of TLS, whatever does not look like it passes in clear.
        const telling = (one: HandmadeRecord): number => (one === records[0] || one === firstOfServer ? 6 : 0);
        const firstOfServer = records.find((one) => one.direction === "s2c");
        const copies = records.map((one) => ({ ...one, bytes: Buffer.from(one.bytes) }));
        for (const [place, flip] of flips) {
          const index = place % records.length;
          const [original, copy] = [records[index], copies[index]];
          if (original === undefined || copy === undefined) continue;
          const skip = telling(original);
          const at = skip + (Math.floor(place / records.length) % (copy.bytes.length - skip));
          copy.bytes[at] = (copy.bytes[at] ?? 0) ^ flip;
        }
        expectPartOf(decrypted(recut(copies, sizes), keyLog), records);
      }),
      { numRuns: 500 },
    );
  });

  test("noise passes through, or is counted; nothing is lost and nothing is thrown", () => {
    const noise = fc.array(
      fc.record({
        direction,
        bytes: fc.oneof(
          fc.uint8Array({ minLength: 1, maxLength: 60 }),
          fc.uint8Array({ maxLength: 30 }).map((rest) => Buffer.concat([Buffer.from("160301001801", "hex"), rest])),
          fc.uint8Array({ maxLength: 30 }).map((rest) => Buffer.concat([Buffer.from("1703030020", "hex"), rest])),
          fc.uint8Array({ maxLength: 30 }).map((rest) => Buffer.concat([Buffer.from("0300000b06e0", "hex"), rest])),
        ),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(noise, (noise) => {
        const { plain, sealed } = decrypted(noise, "");
        for (const which of ["c2s", "s2c"] as const) {
          const all = Buffer.concat(noise.filter((one) => one.direction === which).map(({ bytes }) => bytes));
          expect(all.subarray(0, plain[which].length).equals(plain[which])).toBe(true);
          expect(plain[which].length + sealed[which]).toBeLessThanOrEqual(all.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
