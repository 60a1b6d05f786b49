import { basename, join, resolve } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { safeName } from "./safe-name.js";

const hostile = fc
  .array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("..", "/", "\\", ".", "\0", "\u202e", "\ud800", "a")))
  .map((parts) => parts.join(""));

test("whatever the name, the file is in the folder, and is what the name says", () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const safe = safeName(name);
      expect(safe).toMatch(/^(?![._])[\p{L}\p{N}._-]*(?<![._])$/u);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(140);
      const path = join("/folder", `prefix-${safe}`);
      expect(resolve(path)).toBe(path);
      expect(basename(path)).toBe(`prefix-${safe}`);
    }),
  );
});

test.each([
  ["report.pdf", "report.pdf"],
  ["C:\\Users\\me\\Grüße 1.txt", "Grüße_1.txt"],
  ["../../etc/passwd", "passwd"],
  ["..", ""],
  [".bashrc", "bashrc"],
  ["a\u202egnp.exe", "a_gnp.exe"],
])("%j becomes %j", (name, safe) => {
  expect(safeName(name)).toBe(safe);
});

test("the end of a long name stays", () => {
  expect(safeName(`${"x".repeat(300)}.tar.gz`)).toMatch(/^x{110}_x{22}\.tar\.gz$/);
  expect(safeName(`${"語".repeat(300)}.png`)).toMatch(/^語{36}_語{8}\.png$/);
});
