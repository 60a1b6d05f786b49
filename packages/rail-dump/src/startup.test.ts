import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Modules that a source file of this package loads before it runs; types load nothing. */
const importsOf = (url: URL): string[] =>
  [...readFileSync(url, "utf8").matchAll(/^import (?!type )[^;]*?from "([^"]+)";/gm)].map(([, from = ""]) => from);

test("what help and version need is small, and no package that knows a protocol is loaded", () => {
  const start = new URL("program.ts", import.meta.url);
  const files = new Map([[start.href, start]]);
  const others = new Set<string>();
  for (const url of files.values()) {
    for (const from of importsOf(url)) {
      if (!from.startsWith(".")) others.add(from);
      else {
        const next = new URL(from.replace(/\.js$/, ".ts"), url);
        files.set(next.href, next);
      }
    }
  }
  expect(files.size).toBeGreaterThan(4);
  expect(files.size).toBeLessThan(12);
  expect([...others].filter((from) => !from.startsWith("node:"))).toEqual(["@railvail/command-line"]);
});
