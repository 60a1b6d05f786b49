import { describe, expect, test } from "vitest";
import { refusal } from "../testing/refusal.js";
import {
  berLength,
  biased,
  bits,
  carrier,
  i16,
  i32,
  i8,
  pdu,
  perInteger,
  perLength,
  selectedBy,
  selector,
  u16,
  u16be,
  u32,
  u32be,
  u64,
  u8,
  type IntField,
  type Pdu,
} from "./index.js";

const any = (of: unknown): Pdu => of as Pdu;

describe("integers out of range", () => {
  const kinds: readonly (readonly [string, IntField, number, number])[] = [
    ["u8", u8, 0, 0xff],
    ["u16", u16, 0, 0xffff],
    ["u32", u32, 0, 0xffff_ffff],
    ["i8", i8, -0x80, 0x7f],
    ["i16", i16, -0x8000, 0x7fff],
    ["i32", i32, -0x8000_0000, 0x7fff_ffff],
    ["u16be", u16be, 0, 0xffff],
    ["u32be", u32be, 0, 0xffff_ffff],
    ["perLength", perLength, 0, 0x7fff],
    ["perInteger", perInteger, 0, 0xffff_ffff],
    ["berLength", berLength, 0, 0xffff_ffff],
    ["biased", biased(u16be, 1001) as IntField, 1001, 1001 + 0xffff],
  ];

  test.each(kinds)("%s", (name, int, low, high) => {
    const Of = any(pdu("NUMBER", "[TEST] 1", { before: u8, value: int }));
    for (const value of [low, high]) expect(refusal(Of, { before: 1, value })).toBe("");
    const bias = name === "biased" ? 1001 : 0;
    for (const value of [low - 1, high + 1, low + 0.5, Number.NaN, Infinity, -Infinity, 2 ** 53]) {
      const shown = value - bias;
      expect(refusal(Of, { before: 1, value })).toBe(
        `NUMBER.value: value out of range: ${shown}, allowed ${low - bias} to ${high - bias}`,
      );
    }
    for (const value of ["1", 1n, null, true, {}, []])
      expect(refusal(Of, { before: 1, value })).toMatch(/^NUMBER\.value: value out of range: /);
    expect(refusal(Of, { before: 1 })).toBe("NUMBER.value: value missing");
  });

  test("u64 takes bigints of 64 bits and nothing else", () => {
    const Of = any(pdu("NUMBER", "[TEST] 2", { value: u64 }));
    for (const value of [0n, 0xffff_ffff_ffff_ffffn]) expect(refusal(Of, { value })).toBe("");
    for (const value of [-1n, 1n << 64n, 1, Number.NaN, "1"]) {
      expect(refusal(Of, { value })).toBe(
        `NUMBER.value: value out of range: ${value}, allowed bigint 0 to 18446744073709551615`,
      );
    }
  });

  test("bits of a carrier and integers of selected size", () => {
    const Of = any(
      pdu("PARTS", "[TEST] 3", {
        head: carrier(u8),
        cb: selector(bits("head", 0, 2)),
        low: bits("head", 2, 3),
        id: selectedBy("cb"),
      }),
    );
    expect(refusal(Of, { low: 7, id: 0xffff_ffff })).toBe("");
    expect(refusal(Of, { low: 8, id: 0 })).toBe("PARTS.low: value out of range: 8, allowed 0 to 7");
    expect(refusal(Of, { low: -1, id: 0 })).toBe("PARTS.low: value out of range: -1, allowed 0 to 7");
    expect(refusal(Of, { low: 0, id: 2 ** 32 })).toMatch(/: value out of range: 4294967296, allowed 0 to 4294967295$/);
  });
});
