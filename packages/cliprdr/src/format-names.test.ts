import fc from "fast-check";
import { expect, test } from "vitest";
import { hasFormatName, listable } from "./format-names.js";
import { FormatListLong, FormatListShort, FormatName } from "./index.js";

const format = (formatName: string) => ({ formatId: 1, formatName });

test("any names can be sent in either form, and are told by what is left of them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.boolean(), fc.boolean(), (name, longNames, wslg) => {
      const formats = listable([format(name)], longNames, wslg);
      const pdu = longNames ? FormatListLong : FormatListShort;
      const read = pdu.decode(pdu.encode({ msgFlags: 0, formats })).formats[0];
      expect(read).toEqual(formats[0]);
      const sent = read?.formatName ?? "";
      expect(sent).not.toMatch(/\p{Surrogate}/u);
      expect(name.startsWith(sent)).toBe(true);
      const [whole = ""] = name.split("\0");
      if (longNames) expect(sent).toBe(whole);
      else if (whole.length > 16 && sent.length > 14) expect(hasFormatName(format(sent), whole)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("a cut does not part the halves of a character", () => {
  expect(listable([format("12345678901234😀")], false, false)).toEqual([format("12345678901234")]);
  expect(listable([format("12345678901234😀")], false, true)).toEqual([format("12345678901234😀")]);
});

test("a name is told if it is whole, or fills a short field; not if it only begins alike", () => {
  const told = ["Rich Text Format", "Rich Text Forma", "Rich Text", "rich text format", "", "Rich Text Format 2"];
  expect(told.map((name) => hasFormatName(format(name), FormatName.rtf))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(hasFormatName(format("FileGroupDescrip"), FormatName.fileGroupDescriptor)).toBe(true);
  expect(hasFormatName(format("FileGroupDescriptor"), FormatName.fileGroupDescriptor)).toBe(false);
});
