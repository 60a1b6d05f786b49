import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyExpression, withoutPlaces } from "../../testing/expressions.js";
import { mistakeOf } from "../../testing/mistake.js";
import { FilterError } from "./filter-error.js";
import { parseFilter } from "./filter.js";
import { parseExpression } from "./parser.js";
import { printExpression } from "./print.js";
import { marks, keywords } from "./token.js";

test("printing a tree and parsing it gives the tree", () => {
  fc.assert(
    fc.property(anyExpression, (tree) => {
      expect(withoutPlaces(parseExpression(printExpression(tree)))).toEqual(tree);
    }),
    { numRuns: 300 },
  );
});

/** Texts that look like filters more often than not. */
const filterLike = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...marks,
        ...keywords,
        "WindowMove",
        "rail.windowId",
        "time",
        "channel",
        "name",
        "aa:bb",
        "0x1f",
        "-5",
        '"x"',
        'r"',
      ),
      fc.string({ maxLength: 4 }),
      fc.integer().map(String),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(" "));

test("any text is a filter, or a mistake with a place in it", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), filterLike), (text) => {
      try {
        parseFilter(text);
      } catch (error) {
        if (!(error instanceof FilterError)) throw error;
        expect(error.at).toBeGreaterThanOrEqual(0);
        expect(error.end).toBeGreaterThanOrEqual(error.at);
        expect(error.end).toBeLessThanOrEqual(text.length);
        expect(error.message).toMatch(/^[^A-Z].*[^.]$/su);
        const [line, mark] = error.marked;
        expect(mark.indexOf("^")).toBeLessThanOrEqual(line.length);
      }
    }),
    { numRuns: 800 },
  );
});

describe("what stands for what", () => {
  test.each([
    ["a or b and c", "a or (b and c)"],
    ["not a and b", "not a and b"],
    ["not (a and b)", "not (a and b)"],
    ["!a || b&&!c", "not a or (b and not c)"],
    ["a eq 1 and b ne 2", "a == 1 and b != 2"],
    ["a lt 1 or a le 1 or a gt 1 or a ge 1", "a < 1 or a <= 1 or a > 1 or a >= 1"],
    ["a == 0x1F", "a == 31"],
    ["a == -0x10", "a == -16"],
    ["a==-5", "a == -5"],
    ["a > 1.50", "a > 1.5"],
    ["a in {1,2 , 5..8,-3..-1}", "a in {1, 2, 5..8, -3..-1}"],
    ["a & x|y == 0x3", "a & x | y == 3"],
    ["a ~ 'b'", 'a matches "b"'],
    ["a == AA:bb", "a == aa:bb"],
    ["a contains :0a", "a contains :0a"],
    [String.raw`a == "\x41\u0042\u{43}\n\"\\"`, String.raw`a == "ABC\n\"\\"`],
    [String.raw`a matches r"\d"`, String.raw`a matches "\\d"`],
    ["path == mcs/rail or channel == fastpath-in", "path == mcs/rail or channel == fastpath-in"],
    ["a & 40BIT_ENCRYPTION_FLAG", "a & 40BIT_ENCRYPTION_FLAG"],
    ["a == true", "a == true"],
    ["((a))", "a"],
    ["a\n&&\tb", "a and b"],
  ])("%s", (text, printed) => expect(printExpression(parseExpression(text))).toBe(printed));
});

describe("mistakes and their places", () => {
  test.each([
    ["", 0, 0, "the name of a message or of a field is expected here"],
    ["a ==", 4, 4, "a value is expected here"],
    ["a = 1", 2, 3, "equality is written =="],
    ["a == 1 b", 7, 8, "'and', 'or' or the end of the filter is expected here"],
    ["(a", 2, 2, "')' is expected here"],
    ["a)", 1, 2, "'and', 'or' or the end of the filter is expected here"],
    ["a in 1", 5, 6, "'{' is expected here"],
    ["a in {1", 7, 7, "'}' is expected here"],
    ["a in {}", 6, 7, "a value is expected here"],
    ['a == "b', 5, 7, "the closing quotation mark is missing"],
    [String.raw`a == "\d"`, 6, 8, 'this escape is not known; in r"…" a backslash is itself'],
    ["a == 1.0000000001", 5, 17, "a number has up to 9 decimals: times are nanoseconds"],
    [`a == 0x${"f".repeat(60)}`, 5, 67, "this number has too many digits"],
    ["a[0] == 1", 1, 2, /^elements and bytes are not named by their places/],
    ["a + 1 == 2", 2, 3, "there is no arithmetic"],
    ["a == in", 5, 7, "a value is expected here; the word 'in' as a value stands in quotation marks"],
    ["5 == a", 0, 1, "the name of a message or of a field is expected here"],
    ["a & == 1", 4, 6, "the bits that are looked at are expected here"],
    ["a == ☃", 5, 6, "this character has no meaning here"],
    ["a == 😀", 5, 7, "this character has no meaning here"],
    ["(".repeat(200), 100, 101, "the filter is nested too deeply"],
    ["!".repeat(5000), 100, 101, "the filter is nested too deeply"],
  ])("%s", (text, at, end, message) => {
    const mistake = mistakeOf(() => parseExpression(text));
    expect({ at: mistake.at, end: mistake.end }).toEqual({ at, end });
    if (typeof message === "string") expect(mistake.message).toBe(message);
    else expect(mistake.message).toMatch(message);
  });

  test("a long chain is no deep nesting", () => {
    const text = Array.from({ length: 5000 }, () => "a").join(" and ");
    expect(parseExpression(text)).toMatchObject({ kind: "and" });
  });
});

describe("the mark", () => {
  const marked = (text: string, at: number, end: number): readonly string[] =>
    new FilterError(text, { at, end }, "x").marked;

  test("stands under what is wrong", () => expect(marked("a == bcd", 5, 8)).toEqual(["a == bcd", "     ^~~"]));

  test("stands at the end where something is missing", () => expect(marked("a ==", 4, 4)).toEqual(["a ==", "    ^"]));

  test("of several lines only the one with the mistake is shown", () => {
    expect(marked("a and\nb == c\nor d", 11, 12)).toEqual(["b == c", "     ^"]);
  });

  test("of a long filter only what is around it is shown, and controls are escaped", () => {
    expect(marked(`${"x".repeat(200)}\u001by${"z".repeat(200)}`, 201, 202)).toEqual([
      `${"x".repeat(59)}\\u{1b}y${"z".repeat(60)}`,
      `${" ".repeat(65)}^`,
    ]);
  });
});
