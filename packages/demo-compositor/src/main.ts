import { runProgram, type ExitCode, type Program, type Surroundings } from "@railvail/command-line";
import { parseArguments, type Arguments } from "./arguments.js";
import { helpText } from "./help.js";
import { version } from "./version.js";

const program: Program<Arguments> = {
  name: "demo-compositor",
  version,
  helpText,
  parse: parseArguments,
  run: async (args, io) => (await import("./run.js")).run(args, io),
};

/** Runs the program with its arguments, the program's name not among them. */
export const main = (argv: readonly string[], given: Surroundings): Promise<ExitCode> =>
  runProgram(program, argv, given);
