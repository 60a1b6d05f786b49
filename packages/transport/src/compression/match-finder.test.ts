import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { copyMatch, copyMatchInRing } from "./copy-match.js";
import { LongMatchFinder } from "./long-match-finder.js";
import { MatchFinder } from "./match-finder.js";

const letters = (maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc.array(fc.constantFrom(1, 2, 3), { maxLength }).map((values) => Uint8Array.from(values));

describe("the match finder", () => {
  test("finds the longest match, and of several the nearest", () => {
    fc.assert(
      fc.property(letters(120), (bytes) => {
        const options = { window: 4096, longest: 100, hashBits: 4, effort: 1000 };
        const finder = new MatchFinder(bytes, options);
        for (let at = 0; at < bytes.length; at++) {
          let length = 0;
          let distance = 0;
          for (let from = at - 1; from >= 0; from--) {
            let own = 0;
            while (at + own < bytes.length && own < 100 && bytes[from + own] === bytes[at + own]) own++;
            if (own > Math.max(length, 2)) {
              length = own;
              distance = at - from;
            }
          }
          finder.find(at, bytes.length);
          expect(finder.length).toBe(length);
          if (length > 0) expect(finder.distance).toBe(distance);
        }
      }),
    );
  });

  test("forgets what was taken back or dropped", () => {
    const bytes = new Uint8Array(Buffer.from("abcdabcd____"));
    const finder = new MatchFinder(bytes, { window: 4096, longest: 100, hashBits: 8 });
    for (let at = 0; at < 8; at++) finder.find(at, 8);
    finder.rewind(4);
    bytes.set(Buffer.from("xyzabcd"), 4);
    finder.find(4, 11);
    expect(finder.length).toBe(0);
    finder.find(7, 11);
    expect([finder.length, finder.distance]).toEqual([4, 7]);
    // The first four bytes go; the rest moves to the front.
    finder.slide(4);
    bytes.copyWithin(0, 4, 11);
    bytes.set(Buffer.from("bcd"), 7);
    finder.find(7, 10);
    expect([finder.length, finder.distance]).toEqual([3, 3]);
  });

  test("goes on when places are numbered anew", () => {
    const bytes = new Uint8Array(Buffer.from("abcdefabcdef"));
    const finder = new MatchFinder(bytes, { window: 4096, longest: 100, hashBits: 8 });
    for (let at = 0; at < 12; at++) finder.find(at, 12);
    finder.slide(0x2000_0000);
    finder.find(0, 12);
    expect(finder.length).toBe(0);
    finder.find(6, 12);
    expect([finder.length, finder.distance]).toEqual([6, 6]);
  });
});

describe("the finder of long matches", () => {
  test("finds every repetition of 31 bytes, in order, and only what is there", () => {
    const noise = fc.uint8Array({ minLength: 60, maxLength: 200 });
    fc.assert(
      fc.property(noise, noise, fc.nat(20), fc.nat(40), (first, between, start, extra) => {
        const repeated = first.subarray(start, start + 31 + extra);
        fc.pre(repeated.length >= 31);
        const bytes = new Uint8Array(Buffer.concat([first, between, repeated, between]));
        const history = new Uint8Array(2000);
        history.set(bytes);
        const finder = new LongMatchFinder(history, 16);
        const matches = finder.find(0, bytes.length, bytes.length);
        let done = 0;
        let covered = 0;
        for (const { at, from, length } of matches) {
          expect(at).toBeGreaterThanOrEqual(done);
          expect(from + length).toBeLessThanOrEqual(at);
          expect(bytes.slice(at, at + length)).toEqual(bytes.slice(from, from + length));
          done = at + length;
          covered += length;
        }
        expect(done).toBeLessThanOrEqual(bytes.length);
        expect(covered).toBeGreaterThanOrEqual(repeated.length);
      }),
    );
  });
});

describe("copying a match", () => {
  test("is the same as copying byte by byte", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(500), fc.nat(255), (distance, length, at) => {
        const bytes = Uint8Array.from({ length: 1024 }, (_, index) => (index * 7) ^ (index >> 3));
        const expected = bytes.slice();
        for (let to = at; to < at + length; to++) {
          expected[to] = expected[(to - distance) & 1023] as number;
        }
        const inRing = bytes.slice();
        copyMatchInRing(inRing, at, distance, length, 1023);
        expect(inRing).toEqual(expected);
        if (distance > at) return;
        copyMatch(bytes, at, distance, length);
        expect(bytes).toEqual(expected);
      }),
    );
  });
});
