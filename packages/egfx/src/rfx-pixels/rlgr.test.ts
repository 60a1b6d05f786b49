import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeRlgr } from "../../testing/rfx-encoder.js";
import { RfxEntropy } from "../pdu/rfx-block.js";
import { blockShifts } from "./quantization.js";
import { decodeRlgr, tileCoefficients } from "./rlgr.js";

const unshifted = new Uint8Array(64);
const same = (left: Int16Array, right: Int16Array): boolean =>
  Buffer.compare(Buffer.from(left.buffer), Buffer.from(right.buffer)) === 0;

/** Runs of zeros and of values of different sizes, as long as a component. */
const coefficients = fc
  .array(
    fc.tuple(fc.nat(300), fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -2000, max: 2000 })))),
    {
      maxLength: 40,
    },
  )
  .map((parts) => {
    const values = new Int16Array(tileCoefficients);
    let at = 0;
    for (const [zeros, more] of parts) {
      at += zeros;
      for (const value of more) if (at < values.length) values[at++] = value;
    }
    return values;
  });

describe.each(Object.entries(RfxEntropy))("%s", (_, entropy) => {
  test("what was encoded comes back", () => {
    fc.assert(
      fc.property(coefficients, (values) => {
        const target = new Int16Array(tileCoefficients).fill(77);
        decodeRlgr(encodeRlgr(values, entropy), entropy, unshifted, target);
        expect(same(target, values)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("any bytes give as many coefficients, with zeros where they end", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const target = new Int16Array(tileCoefficients).fill(77);
        decodeRlgr(bytes, entropy, unshifted, target);
        // A byte holds at most four values that are none.
        expect(target.filter((value) => value !== 0).length).toBeLessThanOrEqual(bytes.length * 8);
      }),
      { numRuns: 200 },
    );
  });

  test("a stream that is cut off is right up to there", () => {
    const values = Int16Array.from({ length: tileCoefficients }, (_, at) => (at % 3) - 1);
    const bytes = encodeRlgr(values, entropy);
    const target = new Int16Array(tileCoefficients);
    decodeRlgr(bytes.subarray(0, bytes.length / 2), entropy, unshifted, target);
    const wrong = target.findIndex((value, at) => value !== values[at]);
    expect(wrong).toBeGreaterThan(1800);
    expect(target.subarray(wrong).every((value) => value === 0)).toBe(true);
  });

  test("rows of ones without end are no trouble", () => {
    const target = new Int16Array(tileCoefficients);
    decodeRlgr(new Uint8Array(100_000).fill(0xff), entropy, unshifted, target);
    expect(target.length).toBe(tileCoefficients);
  });
});

test("each band is shifted by its own factor", () => {
  const quant = { hl1: 6, lh1: 7, hh1: 8, hl2: 9, lh2: 10, hh2: 11, hl3: 12, lh3: 13, hh3: 14, ll3: 15 };
  const bands = [1024, 1024, 1024, 256, 256, 256, 64, 64, 64, 64];
  const target = new Int16Array(tileCoefficients);
  const ones = new Int16Array(tileCoefficients).fill(1);
  decodeRlgr(encodeRlgr(ones, RfxEntropy.rlgr1), RfxEntropy.rlgr1, blockShifts(quant, 0), target);
  expect([...target]).toEqual(bands.flatMap((size, band) => new Array<number>(size).fill(32 << band)));
});
