import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PatternError } from "./pattern-syntax.js";
import { Pattern } from "./pattern.js";

const atom = fc.constantFrom(
  "a",
  "b",
  "c",
  ".",
  "[ab]",
  "[^a]",
  "[a-c]",
  String.raw`\d`,
  String.raw`\w`,
  String.raw`[\s\d]`,
  "1",
  " ",
  "\\.",
  "é",
);
const edge = fc.constantFrom("^", "$", String.raw`\b`, String.raw`\B`);
const count = fc.constantFrom("", "", "", "*", "+", "?", "*?", "{2}", "{1,}", "{0,3}", "{2,4}");
const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(atom, count).map(([one, times]) => one + times),
    edge,
    fc.tuple(tie("pattern"), count).map(([inner, times]) => `(${inner})${times}`),
    fc.tuple(tie("pattern"), tie("pattern")).map(([one, other]) => `(?:${one}|${other})`),
  ),
  pattern: fc.array(tie("part"), { maxLength: 4 }).map((parts) => parts.join("")),
}));
const text = fc.string({ unit: fc.constantFrom(..."abcABC1 .éÉ\n"), maxLength: 10 });

test("it matches where RegExp does", () => {
  fc.assert(
    fc.property(pattern, text, (source, subject) => {
      expect({ source, subject, found: new Pattern(source).test(subject) }).toEqual({
        source,
        subject,
        found: new RegExp(source, "iu").test(subject),
      });
    }),
    { numRuns: 800 },
  );
});

test("any text is a pattern or a mistake with a place in it, and RegExp knows no other patterns", () => {
  const patternLike = fc.string({ unit: fc.constantFrom(..."ab\\[](){}^$|?*+.-1,dsx:"), maxLength: 10 });
  fc.assert(
    fc.property(fc.oneof(fc.string(), patternLike), (source) => {
      try {
        new Pattern(source).test("ab1");
      } catch (error) {
        if (!(error instanceof PatternError)) throw error;
        expect(error.at).toBeLessThanOrEqual(source.length);
      }
    }),
    { numRuns: 800 },
  );
});

describe("patterns that make others count to eternity", () => {
  const long = "a".repeat(5000);

  test.each([
    "(a+)+$",
    "(a|a)*b",
    "(a|aa)+$b",
    "a*a*a*a*a*b",
    "(.*)*x",
    String.raw`(\w+\s?)*!`,
    "(a?){200}a{200}b",
    "((a*)*)*b",
  ])("%s", (source) => expect(new Pattern(source).test(`${long}!`)).toBe(source === String.raw`(\w+\s?)*!`));
});

describe("what is refused", () => {
  test.each([
    ["(", 0, "this parenthesis is not closed"],
    [")", 0, "this parenthesis closes nothing"],
    ["[a", 0, "this bracket is not closed"],
    ["*", 0, "'*' as a character is written \\*"],
    ["a**", 2, "'*' as a character is written \\*"],
    ["^*", 1, "nothing can be repeated here"],
    ["a{3,2}", 1, "more repetitions at least than at most"],
    ["a{1001}", 0, "at most 1000 repetitions can be asked for"],
    ["(a{1000}){1000}", 0, "the pattern is too large"],
    ["((){1000}){1000}(a){9}{2}", 22, "'{' as a character is written \\{"],
    [String.raw`(a)\1`, 3, "\\1 is not supported"],
    ["(?=a)", 0, "groups that look ahead or behind, or that have a name, are not supported"],
    ["[z-a]", 1, "this range ends before it begins"],
    [String.raw`[\d-z]`, 1, "a range goes from one character to another"],
    ["\\", 0, "nothing is escaped here"],
    [String.raw`\u{110000}`, 0, "there is no such character"],
    ["(".repeat(60), 50, "the pattern is nested too deeply"],
  ])("%s", (source, at, message) => {
    expect(() => new Pattern(source)).toThrow(PatternError);
    expect(() => new Pattern(source)).toThrow(expect.objectContaining({ at, message }));
  });
});

test("characters beyond 16 bits are one character", () => {
  expect(new Pattern("^.$").test("😀")).toBe(true);
  expect(new Pattern("^[😀-😂]$").test("😁")).toBe(true);
  expect(new Pattern("^..$").test("😀")).toBe(false);
});
