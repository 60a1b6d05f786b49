import { UsageError } from "@railvail/command-line";
import { expect, test } from "vitest";
import { parseHex } from "./hex-input.js";

test("hex is read, whatever stands between the digits", () => {
  expect(parseHex("03 00:0x0013\n# comment\nff")).toEqual(Uint8Array.of(3, 0, 0, 0x13, 0xff));
  expect(parseHex("00000000: 0300 0013  ....\n00000004: ff  .")).toEqual(Uint8Array.of(3, 0, 0, 0x13, 0xff));
  expect(parseHex("")).toEqual(new Uint8Array(0));
});

test("mistakes are those of the command line, with their place", () => {
  expect(() => parseHex("03\n00 0g")).toThrow(UsageError);
  expect(() => parseHex("03\n00 0g")).toThrow("hex, line 2, column 5: 'g' is no hex digit");
  expect(() => parseHex("030", "--bytes")).toThrow("--bytes, line 1, column 1: odd number of hex digits");
});
