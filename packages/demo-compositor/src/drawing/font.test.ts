import { expect, test } from "vitest";
import { glyphRows, glyphSize } from "./font.js";

const characters = Array.from({ length: 95 }, (_, at) => String.fromCharCode(0x20 + at));

test("every character of ASCII has a glyph of its own, of the size that is stated", () => {
  const seen = new Map<string, string>();
  for (const character of characters) {
    const rows = glyphRows(character);
    expect(rows).toHaveLength(glyphSize.height);
    expect(rows.every((row) => row >= 0 && row < 2 ** glyphSize.width)).toBe(true);
    expect(seen.get(rows.join()), `${character} looks like another one`).toBeUndefined();
    seen.set(rows.join(), character);
  }
  expect(glyphRows(" ").every((row) => row === 0)).toBe(true);
});

test("a character that the font does not have is a box", () => {
  expect(glyphRows("é")).toEqual(glyphRows("😀"));
  expect(glyphRows("é")).toEqual([31, 17, 17, 17, 17, 17, 31]);
});
