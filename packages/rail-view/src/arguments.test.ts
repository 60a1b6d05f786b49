import { UsageError } from "@railvail/command-line";
import { describe, expect, test } from "vitest";
import { parseArguments } from "./arguments.js";
import { helpText } from "./help.js";

const parse = (...argv: string[]) => parseArguments(["--connect", "3389", ...argv]);

describe("the command line", () => {
  test.each([
    ["3389", { host: "127.0.0.1", port: 3389 }],
    ["host.example:1", { host: "host.example", port: 1 }],
    ["[::1]:3390", { host: "::1", port: 3390 }],
    ["/run/x.sock", { path: "/run/x.sock" }],
    ["./x", { path: "./x" }],
  ])("connects to %s", (text, address) => {
    expect(parseArguments(["--connect", text]).address).toEqual(address);
  });

  test("says what is done, in one order", () => {
    const { deeds } = parse("--close", "first", "--type", "a\\n\\\\n", "--move", "0x10,-5,6,70,80", "--move", "Tk,1,2");
    expect(deeds).toEqual([
      { type: "move", window: { id: 16 }, left: -5, top: 6, size: { width: 70, height: 80 } },
      { type: "move", window: { title: "Tk" }, left: 1, top: 2, size: undefined },
      { type: "type", text: "a\n\\n" },
      { type: "close", window: "first" },
    ]);
  });

  test("takes times in seconds", () => {
    expect(parse("--wait", "0.5", "--quit-after", "never")).toMatchObject({ wait: 500, quitAfter: undefined });
    expect(parse("--wait", ".3", "--quit-after", ".25")).toMatchObject({ wait: 300, quitAfter: 250 });
    expect(parse()).toMatchObject({ wait: 10_000, quitAfter: 2000, format: "lines", vail: true, egfx: true });
  });

  test("takes TLS only where it says which server is believed", () => {
    for (const trust of ["verify", "ab".repeat(32)]) expect(parse("--trust", trust).tls).toBe("only");
    for (const trust of ["local", "any"]) expect(parse("--trust", trust).tls).toBe("auto");
    expect(parse("--trust", "any", "--tls", "off").tls).toBe("off");
    expect(parse("--trust", "verify", "--tls", "only").tls).toBe("only");
  });

  test.each([
    [[], "no server is given"],
    [["--connect", "host"], "--connect takes"],
    [["--connect", "host:70000"], "--connect takes"],
    [["--connect", "1", "--size", "0x5"], "--size takes"],
    [["--connect", "1", "--tls", "maybe"], "--tls takes auto or off or only"],
    [["--connect", "1", "--trust", "abc"], "--trust takes"],
    [["--connect", "1", "--trust", "verify", "--tls", "auto"], "go with --tls only, not --tls auto"],
    [["--connect", "1", "--trust", "ab".repeat(32), "--tls", "off"], "go with --tls only, not --tls off"],
    [["--connect", "1", "--type", "-x"], "write --type=-x"],
    [["--connect", "1", "--args", "x"], "--exec"],
    [["--connect", "1", "--exec", "x", "--desktop"], "does not go with"],
    [["--connect", "1", "--move", "1"], "--move takes ID,X,Y or ID,X,Y,W,H in whole pixels, not '1'"],
    [["--connect", "1", "--move", "1,2"], "--move takes"],
    [["--connect", "1", "--click", "1"], "--click takes X,Y in whole pixels, not '1'"],
    [["--connect", "1", "--quit-after", "."], "--quit-after takes"],
    [["--connect", "1", "--move", "1,2,3,0,5"], "size"],
    [["--connect", "1", "--wait", "soon"], "--wait takes"],
    [["--connect", "1", "--ndjson", "-q"], "--quiet"],
    [["--connect", "1", "--what"], "unknown option '--what'"],
    [["--connect", "1", "positional"], "unexpected argument"],
  ])("refuses %j", (argv, reason) => {
    expect(() => parseArguments(argv)).toThrow(UsageError);
    expect(() => parseArguments(argv)).toThrow(reason);
  });

  test("help names every option, in fewer than 60 lines of at most 100 columns", () => {
    const lines = helpText.split("\n");
    expect(lines.length).toBeLessThan(60);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    for (const name of ["connect", "tls", "trust", "user", "password", "domain", "desktop", "size", "no-vail"]) {
      expect(helpText).toContain(`--${name}`);
    }
    for (const name of [
      "no-egfx",
      "remotefx",
      "sections",
      "compat",
      "exec",
      "args",
      "workdir",
      "activate",
      "move",
      "minimize",
    ]) {
      expect(helpText).toContain(`--${name}`);
    }
    for (const name of [
      "maximize",
      "restore",
      "type",
      "click",
      "close",
      "wait",
      "quit-after",
      "png",
      "record",
      "ndjson",
    ]) {
      expect(helpText).toContain(`--${name}`);
    }
  });
});
