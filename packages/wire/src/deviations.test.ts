import { describe, expect, test } from "vitest";
import { capabilities, connect, lines, move, order, present, reset } from "../testing/samples.js";
import {
  align,
  block,
  bits,
  byteLength,
  bytes,
  carrier,
  deviationRules,
  fixed,
  flag,
  flags,
  interpretDecode,
  latin1,
  length,
  list,
  pdu,
  perLength,
  prefixed,
  rest,
  sized,
  sourceOf,
  tilingFault,
  u16,
  u8,
  utf16,
  when,
  enumeration,
  type DeviationRule,
  type Pdu,
} from "./index.js";

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
const any = (of: unknown): Pdu => of as Pdu;
const spec = "[TEST] 1";
const text = (nul: "none" | "counted" | "always" | "after") =>
  any(pdu("TEXT", spec, { id: u8, name: utf16(prefixed(u8), { nul }) }));

/** Rule, declaration, bytes, field, offset and message. */
const examples: readonly (readonly [DeviationRule, Pdu, string, string, number, string])[] = [
  ["reserved-not-zero", any(connect), "7f65 09 0000 05 05 01 00000000", "userTag", 5, "is 5 instead of 4"],
  ["reserved-not-zero", any(capabilities), "0000 0100", "pad", 2, "padding is not zero"],
  [
    "reserved-not-zero",
    any(pdu("BITS", spec, { a: u8, head: carrier(u8), low: bits("head", 0, 3) })),
    "00 0a",
    "head",
    1,
    "bits outside 0x7 are set",
  ],
  [
    "reserved-not-zero",
    any(pdu("ALIGN", spec, { a: u8, fill: align(4), b: u8 })),
    "01 000100 02",
    "fill",
    1,
    "padding is not zero",
  ],
  [
    "reserved-not-zero",
    any(present),
    "0e000000 1c000000 0000000000000000 00000000 0000000000000001",
    "dummy",
    20,
    "padding is not zero",
  ],
  ["missing-pad", any(reset), "0e00 0c000000 00000000 0000", "fill", 10, "28 bytes of padding are missing"],
  [
    "missing-pad",
    any(pdu("ALIGN", spec, { a: u8, fill: align(4) })),
    "01 00",
    "fill",
    1,
    "2 bytes of padding are missing",
  ],
  [
    "length-differs",
    any(pdu("LENIENT", spec, { a: u8, size: byteLength(u16, { lenient: true }), b: u8 })),
    "01 0900 02",
    "size",
    1,
    "states 9 bytes and there are 4",
  ],
  [
    "length-differs",
    any(pdu("GONE", spec, { bits: flags(u8, { A: 1 }), cb: length(u8), a: when(flag("bits", 1), bytes(sized("cb"))) })),
    "00 03",
    "a",
    2,
    "a length is stated for a field that is not there",
  ],
  ["missing-terminator", text("counted"), "00 02 6100", "name", 2, "no NUL inside the stated length"],
  ["missing-terminator", text("always"), "00 00", "name", 2, "no NUL inside the stated length"],
  ["missing-terminator", text("after"), "00 02 6100 0100", "name", 4, "no NUL after the text"],
  ["lone-terminator", text("counted"), "00 02 0000", "name", 2, "an empty text with a NUL"],
  [
    "text-after-nul",
    any(pdu("PADDED", spec, { id: u8, name: latin1(fixed(4), { nul: "padded" }) })),
    "00 61 00 62 00",
    "name",
    2,
    "bytes after the NUL",
  ],
  ["odd-length", text("none"), "00 03 6100 62", "name", 2, "3 bytes of UTF-16"],
  [
    "unknown-value",
    any(pdu("ENUM", spec, { id: u8, kind: enumeration(u16, { ONE: 1 }) })),
    "00 0203",
    "kind",
    1,
    "0x302 has no name",
  ],
  ["unknown-flags", any(order), "2e 0b00 10000081 01000000", "fieldsPresent", 3, "bits 0x80000010 have no name"],
  ["unknown-tag", any(capabilities), "0100 0000 0900 0600 aabb", "sets[0].body", 8, "tag 0x9 is not known"],
  ["long-form", any(pdu("LONG", spec, { id: u8, n: perLength })), "00 8005", "n", 1, "takes 2 bytes"],
  ["trailing-bytes", any(move), "0800 0f00 01000000 0000 0000 aabbcc", "trailing", 12, "3 bytes after the last field"],
  [
    "trailing-bytes",
    any(pdu("BLOCKS", spec, { sets: list(block({ l: byteLength(u8), a: u8 }), rest) })),
    "02 05 03 05 06",
    "sets[1].trailing",
    4,
    "1 bytes after the last field",
  ],
];
const table = examples.map(([rule, of, input, field, offset, message]) => ({
  rule,
  of,
  name: of.name,
  bytes: fromHex(input),
  field,
  offset,
  message,
}));

describe("deviations", () => {
  test("every rule has an example", () => {
    expect(new Set(table.map(({ rule }) => rule))).toEqual(new Set(Object.keys(deviationRules)));
  });

  test.each(table)("$rule of $name at $offset: $message", ({ rule, of, bytes: input, field, offset, message }) => {
    const { deviations, error, fields } = of.inspect(input);
    expect(error).toBeUndefined();
    expect(deviations).toEqual([{ rule, spec: of.spec, field, offset, message }]);
    expect(tilingFault(fields, input.length)).toBe(-1);
  });

  test.each(table)(
    "$rule of $name at $offset is lost by encoding exactly if the rule says so",
    ({ rule, of, bytes: input }) => {
      expect(Buffer.from(of.encode(of.decode(input))).equals(input)).toBe(!deviationRules[rule].lossy);
    },
  );

  test.each(table)(
    "$rule of $name at $offset counts from the start of the message in a chunk",
    ({ of, bytes: input }) => {
      const chunk = Uint8Array.from([1, 2, 3, ...input, 4]);
      expect(of.inspect(sourceOf(chunk), 3, 3 + input.length).deviations).toEqual(of.inspect(input).deviations);
    },
  );

  test("are none of what an encoder writes without unknown values", () => {
    expect(move.inspect(move.encode({ windowId: 1, left: 2, top: 3 })).deviations).toEqual([]);
    expect(
      lines.inspect(lines.encode({ state: 1, line: "a", number: 4, name: "", data: Uint8Array.of(9) })).deviations,
    ).toEqual([]);
  });

  test("before an error are kept", () => {
    const { deviations, error } = connect.inspect(fromHex("7f65 09 0000 05 06 01 00000000"));
    expect(deviations.map(({ rule }) => rule)).toEqual(["reserved-not-zero"]);
    expect(error?.field).toBe("user");
  });
});

test("an inspection gives the value that the interpreter gives", () => {
  for (const { of, bytes: input } of table)
    expect(of.inspect(input).value).toStrictEqual(interpretDecode(of, sourceOf(input), 0, input.length));
});
