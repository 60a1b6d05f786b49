import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { guessLongNames, negotiatedLongNames } from "./format-list-form.js";
import { clipboardPdu } from "./messages.js";
import { ClipboardGeneralFlags, type ClipCaps } from "./pdu/clip-caps.js";
import { FormatListLong, FormatListShort } from "./pdu/format-list.js";
import { ClipboardMessageFlags } from "./pdu/header.js";

const caps = (generalFlags: number): ClipCaps => ({
  msgFlags: 0,
  capabilitySets: [{ capabilityData: { type: "general", version: 2, generalFlags } }],
});
const guess = (bytes: Uint8Array): boolean => guessLongNames(sourceOf(bytes), 0, bytes.length);

const formatId = fc.integer({ min: 1, max: 0xffff_ffff });
const name = (maxLength: number) =>
  fc.string({
    unit: fc.integer({ min: 1, max: 0xffff }).map((code) => String.fromCharCode(code)),
    maxLength,
  });
const formats = (maxLength: number) =>
  fc.array(fc.record({ formatId, formatName: name(maxLength) }), { minLength: 1, maxLength: 8 });

test("long lists are taken for long ones", () => {
  fc.assert(fc.property(formats(40), (list) => guess(FormatListLong.encode({ msgFlags: 0, formats: list }))));
});

test("short lists are taken for short ones, or read the same in the long form", () => {
  fc.assert(
    fc.property(formats(14), (list) => {
      const bytes = FormatListShort.encode({ msgFlags: 0, formats: list });
      return !guess(bytes);
    }),
  );
  const full = FormatListShort.encode({
    msgFlags: 0,
    formats: [{ formatId: 5, formatName: "fifteen letters" }],
  });
  expect(FormatListLong.decode(full)).toEqual(FormatListShort.decode(full));
});

test("ascii names are short names", () => {
  const bytes = FormatListShort.encode({
    msgFlags: ClipboardMessageFlags.asciiNames,
    formats: [{ formatId: 1, formatName: "abc" }],
  });
  expect(guess(bytes)).toBe(false);
  expect(bytes.length).toBe(44);
});

test("any bytes are guessed at without an error", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof guess(bytes) === "boolean"));
});

test("both sides must announce long names", () => {
  const { useLongFormatNames: long } = ClipboardGeneralFlags;
  expect(negotiatedLongNames(caps(long), caps(long | 0x10))).toBe(true);
  expect(negotiatedLongNames(caps(0x10), caps(long))).toBe(false);
  expect(negotiatedLongNames(caps(long), undefined)).toBe(false);
});

test("what was negotiated decides, whatever the bytes look like", () => {
  const source = sourceOf(FormatListLong.encode({ msgFlags: 0, formats: [{ formatId: 13, formatName: "" }] }));
  expect(clipboardPdu(source, 0, source.bytes.length, "client", false)).toBe(FormatListShort);
  expect(clipboardPdu(source, 0, source.bytes.length, "client", true)).toBe(FormatListLong);
  expect(clipboardPdu(source, 0, source.bytes.length, "client")).toBe(FormatListLong);
});
