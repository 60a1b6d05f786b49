import fc from "fast-check";
import { expect, test } from "vitest";
import { driveName } from "./drive-name.js";

const text = (from: number, to: number) =>
  fc.string({ unit: fc.integer({ min: from, max: to }).map((code) => String.fromCharCode(code)), maxLength: 40 });

test("a name in UTF-16 with its NUL comes back", () => {
  fc.assert(
    fc.property(text(1, 0xffff), (name) => {
      expect(driveName(new Uint8Array(Buffer.from(`${name}\0`, "utf16le")))).toBe(name);
    }),
  );
});

test("a name of one byte a character comes back, with its NUL or without", () => {
  fc.assert(
    fc.property(text(1, 0xff), fc.constantFrom("", "\0"), (name, nul) => {
      expect(driveName(new Uint8Array(Buffer.from(`${name}${nul}`, "latin1")))).toBe(name);
    }),
  );
});

test("any bytes give a name without NUL", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (data) => {
      const name = driveName(data);
      expect(name.includes("\0") || name.length > data.length).toBe(false);
    }),
  );
  expect(driveName(new Uint8Array(0))).toBe("");
});
