import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { emptyFolder, extracted, indexOf, removeFolders } from "../testing/extracted.js";
import { fixture, run, tlsSession } from "../testing/run.js";

afterAll(removeFolders);
const clipboard = fixture("wslg-clipboard");
const audio = fixture("wslg-audio");

describe("what is written", () => {
  test("only the kinds that are asked for, and how much is said", async () => {
    const { code, files, lines } = await extracted(["--kind", "clipboard,cursors", clipboard]);
    expect(code).toBe(0);
    expect(new Set(files.map((name) => name.replace(/-.*/, "")))).toEqual(new Set(["clipboard", "cursor"]));
    expect(lines.slice(0, 2).map((line) => line.split(/ +/))).toEqual([
      ["clipboard", "3", "files", "144", "bytes"],
      ["cursors", "1", "files", expect.stringMatching(/^\d+$/) as string, "bytes"],
    ]);
    expect(lines.at(-1)).toMatch(/^in .*, listed in index\.ndjson$/);
  });

  test("as JSON", async () => {
    const { stdout } = await extracted(["--json", "--kind", "audio", audio]);
    expect(JSON.parse(stdout)).toMatchObject({
      index: "index.ndjson",
      written: { audio: { files: 2, bytes: 617_070 } },
      left: [],
    });
  });

  test("names are the same in each run; a second run in the same folder replaces nothing", async () => {
    const folder = join(emptyFolder(), "made", "by it");
    const args = ["extract", "-o", folder, "--kind", "clipboard", clipboard];
    await run(args);
    const names = readdirSync(folder);
    const contents = names.map((name) => readFileSync(join(folder, name)));
    expect((await run(args)).lines.at(-1)).toMatch(/, listed in index-2\.ndjson$/);
    expect(names.map((name) => readFileSync(join(folder, name)))).toEqual(contents);
    expect(readdirSync(folder).length).toBe(2 * names.length);
    const [first, second] = [indexOf(folder), indexOf(folder, "index-2.ndjson")];
    expect(second.map(({ file }) => file)).toEqual(first.map(({ file }) => file?.replace(/\.(?=\w+$)/, "-2.")));
    expect((await extracted(["--kind", "clipboard", clipboard])).index).toEqual(first);
  });
});

describe("what is left", () => {
  test("a limit that is reached is said, and how to raise it", async () => {
    const files = await extracted(["--max-files", "2", "--kind", "clipboard", clipboard]);
    expect(files.code).toBe(1);
    expect(files.files.length).toBe(2);
    expect(files.stderr).toMatch(/not all was written: 2 is the limit; --max-files raises it/);
    expect(files.stdout).toMatch(
      /clipboard +not extracted: a limit was reached \(1 times, first in packet 948 of connection 0\)/,
    );
    const bytes = await extracted(["--max-bytes", "100k", "--kind", "audio", audio]);
    expect(bytes.code).toBe(1);
    expect(bytes.stderr).toMatch(/102400 is the limit; --max-bytes raises it/);
  });

  test("a session in TLS without its key is a finding, with it not", async () => {
    const without = await extracted([fixture(tlsSession)]);
    expect([without.code, without.files]).toEqual([1, []]);
    const keys = ["--keylog", fixture(tlsSession, "keylog.txt")];
    expect((await extracted([...keys, "--kind", "cursors", fixture(tlsSession)])).files.length).toBe(1);
  });
});

describe("what is refused", () => {
  test.each([
    [["--kind", "sounds"], /--kind takes clipboard or audio or icons or cursors or frames, not 'sounds'/],
    [["--frames", "some"], /--frames takes last or all, not 'some'/],
    [["--max-bytes", "1T"], /--max-bytes takes a number of bytes such as 500000, 64k, 100M or 2G, not '1T'/],
    [["--max-files", "-1"], /--max-files/],
    [["--channel", "rail"], /--channel does not go with extract/],
  ])("%j", async (argv, message) => {
    const { code, stderr } = await run(["extract", ...argv, clipboard]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  test("-o belongs to extract", async () => {
    expect((await run(["-o", "x", clipboard])).stderr).toMatch(/-o does not go with a listing/);
  });

  test("a folder that cannot be made, and a file that is none of a capture", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "file"), "");
    const { code, stderr } = await run(["extract", "-o", join(folder, "file"), clipboard]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^rail-dump: cannot write .*file: /) as string]);
    mkdirSync(join(folder, "folder"));
    expect((await run(["extract", "-o", join(folder, "folder"), join(folder, "file")])).code).toBe(2);
  });
});
