import { keyOfScancode } from "@railvail/session";
import { expect, test } from "vitest";
import { typedKeys } from "./typed-keys.js";

const codes = (text: string): (string | number)[] =>
  typedKeys(text).map((event) => (event.type === "key" ? `${event.scancode}${event.down ? "+" : "-"}` : event.type));

test("letters are keys that go down and up, capitals with Shift", () => {
  expect(codes("aB")).toEqual(["30+", "30-", "42+", "48+", "48-", "42-"]);
});

test("all of a US keyboard has keys, and each is another one", () => {
  const plain = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./ \n\t\b";
  const keys = Array.from(plain).map((character) => codes(character)[0]);
  expect(new Set(keys).size).toBe(plain.length);
  expect(keys.every((key) => typeof key === "string" && key.endsWith("+"))).toBe(true);
  for (const shifted of '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?') expect(codes(shifted)).toHaveLength(4);
  expect(keyOfScancode(0x1c, false)).toBeDefined();
});

test("what no key has is sent as Unicode", () => {
  expect(typedKeys("é😀")).toEqual(
    [0xe9, 0x1f600].flatMap((unit) => [true, false].map((down) => ({ type: "unicode", unit, down }))),
  );
});
