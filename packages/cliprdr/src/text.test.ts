import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ansiTextToString, stringToAnsiText, stringToUnicodeText, unicodeTextToString } from "./text.js";
import { decodeUtf8, encodeUtf8 } from "./utf8.js";

const units = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
});
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "utf16le"));

describe("CF_UNICODETEXT", () => {
  test("text without NUL comes back, lone surrogates too", () => {
    fc.assert(
      fc.property(units, (text) => {
        const clean = text.replaceAll("\0", "");
        expect(unicodeTextToString(stringToUnicodeText(clean))).toBe(clean);
      }),
    );
  });

  test("any bytes are read without an error", () => {
    fc.assert(fc.property(fc.uint8Array(), (data) => !unicodeTextToString(data).includes("\0")));
  });

  test("replaced surrogates leave text that UTF-8 can hold, and whole pairs alone", () => {
    fc.assert(
      fc.property(units, (text) => {
        const repaired = unicodeTextToString(utf16(text), {
          loneSurrogates: "replace",
          compat: "wslg",
        });
        expect(decodeUtf8(encodeUtf8(repaired))).toBe(repaired);
      }),
    );
    expect(unicodeTextToString(utf16("\u{1f600}\ud83d"), { loneSurrogates: "replace" })).toBe("\u{1f600}\ufffd");
    expect(unicodeTextToString(stringToUnicodeText("\udc00x", { loneSurrogates: "replace" }))).toBe("\ufffdx");
  });

  test("line ends", () => {
    expect(unicodeTextToString(utf16("a\r\nb\rc\n\0"), { lineEnds: "lf" })).toBe("a\nb\rc\n");
    expect(unicodeTextToString(stringToUnicodeText("a\nb\r\nc", { lineEnds: "crlf" }))).toBe("a\r\nb\r\nc");
    expect(unicodeTextToString(stringToUnicodeText("a\nb"))).toBe("a\nb");
  });

  test("the first NUL ends the text; WSLg trims NUL and LF at the end, and keeps CR", () => {
    const data = utf16("a\0b\r\n\n\0\0");
    expect(unicodeTextToString(data)).toBe("a");
    expect(unicodeTextToString(data, { compat: "wslg" })).toBe("a\0b\r");
    expect(unicodeTextToString(utf16("\n\0"), { compat: "wslg" })).toBe("");
  });

  test("an odd byte at the end is ignored", () => {
    expect(unicodeTextToString(new Uint8Array([0x61, 0, 0x62]))).toBe("a");
  });
});

describe("CF_TEXT", () => {
  test("bytes are characters, and come back", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const data = new Uint8Array([...bytes.filter((byte) => byte !== 0), 0]);
        expect(stringToAnsiText(ansiTextToString(data))).toEqual(data);
      }),
    );
  });

  test("a character that does not fit is a question mark", () => {
    expect(ansiTextToString(stringToAnsiText("é\u20ac\u{1f600}"))).toBe("é??");
  });
});
