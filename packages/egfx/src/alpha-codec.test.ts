import { DecodeError, EncodeError } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  alphaPixelLimit,
  decodeAlpha,
  decodeAlphaInto,
  encodeAlpha,
  encodeRawAlpha,
  encodeUniformAlpha,
} from "./alpha-codec.js";
import { AlphaBitmapStream } from "./pdu/alpha-bitmap-stream.js";

/** Pixels as runs of all the lengths at which the form of a run changes. */
const runLength = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(254, 255, 256, 65_534, 65_535, 70_000));
const runs = fc
  .array(fc.tuple(fc.nat(255), runLength), { maxLength: 12 })
  .map((parts) => Buffer.concat(parts.map(([value, length]) => Buffer.alloc(length, value))));
const pixels = fc.oneof(runs, fc.uint8Array({ maxLength: 300 }));

/** Matchers walk typed arrays byte by byte in JavaScript; this does not. */
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

const issueOf = (stream: Uint8Array, width: number, height: number): unknown => {
  try {
    decodeAlpha(stream, width, height);
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError);
    return { at: (error as DecodeError).offset, ...(error as DecodeError).issue };
  }
  return undefined;
};
const stream = (...bytes: number[]): Uint8Array => Uint8Array.from([0x4c, 0x41, ...bytes]);

describe("round trips", () => {
  test("pixels survive encoding, in every form", () => {
    fc.assert(
      fc.property(pixels, (alpha) => {
        expect(same(decodeAlpha(encodeAlpha(alpha), alpha.length, 1), alpha)).toBe(true);
        expect(same(decodeAlpha(encodeRawAlpha(alpha), 1, alpha.length), alpha)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("runs are chosen only where they are shorter than raw bytes", () => {
    fc.assert(
      fc.property(pixels, (alpha) => {
        const encoded = encodeAlpha(alpha);
        expect(encoded.length).toBeLessThanOrEqual(4 + alpha.length);
        if (encoded[2] === 1 && alpha.length > 0) {
          expect(encoded.length).toBeLessThan(4 + alpha.length);
        }
        const again = AlphaBitmapStream.encode(AlphaBitmapStream.decode(encoded));
        expect(same(again, encoded)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("the declaration and the codec see the same runs", () => {
    fc.assert(
      fc.property(runs, (alpha) => {
        const { segments } = AlphaBitmapStream.decode(encodeAlpha(alpha));
        if (segments === undefined) return;
        const lengths = segments.map((each) => each.runLengthFactor3 ?? each.runLengthFactor2 ?? each.runLengthFactor1);
        expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(alpha.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe("hostile streams", () => {
  test("any bytes give pixels or a DecodeError, and never more pixels than asked for", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.boolean(),
        fc.boolean(),
        fc.nat(40),
        fc.nat(40),
        (body, signed, compressed, width, height) => {
          const bytes = signed ? stream(compressed ? 1 : 0, 0, ...body) : body;
          try {
            expect(decodeAlpha(bytes, width, height)).toHaveLength(width * height);
          } catch (error) {
            expect(error).toBeInstanceOf(DecodeError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a run past the last pixel is refused where it stands", () => {
    const bytes = stream(1, 0, 7, 3, 7, 2);
    expect(issueOf(bytes, 2, 2)).toEqual({ at: 6, code: "limit-exceeded", value: 5, limit: 4 });
  });

  test("a run of 4 gigapixels costs nothing", () => {
    const bytes = stream(1, 0, 7, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
    expect(issueOf(bytes, 10, 10)).toMatchObject({ code: "limit-exceeded", value: 0xffff_ffff });
    expect(issueOf(bytes, 0xffff, 0x1_0001)).toMatchObject({ limit: alphaPixelLimit });
  });

  test("too few pixels are refused", () => {
    expect(issueOf(stream(1, 0, 7, 3), 2, 2)).toEqual({
      at: 6,
      code: "length-mismatch",
      declared: 4,
      actual: 3,
    });
    expect(issueOf(stream(1, 0), 2, 2)).toMatchObject({ code: "length-mismatch", actual: 0 });
  });

  test("raw data of another size is refused", () => {
    for (const size of [3, 5]) {
      expect(issueOf(stream(0, 0, ...new Array<number>(size).fill(9)), 2, 2)).toEqual({
        at: 4,
        code: "length-mismatch",
        declared: 4,
        actual: size,
      });
    }
  });

  test.each([
    [[], 4],
    [[0x4c, 0x41, 1], 4],
    [[0x4c, 0x41, 1, 0, 7], 2],
    [[0x4c, 0x41, 1, 0, 7, 0xff, 1], 4],
    [[0x4c, 0x41, 1, 0, 7, 0xff, 0xff, 0xff, 1, 0, 0], 8],
  ])("a stream that ends in the middle is refused: %j", (bytes, needed) => {
    expect(issueOf(Uint8Array.from(bytes), 100, 1)).toMatchObject({
      code: "not-enough-bytes",
      needed,
    });
  });

  test("another signature is refused", () => {
    expect(issueOf(Uint8Array.of(0x41, 0x4c, 0, 0), 0, 0)).toMatchObject({
      code: "out-of-range",
      value: 0x4c41,
    });
  });
});

describe("forms", () => {
  test.each([
    [100, "4c410100ff64"],
    [254, "4c410100fffe"],
    [255, "4c410100ffffff00"],
    [65_534, "4c410100fffffeff"],
    [65_535, "4c410100ffffffffffff0000"],
    [70_000, "4c410100ffffffff70110100"],
  ])("%i opaque pixels", (count, hex) => {
    const encoded = encodeUniformAlpha(0xff, count);
    expect(Buffer.from(encoded).toString("hex")).toBe(hex);
    expect(same(decodeAlpha(encoded, count, 1), new Uint8Array(count).fill(0xff))).toBe(true);
  });

  test("longer factors than needed, empty runs and any compressed value but 0 are read", () => {
    const bytes = stream(0, 2, 5, 0, 6, 0xff, 2, 0, 7, 0xff, 0xff, 0xff, 1, 0, 0, 0);
    expect(decodeAlpha(bytes, 3, 1)).toEqual(Uint8Array.of(6, 6, 7));
  });

  test("decoding into memory of the caller", () => {
    const target = new Uint8Array(4);
    decodeAlphaInto(stream(1, 0, 9, 4), target);
    expect(target).toEqual(Uint8Array.of(9, 9, 9, 9));
    decodeAlphaInto(stream(0, 0, 1, 2, 3, 4), target);
    expect(target).toEqual(Uint8Array.of(1, 2, 3, 4));
  });

  test.each([
    [256, 1],
    [-1, 1],
    [1.5, 1],
    [1, -1],
    [1, 2 ** 32],
  ])("alpha %d for %d pixels is refused", (alpha, count) => {
    expect(() => encodeUniformAlpha(alpha, count)).toThrow(EncodeError);
  });
});
