import { parseArgs } from "node:util";
import { expect, test } from "vitest";
import { readOptions } from "./options.js";
import { UsageError } from "./usage-error.js";

const options = {
  type: { type: "string", short: "t" },
  click: { type: "string" },
  quiet: { type: "boolean" },
} as const;

const read = (argv: readonly string[], known = argv) =>
  readOptions(() => parseArgs({ args: [...argv], options }), known).values;

test("options are read", () => {
  expect(read(["--type=-x", "--quiet"])).toEqual({ type: "-x", quiet: true });
});

test.each([
  [["--type", "-x"], "option '--type' is followed by '-x', which looks like an option: write --type=-x"],
  [
    ["--quiet", "--click", "-5,5"],
    "option '--click' is followed by '-5,5', which looks like an option: write --click=-5,5",
  ],
  [["-t", "-x"], "option '-t' is followed by '-x', which looks like an option: write -t-x"],
  [["--type", "a", "--type", "-x"], "option '--type' is followed by '-x', which looks like an option: write --type=-x"],
  [["--what"], "unknown option '--what'"],
  [["--type"], "option '-t, --type <value>' argument missing"],
])("%j is refused with what to write instead", (argv, reason) => {
  expect(() => read(argv)).toThrow(new UsageError(reason));
});

test("who does not say what was written is told where the value belongs", () => {
  expect(() => read(["--type", "-x"], [])).toThrow(
    "option '--type' is followed by what looks like an option: write --type=VALUE",
  );
});
