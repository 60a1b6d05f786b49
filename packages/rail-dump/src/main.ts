import { escapeText, UsageError } from "@railvail/command-line";
import { parseArguments, type Arguments } from "./arguments.js";
import type { ExitCode } from "./exit-code.js";
import { helpText } from "./help.js";
import { ClosedOutputError, InputError, OutputError, type Surroundings } from "./terminal.js";
import { version } from "./version.js";

/** Runs the program with its arguments, the program's name not among them. Returns the exit code. */
export async function main(argv: readonly string[], io: Surroundings): Promise<ExitCode> {
  let args: Arguments;
  try {
    args = parseArguments(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await io.stderr.write(`rail-dump: ${escapeText(error.message)}\ntry 'rail-dump --help'\n`);
    return 2;
  }
  try {
    if (args.help || args.version) {
      const filterHelp = args.topic === "filter" ? (await import("./filter/filter-help.js")).filterHelp : undefined;
      await io.stdout.write(filterHelp ?? (args.help ? helpText : `rail-dump ${version}\n`));
      return 0;
    }
    // What help and version do without is not loaded for them.
    const { run } = await import("./run.js");
    return await run(args, io);
  } catch (error) {
    // Whoever read the output had enough, as in `rail-dump FILE | head`.
    if (error instanceof ClosedOutputError) return 0;
    if (error instanceof OutputError || error instanceof InputError || error instanceof UsageError) {
      await io.stderr.write(`rail-dump: ${escapeText(error.message)}\n`);
      return 2;
    }
    throw error;
  }
}
