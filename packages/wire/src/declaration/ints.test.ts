import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  berInteger,
  berLength,
  DecodeError,
  EncodeError,
  hex,
  interpretDecode,
  pdu,
  perInteger,
  perLength,
  sourceOf,
  u8,
  type IntField,
} from "../index.js";
import { fixedInts, intName, intRange, variableInts } from "./ints.js";

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));
const holding = (int: IntField) => pdu("NUMBER", "[TEST] 1", { n: int as IntField<number, "valueWide">, end: u8 });
const of = {
  perLength: holding(perLength),
  perInteger: holding(perInteger),
  berLength: holding(berLength),
  berInteger: holding(berInteger),
};
type Name = keyof typeof of;

/** Encodings worked out by hand from X.690 and X.691: kind, value, and the bytes an encoder writes. */
const vectors: readonly (readonly [Name, number, string])[] = [
  ["perLength", 0, "00"],
  ["perLength", 0x7f, "7f"],
  ["perLength", 0x80, "8080"],
  ["perLength", 300, "812c"],
  ["perLength", 0x7fff, "ffff"],
  ["berLength", 0, "00"],
  ["berLength", 0x7f, "7f"],
  ["berLength", 0x80, "8180"],
  ["berLength", 0xff, "81ff"],
  ["berLength", 0x100, "820100"],
  ["berLength", 0xffff, "82ffff"],
  ["berLength", 0x1_0000, "83010000"],
  ["berLength", 0x100_0000, "8401000000"],
  ["berLength", 0xffff_ffff, "84ffffffff"],
  ["berInteger", 0, "0100"],
  ["berInteger", 0x7f, "017f"],
  ["berInteger", 0x80, "020080"],
  ["berInteger", 0xff, "0200ff"],
  ["berInteger", 0x7fff, "027fff"],
  ["berInteger", 0x8000, "03008000"],
  ["berInteger", 0x7f_ffff, "037fffff"],
  ["berInteger", 0x80_0000, "0400800000"],
  ["berInteger", 0x7fff_ffff, "047fffffff"],
  ["berInteger", 0x8000_0000, "050080000000"],
  ["berInteger", 0xffff_ffff, "0500ffffffff"],
  ["perInteger", 0, "0100"],
  ["perInteger", 0xff, "01ff"],
  ["perInteger", 0x100, "020100"],
  ["perInteger", 0xffff, "02ffff"],
  ["perInteger", 0x1_0000, "0400010000"],
  ["perInteger", 0xffff_ffff, "04ffffffff"],
];

/** Forms that an encoder would not choose: kind, bytes, value, and the bytes they take. */
const odd: readonly (readonly [Name, string, number, number])[] = [
  ["perLength", "8005", 5, 2],
  ["berLength", "8105", 5, 2],
  ["berLength", "8400000005", 5, 5],
  ["berLength", "83000080", 0x80, 4],
  ["berInteger", "0180", 0x80, 2],
  ["berInteger", "020001", 1, 3],
  ["berInteger", "0400000001", 1, 5],
  ["berInteger", "050000000001", 1, 6],
  ["perInteger", "020005", 5, 3],
  ["perInteger", "03010000", 0x1_0000, 4],
  ["perInteger", "050000000005", 5, 6],
];

describe("integers of variable size", () => {
  test.each(vectors)("%s %d is %s", (name, n, text) => {
    expect(hex(of[name].encode({ n, end: 0xee }))).toBe(`${text}ee`);
    expect(of[name].decode(fromHex(`${text}ee`))).toStrictEqual({
      n,
      nWidth: undefined,
      end: 0xee,
      trailing: undefined,
    });
    expect(of[name].inspect(fromHex(`${text}ee`)).deviations).toEqual([]);
  });

  test.each(odd)("%s %s keeps its form", (name, text, n, nWidth) => {
    const input = fromHex(`${text}ee`);
    const value = of[name].decode(input);
    expect(value).toStrictEqual({ n, nWidth, end: 0xee, trailing: undefined });
    expect(interpretDecode(of[name], sourceOf(input), 0, input.length)).toStrictEqual(value);
    expect(hex(of[name].encode(value))).toBe(`${text}ee`);
    expect(of[name].size(value)).toBe(input.length);
    expect(of[name].inspect(input).deviations).toMatchObject([
      { rule: "long-form", field: "n", offset: 0, message: `takes ${nWidth} bytes` },
    ]);
  });

  test.each<[Name, string]>([
    ["berLength", "80"],
    ["berLength", "85"],
    ["berLength", "ff"],
    ["berInteger", "00"],
    ["berInteger", "06000000000001"],
    ["berInteger", "0501000000ff"],
    ["perInteger", "00"],
  ])("%s %s has no known form", (name, text) => {
    expect(() => of[name].decode(fromHex(`${text}eeeeeeeeeeee`))).toThrow(
      `NUMBER.n at byte 0: value out of range: ${Number.parseInt(text.slice(0, 2), 16)}, allowed a known ${name} form`,
    );
  });

  test.each(vectors)("%s %d is refused where it is cut", (name, _n, text) => {
    const input = fromHex(text);
    for (let end = 0; end < input.length; end++)
      expect(() => of[name].decode(input.subarray(0, end))).toThrow(DecodeError);
  });

  test("every value comes back in each width it fits, and no other is written", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(of) as Name[])),
        fc.oneof(fc.nat(0xffff_ffff), fc.nat(300)),
        fc.integer({ min: 0, max: 7 }),
        (name, n, nWidth) => {
          const int = variableInts[name];
          if (n > int.max) return;
          if (!int.fits(n, nWidth)) {
            expect(() => of[name].encode({ n, nWidth, end: 0 })).toThrow(EncodeError);
            return;
          }
          const bytes = of[name].encode({ n, nWidth, end: 0 });
          expect(bytes).toHaveLength(nWidth + 1);
          expect(of[name].decode(bytes)).toMatchObject({ n, nWidth: nWidth === int.preferred(n) ? undefined : nWidth });
        },
      ),
    );
  });
});

test("names and ranges", () => {
  expect(Object.values(fixedInts).map(intName)).toEqual([
    "u8",
    "u16",
    "u32",
    "u64",
    "i8",
    "i16",
    "i32",
    "u16be",
    "u32be",
  ]);
  expect(intName({ form: "bits", carrier: "c", shift: 0, width: 3 })).toBe("3 bits");
  expect(intName({ form: "selected", selector: "s" })).toBe("u8/u16/u32");
  expect(intRange(fixedInts.i16)).toEqual([-32768, 32767]);
  expect(intRange({ form: "bits", carrier: "c", shift: 0, width: 3 })).toEqual([0, 7]);
});
