import { describe, expect, test } from "vitest";
import { parseArguments } from "./arguments.js";
import { helpText } from "./help.js";
import { main } from "./main.js";

describe("the command line", () => {
  test("has the defaults that the help states", () => {
    expect(parseArguments([])).toMatchObject({
      port: 3389,
      host: "127.0.0.1",
      tls: "auto",
      vail: undefined,
      paths: ["vail", "egfx", "composed"],
      takeOver: false,
      quitAfter: undefined,
    });
  });

  test("takes all options", () => {
    const argv =
      "--port 0 --host ::1 --tls only --vail /tmp/x --paths composed,egfx --quit-after 1.5 --take-over --log";
    expect(parseArguments(argv.split(" "))).toEqual({
      help: false,
      version: false,
      port: 0,
      host: "::1",
      tls: "only",
      vail: "/tmp/x",
      paths: ["composed", "egfx"],
      takeOver: true,
      quitAfter: 1500,
      log: true,
    });
  });

  test("takes addresses in brackets, and parts of a second", () => {
    expect(parseArguments(["--host", "[::1]", "--quit-after", ".3"])).toMatchObject({ host: "::1", quitAfter: 300 });
  });

  test.each([
    [["--port", "-1"], "option '--port' is followed by '-1', which looks like an option: write --port=-1"],
    [["--port", ".5"], "option --port takes a number from 0 to 65535, not '.5'"],
    [["--port", "65536"], "option --port takes a number from 0 to 65535, not '65536'"],
    [["--port", "1.5"], "option --port takes a number from 0 to 65535, not '1.5'"],
    [["--tls", "yes"], "option --tls takes auto or off or only, not 'yes'"],
    [["--paths", "vail,rdp"], "option --paths takes vail or egfx or composed, not 'rdp'"],
    [["--nothing"], "unknown option '--nothing'"],
    [["more"], "unexpected argument 'more'"],
  ])("%s is refused with a reason", (argv, reason) => {
    expect(() => parseArguments(argv)).toThrow(reason);
  });

  test("wrong usage ends with 2 and says where help is; help fits on a screen", async () => {
    const lines: string[] = [];
    const io = { print: (line: string) => void lines.push(line), onInterrupt: () => () => undefined };
    const complaints: string[] = [];
    const complain = (line: string): void => void complaints.push(line);
    expect(await main(["--tls", "\u001b[31m"], { ...io, complain })).toBe(2);
    expect(complaints).toEqual([
      "demo-compositor: option --tls takes auto or off or only, not '\\u{1b}[31m'",
      "try 'demo-compositor --help'",
    ]);
    expect(await main(["--help"], { ...io, complain })).toBe(0);
    expect(lines.join("\n")).toBe(helpText.trimEnd());
    expect(helpText.split("\n").length).toBeLessThan(60);
  });
});
