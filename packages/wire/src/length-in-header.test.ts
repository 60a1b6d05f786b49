import fc from "fast-check";
import { expect, test } from "vitest";
import { lengthInHeader, sourceOf } from "./index.js";

test("walks over any bytes and ends", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(16), (bytes, start) => {
      const source = sourceOf(bytes);
      let at = start;
      for (;;) {
        const length = lengthInHeader(source, at, bytes.length);
        if (length === undefined) break;
        expect(length).toBeGreaterThanOrEqual(8);
        at += length;
        expect(at).toBeLessThanOrEqual(bytes.length);
      }
    }),
  );
});

test("finds each of several messages, and nothing after one that is cut off", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 5 }), fc.nat(), (bodies, cut) => {
      const lengths = bodies.map((body) => body.length + 8);
      const bytes = bodies.flatMap((body) => [0x0b, 0, 0, 0, body.length + 8, 0, 0, 0, ...body]);
      const end = bytes.length - 1 - (cut % 8);
      const found = (stop: number): number[] => {
        const source = sourceOf(Uint8Array.from(bytes));
        const all: number[] = [];
        for (let at = 0; ; at += all.at(-1) ?? 0) {
          const length = lengthInHeader(source, at, stop);
          if (length === undefined) return all;
          all.push(length);
        }
      };
      expect(found(bytes.length)).toEqual(lengths);
      expect(found(end)).toEqual(lengths.slice(0, -1));
    }),
  );
});

test.each([0, 7, 13, 0xffff_ffff])("refuses a length of %i in 12 bytes", (length) => {
  const source = sourceOf(new Uint8Array(12));
  source.view.setUint32(4, length, true);
  expect(lengthInHeader(source, 0, 12)).toBeUndefined();
});
