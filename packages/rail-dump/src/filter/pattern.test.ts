import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PatternError, patternTest } from "./pattern.js";

test("it matches any part, in either case", () => {
  expect(patternTest("xterm")("an XTerm here")).toBe(true);
  expect(patternTest("^xterm$")("an xterm here")).toBe(false);
  expect(patternTest("^.$")("😀")).toBe(true);
});

test("any text is a pattern or a mistake that is said", () => {
  const patternLike = fc.string({ unit: fc.constantFrom(...Array.from("ab\\[](){}^$|?*+.-1,dsx:")), maxLength: 10 });
  fc.assert(
    fc.property(fc.oneof(fc.string(), patternLike), (source) => {
      try {
        expect(typeof patternTest(source)("ab1")).toBe("boolean");
      } catch (error) {
        if (!(error instanceof PatternError)) throw error;
        expect(error.message).toMatch(/^\S/);
      }
    }),
  );
});

describe("patterns that make others count to eternity", () => {
  const long = "a".repeat(5000);

  test.each(["(a+)+$", "(a|a)*b", "(a|aa)+$b", "a*a*a*a*a*b", "(.*)*x", "(a?){200}a{200}b", "((a*)*)*b"])(
    "%s",
    (source) => expect(patternTest(source)(`${long}!`)).toBe(false),
  );
});

test.each([
  ["(", /missing closing \)/],
  ["a**", /invalid nested repetition operator/],
  ["(a{1000}){1000}", /invalid repeat count/],
  [String.raw`(a)\1`, /invalid escape sequence/],
  ["(?=a)", /unsupported Perl syntax/],
])("%s is refused", (source, message) => {
  expect(() => patternTest(source)).toThrow(PatternError);
  expect(() => patternTest(source)).toThrow(message);
});
