import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fixture, fixtureText } from "./recordings.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const readme = here("../README.md");

/** The block of TypeScript that stands right after the comment `<!-- example -->`. */
function example(): string {
  if (!existsSync(readme)) throw new Error("there is no README.md");
  const marked = /<!-- example -->\s*```ts\n(.*?)```/s.exec(readFileSync(readme, "utf8"));
  if (marked?.[1] === undefined) {
    throw new Error("README.md has no block of TypeScript after <!-- example -->");
  }
  return marked[1];
}

let folder = "";

beforeEach(() => {
  // Not in the system's folder: imports of packages are resolved from where the file lies.
  mkdirSync(here("../.cache"), { recursive: true });
  folder = mkdtempSync(here("../.cache/readme-"));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

test("the example of the README is short", () => {
  const lines = example()
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.trim().startsWith("//"));
  expect(lines.length).toBeLessThanOrEqual(16);
});

test("the example of the README prints the titles of the windows", async () => {
  const capture = JSON.stringify(fixture("wslg-rail-basic"));
  const code = example()
    .replace(/"[^"\n]*\.pcap(ng)?(\.gz)?"/, capture)
    .replaceAll(/process\.argv\[2\](\s*\?\?\s*"[^"]*")?/g, capture);
  expect(code, "the example names a capture").toContain(capture);
  const printed: string[] = [];
  vi.spyOn(console, "log").mockImplementation((...parts: unknown[]) => {
    printed.push(parts.map(String).join(" "));
  });
  const file = `${folder}/example.ts`;
  writeFileSync(file, code);
  await import(/* @vite-ignore */ file);
  const titles = fixtureText("wslg-rail-basic", "NOTES.txt")
    .split("\n")
    .flatMap((line) => /^ {2}window \d+: (.+?)\\\\x00$/.exec(line)?.[1] ?? []);
  expect(titles).toHaveLength(3);
  for (const title of titles) {
    expect(
      printed.some((line) => line.includes(title)),
      `it prints ${title}`,
    ).toBe(true);
  }
});
