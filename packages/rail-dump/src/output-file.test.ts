import { linkSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createOutput, sameFile } from "./output-file.js";
import { OutputError } from "./terminal.js";

const folder = mkdtempSync(join(tmpdir(), "rail-dump-"));
afterAll(() => rmSync(folder, { recursive: true }));
const inFolder = (name: string): string => join(folder, name);

describe("a file", () => {
  test("holds what was written, and nothing of what was there", async () => {
    const path = inFolder("out");
    writeFileSync(path, "x".repeat(100));
    const output = await createOutput(path);
    await output.write([Uint8Array.of(1, 2), Uint8Array.of(3)]);
    await output.write([Uint8Array.of(4)]);
    await output.close();
    expect([...readFileSync(path)]).toEqual([1, 2, 3, 4]);
  });

  test("that cannot be made is named", async () => {
    await expect(createOutput(inFolder("no/such/folder"))).rejects.toThrow(OutputError);
    await expect(createOutput(inFolder("no/such/folder"))).rejects.toThrow(/such\/folder: no such file/);
    await expect(createOutput(folder)).rejects.toThrow(/is a directory/);
  });
});

test("a file is the same by whatever name", async () => {
  const [one, other] = [inFolder("one"), inFolder("other")];
  writeFileSync(one, "1");
  writeFileSync(other, "2");
  symlinkSync(one, inFolder("symbolic"));
  linkSync(one, inFolder("hard"));
  for (const name of ["one", "symbolic", "hard"]) {
    expect(await sameFile(inFolder(name), [other, one])).toBe(true);
    expect(await sameFile(inFolder(name), [other, inFolder("missing")])).toBe(false);
  }
  expect(await sameFile(inFolder("missing"), [one, inFolder("missing")])).toBe(false);
});
