import type { Surroundings } from "./surroundings.js";
import { escapeText } from "./terminal-text.js";
import { UsageError } from "./usage-error.js";

/** 0: all was done; 1: not all of it; 2: it could not even be tried. */
export type ExitCode = 0 | 1 | 2;

/** What all command lines can ask for. */
interface Asked {
  readonly help: boolean;
  readonly version: boolean;
}

export interface Program<Arguments extends Asked> {
  readonly name: string;
  readonly version: string;
  readonly helpText: string;
  /** Throws `UsageError`. */
  readonly parse: (argv: readonly string[]) => Arguments;
  /** What help and version do without is best loaded in here. */
  readonly run: (args: Arguments, io: Surroundings) => Promise<ExitCode>;
}

/** Runs a program with its arguments, its name not among them. What it complains of begins with its name. */
export async function runProgram<Arguments extends Asked>(
  { name, version, helpText, parse, run }: Program<Arguments>,
  argv: readonly string[],
  given: Surroundings,
): Promise<ExitCode> {
  const io: Surroundings = { ...given, complain: (line) => given.complain(`${name}: ${escapeText(line)}`) };
  let args: Arguments;
  try {
    args = parse(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.complain(error.message);
    given.complain(`try '${name} --help'`);
    return 2;
  }
  if (args.help || args.version) {
    io.print(args.help ? helpText.trimEnd() : `${name} ${version}`);
    return 0;
  }
  return run(args, io);
}
