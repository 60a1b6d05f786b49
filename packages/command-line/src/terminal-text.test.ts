import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeText, quoteText } from "./terminal-text.js";

/** Strings of UTF-16 units of any kind, lone surrogates among them, hazards more often. */
const units = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0, 7, 0x1b, 0x5c, 0x75, 0x7b, 0x7f, 0x9b, 0x202e, 0x2066, 0x2028, 0xd800),
      fc.integer({ min: 0x20, max: 0x7e }),
    ),
    { maxLength: 40 },
  )
  .map((codes) => String.fromCharCode(...codes));

const hazard = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

/** Turns the escapes back. */
const unescaped = (text: string): string =>
  text.replace(/\\u\{([\da-f]+)\}/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));

describe("text", () => {
  test("no hazard comes through, and nothing is lost", () => {
    fc.assert(
      fc.property(units, (text) => {
        const escaped = escapeText(text);
        expect(escaped).not.toMatch(hazard);
        expect(unescaped(escaped)).toBe(text);
      }),
    );
  });

  test.each([
    ["plain ASCII stays", "xterm - C:\\dir", "xterm - C:\\dir"],
    ["other scripts stay", "日本語 ☺ 🎈", "日本語 ☺ 🎈"],
    ["an escape sequence", "\u001b[2J", "\\u{1b}[2J"],
    ["a C1 control", "\u009b2J", "\\u{9b}2J"],
    ["a bidirectional override", "a\u202egpj.exe", "a\\u{202e}gpj.exe"],
    ["a lone surrogate", "\ud83c!", "\\u{d83c}!"],
    ["what looks like an escape of ours", "\\u{1b}", "\\u{5c}u{1b}"],
    ["a line break", "a\nb", "a\\u{a}b"],
  ])("%s", (_, text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });

  test("quoted text is cut", () => {
    expect(quoteText("abcdef", 3)).toBe('"abc…"');
    expect(quoteText("abc", 3)).toBe('"abc"');
  });
});
