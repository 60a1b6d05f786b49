import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeUtf8, encodeUtf8 } from "./utf8.js";

test("encodes as the platform does, lone surrogates included", () => {
  const units = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  });
  fc.assert(
    fc.property(fc.oneof(units, fc.string({ unit: "binary" })), (text) => {
      expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
    }),
  );
});

test("decodes what is valid as the platform does, and longer than one batch", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => decodeUtf8(encodeUtf8(text)) === text));
  const long = "é\u{1f600}x".repeat(5000);
  expect(decodeUtf8(encodeUtf8(long))).toBe(long);
});

test("what is not valid becomes U+FFFD where the platform refuses it, and nothing else does", () => {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      let text: string | undefined;
      try {
        text = strict.decode(bytes);
      } catch {
        text = undefined;
      }
      if (text === undefined) expect(decodeUtf8(bytes)).toContain("\ufffd");
      else expect(decodeUtf8(bytes)).toBe(text);
    }),
    { numRuns: 1000 },
  );
  // Overlong, surrogate, too large, cut off.
  for (const bytes of [
    [0xc0, 0x80],
    [0xe0, 0x80, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe2, 0x82],
  ]) {
    expect(decodeUtf8(new Uint8Array(bytes))).toBe("\ufffd".repeat(bytes.length));
  }
});
