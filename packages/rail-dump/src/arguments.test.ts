import { UsageError } from "@railvail/command-line";
import { describe, expect, test } from "vitest";
import { parseArguments } from "./arguments.js";

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

  test("what to extract, where to, and how much", () => {
    expect(parseArguments(["extract", "f"]).extract).toMatchObject({
      folder: "extracted",
      frames: "last",
      maxFiles: 10_000,
    });
    expect([...parseArguments(["extract", "f"]).extract.kinds]).toEqual([
      "clipboard",
      "audio",
      "icons",
      "cursors",
      "frames",
    ]);
    const argv = [
      "extract",
      "--kind",
      "audio,icons",
      "-oDIR",
      "--frames=all",
      "--max-files",
      "7",
      "--max-bytes",
      "3M",
      "f",
    ];
    const { extract, files } = parseArguments(argv);
    expect(files).toEqual(["f"]);
    expect([...extract.kinds]).toEqual(["audio", "icons"]);
    expect(extract).toMatchObject({ folder: "DIR", frames: "all", maxFiles: 7, maxBytes: 3 * 2 ** 20 });
  });

  test("latency is for statistics", () => {
    expect(parseArguments(["stats", "--latency", "f"]).latency).toBe(true);
    expect(() => parseArguments(["--latency", "f"])).toThrow(/--latency does not go with a listing/);
  });

  test("a file with the name of a command is given with its folder", () => {
    expect(parseArguments(["./stats"])).toMatchObject({ command: "list", files: ["./stats"] });
  });

  test("a filter, and columns, as they are written", () => {
    const argv = [
      "-Y",
      "rail and packet > 5",
      "-Tfields",
      "-e",
      "packet",
      "-e",
      "rail.windowId",
      "-E",
      "separator=,",
      "f",
    ];
    expect(parseArguments(argv)).toMatchObject({
      filter: "rail and packet > 5",
      format: "fields",
      columns: ["packet", "rail.windowId"],
      layout: ["separator=,"],
    });
    expect(parseArguments(["stats", "-Y", "rail", "f"]).filter).toBe("rail");
  });

  test("commands that read no files have operands", () => {
    expect(parseArguments(["fields"])).toMatchObject({ command: "fields", files: [], operands: [] });
    expect(parseArguments(["decode", "--pdu", "X", "00", "-"])).toMatchObject({
      pdu: "X",
      files: [],
      operands: ["00", "-"],
    });
    expect(parseArguments(["encode", "--pdu=X", '{"a":1}'])).toMatchObject({ pdu: "X", operands: ['{"a":1}'] });
  });

  test("help about filters is asked for with the word", () => {
    expect(parseArguments(["--help", "filter"])).toMatchObject({ help: true, topic: "filter" });
    expect(parseArguments(["-h"]).topic).toBeUndefined();
    expect(parseArguments(["filter"])).toMatchObject({ topic: undefined, files: ["filter"] });
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
    [["-T", "xml", "f"], /-T takes text or ndjson or fields, not 'xml'/],
    [["-t", "x", "f"], /-t takes r, d, e, a, ad, u, ud, not 'x'/],
    [["--direction", "up", "f"], /--direction takes c2s or s2c, not 'up'/],
    [["--color", "yes", "f"], /--color takes auto or always or never, not 'yes'/],
    [["--conn", "a", "f"], /--conn takes a whole number, not 'a'/],
    [["--json", "f"], /--json does not go with a listing/],
    [["stats", "-V", "f"], /-V does not go with stats/],
    [["verify", "--channel", "rail", "f"], /--channel does not go with verify/],
    [["-T", "fields", "f"], /-T fields needs the name of one: -e FIELD/],
    [["-e", "packet", "f"], /-e goes with -T fields/],
    [["-E", "header=y", "f"], /-E goes with -T fields/],
    [["verify", "-Y", "rail", "f"], /-Y does not go with verify/],
    [["windows", "-Y", "rail", "f"], /-Y does not go with windows/],
    [["decode", "00"], /decode needs the name of a message: --pdu NAME/],
    [["encode", "{}"], /encode needs the name of a message: --pdu NAME/],
    [["decode", "--pdu", "X", "--conn", "1"], /--conn does not go with decode/],
    [["fields", "-V"], /-V does not go with fields/],
    [[], /no FILE/],
    [["stats"], /no FILE/],
  ])("%j", (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(UsageError);
    expect(() => parseArguments(argv)).toThrow(message);
  });
});
