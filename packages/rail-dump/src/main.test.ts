import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fixture, Kept, run } from "../testing/run.js";
import { filterHelp } from "./filter/filter-help.js";
import { helpText } from "./help.js";
import { OutputError } from "./terminal.js";
import { version } from "./version.js";

const rail = fixture("wslg-rail-basic");
const vail = fixture("wslg-vail-gfxredir");
const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(path));

describe("help", () => {
  test("fits a screen and ends with three examples", async () => {
    const { code, stdout, lines } = await run(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toBe(helpText);
    expect(lines.length).toBeLessThanOrEqual(60);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(90);
    const examples = lines.slice(lines.indexOf("examples:") + 1);
    expect(examples.length).toBe(3);
    for (const example of examples) expect(example).toMatch(/^ {2}rail-dump /);
  });

  test("each command and each letter that help names is understood", async () => {
    const letters = [...helpText.matchAll(/^ {2}-(\w), --\w+ ?([A-Z]*)/gm)];
    expect(letters.length).toBeGreaterThan(7);
    const values: Record<string, string> = { FORMAT: "text", N: "1", FILE: rail, FILTER: "rail", OUT: "out" };
    for (const [, letter = "", argument = ""] of letters) {
      // It writes files: its command has tests of its own.
      if (letter === "o") continue;
      const value = letter === "t" ? "r" : (values[argument] ?? "");
      const { code, stderr } = await run([`-${letter}${value}`, "-c1", rail]);
      expect({ letter, code, stderr }).toEqual({ letter, code: 0, stderr: "" });
    }
  });

  test("of filters is a text of its own, whose examples are filters", async () => {
    for (const argv of [
      ["--help", "filter"],
      ["filter", "-h"],
    ]) {
      const { code, stdout, lines } = await run(argv);
      expect({ code, stdout }).toEqual({ code: 0, stdout: filterHelp });
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(90);
    }
    const examples = filterHelp.slice(filterHelp.indexOf("examples:")).matchAll(/-Y '([^']*)'/g);
    const filters = [...examples].map(([, filter = ""]) => filter);
    expect(filters.length).toBe(3);
    for (const filter of filters) expect((await run(["-Y", filter, rail])).stderr).toBe("");
  });

  test("the version is that of the manifest", async () => {
    const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
      readonly version: string;
    };
    expect(version).toBe(manifest.version);
    expect((await run(["--version"])).stdout).toBe(`rail-dump ${version}\n`);
  });
});

describe("exit codes", () => {
  test("2 and the option's name where the command line is wrong", async () => {
    expect(await run(["--colour", rail])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: "rail-dump: unknown option '--colour'\ntry 'rail-dump --help'\n",
    });
  });

  test("2 where a file cannot be read; the others are read all the same", async () => {
    const { code, stderr, lines } = await run(["--channel", "x224", "missing.pcap", rail]);
    expect(code).toBe(2);
    expect(stderr).toBe("rail-dump: missing.pcap: no such file\n");
    expect(lines.length).toBe(2);
  });

  test("2 where a file is no capture", async () => {
    const files = { text: new TextEncoder().encode("this is not a capture at all\n".repeat(9)) };
    const { code, stdout, stderr } = await run(["stats", "text"], { files });
    expect(code).toBe(2);
    expect(stdout).toContain("total");
    expect(stderr).toMatch(/^rail-dump: text: .+\n$/);
  });

  test("1 where a file ends early; what came before is shown", async () => {
    const files = { cut: bytesOf(vail).subarray(0, 20_000) };
    const { code, stderr, lines } = await run(["cut"], { files });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^rail-dump: cut: /);
    expect(lines.length).toBeGreaterThan(50);
  });

  test("0 when the reader of the output has had enough", async () => {
    const stdout = new Kept({ limit: 1 });
    const { code, stderr } = await run(["-a", rail], { stdout });
    expect({ code, stderr, writes: stdout.writes.length }).toEqual({ code: 0, stderr: "", writes: 1 });
  });

  test("2 when the output cannot be written", async () => {
    const stdout = new Kept();
    stdout.write = async () => Promise.reject(new OutputError("cannot write the output: ENOSPC"));
    expect(await run(["-a", rail], { stdout })).toMatchObject({
      code: 2,
      stderr: "rail-dump: cannot write the output: ENOSPC\n",
    });
  });

  test("names of files are escaped in complaints", async () => {
    const { stderr } = await run(["\u001b]0;title\u0007"]);
    expect(stderr).toBe("rail-dump: \\u{1b}]0;title\\u{7}: no such file\n");
  });
});

describe("colour", () => {
  const escape = "\u001b[";

  test.each([
    ["a file", { stdout: new Kept() }, [], false],
    ["a terminal", { stdout: new Kept({ isTerminal: true }) }, [], true],
    ["NO_COLOR", { stdout: new Kept({ isTerminal: true }), env: { NO_COLOR: "1" } }, [], false],
    ["an empty NO_COLOR", { stdout: new Kept({ isTerminal: true }), env: { NO_COLOR: "" } }, [], true],
    ["a dumb terminal", { stdout: new Kept({ isTerminal: true }), env: { TERM: "dumb" } }, [], false],
    ["always", { stdout: new Kept(), env: { NO_COLOR: "1" } }, ["--color", "always"], true],
    ["never", { stdout: new Kept({ isTerminal: true }) }, ["--color=never"], false],
  ] as const)("%s", async (_, options, args, coloured) => {
    const { stdout } = await run(["-c", "3", ...args, rail], options);
    expect(stdout.includes(escape)).toBe(coloured);
  });

  test("without its codes a coloured listing is the plain one", async () => {
    const args = ["-V", "-x", "-c", "40", rail];
    const [plain, coloured] = [await run(args), await run(["--color=always", ...args])];
    // eslint-disable-next-line no-control-regex -- the codes are what is taken out
    expect(coloured.stdout.replace(/\u001b\[[\d;]*m/g, "")).toBe(plain.stdout);
  });
});
