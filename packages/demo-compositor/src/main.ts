import { parseArguments, type Arguments } from "./arguments.js";
import { helpText } from "./help.js";
import { printable } from "./printable.js";
import type { ExitCode, Surroundings } from "./surroundings.js";
import { UsageError } from "./usage-error.js";
import { version } from "./version.js";

/** Runs the program with its arguments, the program's name not among them. */
export async function main(argv: readonly string[], given: Surroundings): Promise<ExitCode> {
  const io: Surroundings = { ...given, complain: (line) => given.complain(`demo-compositor: ${printable(line)}`) };
  let args: Arguments;
  try {
    args = parseArguments(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.complain(error.message);
    given.complain("try 'demo-compositor --help'");
    return 2;
  }
  if (args.help || args.version) {
    io.print(args.help ? helpText.trimEnd() : `demo-compositor ${version}`);
    return 0;
  }
  // What help and version do without is not loaded for them.
  const { run } = await import("./run.js");
  return run(args, io);
}
