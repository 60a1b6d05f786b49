import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeJson, quoteJson } from "./json-text.js";

/** Strings of UTF-16 units of any kind, lone surrogates among them, hazards more often. */
const units = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0, 7, 0x0a, 0x1b, 0x22, 0x5c, 0x7f, 0x9b, 0x202e, 0x2066, 0x2028, 0xd800),
      fc.integer({ min: 0x20, max: 0x7e }),
    ),
    { maxLength: 40 },
  )
  .map((codes) => String.fromCharCode(...codes));

const hazard = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

test("no hazard comes through, and it means the same", () => {
  fc.assert(
    fc.property(units, (text) => {
      const json = escapeJson(JSON.stringify({ [text]: text }));
      expect(json).not.toMatch(hazard);
      expect(JSON.parse(json)).toEqual({ [text]: text });
      expect(quoteJson(text)).not.toMatch(hazard);
      expect(JSON.parse(quoteJson(text))).toBe(text);
    }),
  );
});

test("line breaks between values stay", () => {
  expect(escapeJson(JSON.stringify(["\u007f"], null, 1))).toBe('[\n "\\u007f"\n]');
});

test("other scripts stay", () => {
  expect(quoteJson("日本語 ☺ 🎈")).toBe('"日本語 ☺ 🎈"');
});
