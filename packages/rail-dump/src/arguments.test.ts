import { describe, expect, test } from "vitest";
import { parseArguments, UsageError } from "./arguments.js";

describe("what is understood", () => {
  test("a file alone is listed", () => {
    const { command, files, format, time, count, selection } = parseArguments(["a.pcap"]);
    expect({ command, files, format, time, count, selection }).toEqual({
      command: "list",
      files: ["a.pcap"],
      format: "text",
      time: "r",
      count: Number.POSITIVE_INFINITY,
      selection: { all: false, channels: undefined, direction: undefined },
    });
  });

  test("letters can be put together, files come with -r too", () => {
    const args = parseArguments(["-Vxc5", "-r", "a", "-tud", "-Tndjson", "b"]);
    expect(args).toMatchObject({
      tree: true,
      hex: true,
      count: 5,
      time: "ud",
      format: "ndjson",
      files: ["a", "b"],
    });
  });

  test("channels and connections are repeated or separated by commas", () => {
    const args = parseArguments(["--channel", "rail,egfx", "--channel=io", "--conn", "0,2", "f"]);
    expect([...(args.selection.channels ?? [])]).toEqual(["rail", "egfx", "io"]);
    expect([...(args.connections ?? [])]).toEqual([0, 2]);
  });

  test("key logs are repeated, for each command; a comma is part of a name", () => {
    expect(parseArguments(["--keylog", "a,b", "--keylog=c", "f"]).keyLogs).toEqual(["a,b", "c"]);
    expect(parseArguments(["windows", "f", "--keylog", "a"])).toMatchObject({ keyLogs: ["a"], files: ["f"] });
    expect(parseArguments(["f"]).keyLogs).toEqual([]);
  });

  test.each(["stats", "verify", "windows"] as const)("the command %s", (command) => {
    expect(parseArguments([command, "--json", "a", "b"])).toMatchObject({
      command,
      json: true,
      files: ["a", "b"],
    });
  });

  test("a file with the name of a command is given with its folder", () => {
    expect(parseArguments(["./stats"])).toMatchObject({ command: "list", files: ["./stats"] });
  });

  test("help needs no file", () => {
    expect(parseArguments(["verify", "--help"]).help).toBe(true);
  });
});

describe("what is refused, by name", () => {
  test.each([
    [["--colour", "f"], /unknown option '--colour'/],
    [["-Z", "f"], /unknown option '-Z'/],
    [["f", "-c"], /-c, --count/],
    [["-c", "ten", "f"], /-c takes a whole number, not 'ten'/],
    [["-T", "xml", "f"], /-T takes text or ndjson, not 'xml'/],
    [["-t", "x", "f"], /-t takes r, d, e, a, ad, u, ud, not 'x'/],
    [["--direction", "up", "f"], /--direction takes c2s or s2c, not 'up'/],
    [["--color", "yes", "f"], /--color takes auto or always or never, not 'yes'/],
    [["--conn", "a", "f"], /--conn takes a whole number, not 'a'/],
    [["--json", "f"], /--json does not go with a listing/],
    [["stats", "-V", "f"], /-V does not go with stats/],
    [["verify", "--channel", "rail", "f"], /--channel does not go with verify/],
    [[], /no FILE/],
    [["stats"], /no FILE/],
  ])("%j", (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(UsageError);
    expect(() => parseArguments(argv)).toThrow(message);
  });
});
