import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { OutputError } from "../terminal.js";
import { OutputFolder } from "./output-folder.js";

const root = mkdtempSync(join(tmpdir(), "rail-dump-"));
afterAll(() => rmSync(root, { recursive: true }));

let path = "";
let runs = 0;
const fresh = (): string => join(root, String(runs++), "made", "on the way");
beforeEach(() => {
  path = fresh();
});
const plenty = { maxFiles: 100, maxBytes: 1000 };
const text = (value: string): Uint8Array => Buffer.from(value);
const read = (name: string): string => readFileSync(join(path, name), "utf8");

describe("files that exist", () => {
  test("are left alone: a name that is taken gets a number", () => {
    const names = ["first", "second", "third"].map((contents) =>
      new OutputFolder(path, plenty).write("a.b.txt", text(contents)),
    );
    expect(names.map((file) => file?.name)).toEqual(["a.b.txt", "a.b-2.txt", "a.b-3.txt"]);
    expect(readdirSync(path).map(read)).toEqual(["second", "third", "first"]);
  });

  test("a link is not followed", () => {
    const folder = new OutputFolder(path, plenty);
    const target = join(root, "target");
    symlinkSync(target, join(path, "a"));
    expect(folder.write("a", text("x"))?.name).toBe("a-2");
    expect(() => statSync(target)).toThrow(/ENOENT/);
    const file = folder.create("b");
    rmSync(join(path, "b"));
    writeFileSync(target, "kept");
    symlinkSync(target, join(path, "b"));
    expect(() => file?.writeAt(0, text("x"))).toThrow(OutputError);
    expect(readFileSync(target, "utf8")).toBe("kept");
  });
});

describe("limits", () => {
  test("no more files than allowed", () => {
    const folder = new OutputFolder(path, { maxFiles: 2, maxBytes: 1000 });
    expect(["a", "b", "c"].map((name) => folder.create(name)?.name)).toEqual(["a", "b", undefined]);
    expect(folder.reached).toBe("maxFiles");
    expect(folder.unlimited("index").writeAt(0, text("x"))).toBe(true);
  });

  test("all files together have no more bytes than allowed, holes counted", () => {
    const write = fc.record({ file: fc.nat(2), position: fc.nat(50), length: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 20 }), fc.nat(100), (writes, maxBytes) => {
        path = fresh();
        const folder = new OutputFolder(path, { maxFiles: 3, maxBytes });
        const files = ["a", "b", "c"].map((name) => folder.create(name));
        for (const { file, position, length } of writes) {
          const [of, before] = [files[file], files[file]?.size ?? 0];
          const written = of?.writeAt(position, new Uint8Array(length));
          const grows = written === true && length > 0;
          expect(of?.size).toBe(grows ? Math.max(before, position + length) : before);
          expect(of?.size).toBe(statSync(join(path, of?.name ?? "")).size);
        }
        const sizes = readdirSync(path).map((name) => statSync(join(path, name)).size);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(maxBytes);
      }),
      { numRuns: 30 },
    );
  });

  test("what does not fit as a whole is not begun", () => {
    const folder = new OutputFolder(path, { maxFiles: 9, maxBytes: 10 });
    expect(folder.write("a", new Uint8Array(11))).toBeUndefined();
    expect(folder.write("b", new Uint8Array(10))?.size).toBe(10);
    expect(readdirSync(path)).toEqual(["b"]);
    expect(folder.reached).toBe("maxBytes");
  });
});

test("what the system refuses is said, with the path", () => {
  const file = join(root, "a file");
  writeFileSync(file, "");
  expect(() => new OutputFolder(file, plenty)).toThrow(OutputError);
  expect(() => new OutputFolder(join(file, "below"), plenty)).toThrow(/cannot write .*a file\/below/);
});
