import fc from "fast-check";
import { expect, test } from "vitest";
import { hex, quoteJson, Utf8Text } from "./index.js";

function written(write: (out: Utf8Text) => void): string {
  const out = new Utf8Text(0);
  write(out);
  return Buffer.from(out.written()).toString();
}

const wellFormed = (text: string): string => Buffer.from(text).toString();

test("numbers stand as JavaScript writes them", () => {
  const number = fc.oneof(fc.nat(200), fc.nat(0xffff_ffff), fc.maxSafeInteger(), fc.double());
  fc.assert(
    fc.property(number, (value) => {
      expect(written((out) => out.number(value))).toBe(String(value));
    }),
    {
      examples: [[0], [9], [10], [99], [100], [0x7fff_ffff], [0x8000_0000], [0xffff_ffff], [1e9], [-1e9], [2 ** 53]],
    },
  );
});

test("64-bit numbers are put together from their halves", () => {
  const half = fc.nat(0xffff_ffff);
  fc.assert(
    fc.property(fc.oneof(fc.nat(3), fc.nat(0x3f_ffff), half), half, (high, low) => {
      expect(written((out) => out.unsigned64(high, low))).toBe(String(BigInt(high) * 2n ** 32n + BigInt(low)));
    }),
  );
});

test("numbers are filled up to a width", () => {
  fc.assert(
    fc.property(fc.nat(0xffff_ffff), fc.nat(12), (value, width) => {
      expect(written((out) => out.padded(value, width, 0x20))).toBe(String(value).padStart(width));
    }),
  );
});

test("texts are those of any encoder, one after the other", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      expect(written((out) => texts.forEach((each) => out.text(each)))).toBe(texts.map(wellFormed).join(""));
      expect(written((out) => texts.forEach((each) => out.quoted(each)))).toBe(texts.map(quoteJson).join(""));
    }),
    { examples: [[["\ud800", "a\udc00b", "\ufeff", "é…😀"]]] },
  );
});

test("bytes are hexadecimal digits, and pieces of text stand as they are", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(written((out) => out.hex(bytes, 0, bytes.length))).toBe(hex(bytes));
      const out = new Utf8Text(1);
      out.put(bytes);
      out.put(bytes);
      expect(out.written()).toEqual(Uint8Array.of(...bytes, ...bytes));
    }),
  );
});

test("of the end only a comma is taken away", () => {
  const ended = (text: string): string =>
    written((out) => {
      out.ascii(text);
      out.dropComma();
    });
  expect([ended("a,"), ended("a"), ended("")]).toEqual(["a", "a", ""]);
});
