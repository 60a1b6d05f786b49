import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  colorSchemeName,
  colorSchemeOf,
  displayTitle,
  guidBytes,
  guidText,
  LanguageProfileClsid,
  LanguageProfileGuid,
} from "./index.js";

describe("displayTitle", () => {
  test.each([
    ["Flower\0", "Flower"],
    ["Flower", "Flower"],
    ["a\0b\0\0", "a\0b"],
    ["\0", ""],
    ["", ""],
  ])("%j is shown as %j", (stored, shown) => expect(displayTitle(stored)).toBe(shown));

  test("is the longest start that does not end in NUL", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "\0") }), (title) => {
        const shown = displayTitle(title);
        expect(shown.endsWith("\0")).toBe(false);
        expect(shown.padEnd(title.length, "\0")).toBe(title);
      }),
    );
  });
});

describe("names of color schemes", () => {
  test.each([
    ["with its length in front", "\u001aHigh Contrast", "High Contrast"],
    ["with a length that counts a NUL", "\u001cHigh Contrast\0", "High Contrast"],
    ["with a NUL alone", "High Contrast\0", "High Contrast"],
    ["empty, in either form", "\0", ""],
    ["absent", "", ""],
  ])("%s", (_, stored, name) => expect(colorSchemeName(stored)).toBe(name));

  test("what is written is read", () => {
    fc.assert(
      fc.property(
        fc.string().filter((name) => !name.endsWith("\0")),
        (name) => {
          expect(colorSchemeName(colorSchemeOf(name))).toBe(name);
        },
      ),
    );
  });
});

describe("GUIDs", () => {
  test("the first three groups are little-endian", () => {
    expect(guidBytes(LanguageProfileClsid.microsoftImeJapanese)).toEqual(
      Uint8Array.of(0x5f, 0x83, 0xb5, 0x03, 0x3c, 0xf0, 0x1b, 0x41, 0x9c, 0xe2, 0xaa, 0x23, 0xe1, 0x17, 0x1e, 0x36),
    );
  });

  test("bytes survive the text", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(guidBytes(guidText(bytes))).toEqual(bytes);
      }),
    );
  });

  test("every named one is a GUID", () => {
    for (const text of [...Object.values(LanguageProfileClsid), ...Object.values(LanguageProfileGuid)]) {
      expect(guidText(guidBytes(text) ?? new Uint8Array())).toBe(text);
    }
  });

  test.each(["", "03b5835f", "03b5835f-f03c-411b-9ce2-aa23e1171e3g"])("%j is none", (text) =>
    expect(guidBytes(text)).toBeUndefined(),
  );
});
