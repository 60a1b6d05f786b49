import { parseArguments, UsageError, type Arguments, type Command } from "./arguments.js";
import { escapeText } from "./escape.js";
import type { ExitCode } from "./exit-code.js";
import { helpText } from "./help.js";
import type { Job } from "./job.js";
import { coloured, colourless } from "./palette.js";
import { Progress } from "./progress.js";
import { runList } from "./run-list.js";
import { runStats } from "./run-stats.js";
import { runVerify } from "./run-verify.js";
import { runWindows } from "./run-windows.js";
import { ClosedOutputError, OutputError, Printer, type Surroundings } from "./terminal.js";
import { version } from "./version.js";

const commands: Readonly<Record<Command, (job: Job) => Promise<ExitCode>>> = {
  list: runList,
  stats: runStats,
  verify: runVerify,
  windows: runWindows,
};

/** Columns where the output is no terminal. */
const usualWidth = 160;

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
  const printer = new Printer(io.stdout);
  try {
    if (args.help || args.version) {
      printer.add(args.help ? helpText : `rail-dump ${version}\n`);
      await printer.flush();
      return 0;
    }
    return await run(args, printer, io);
  } catch (error) {
    // Whoever read the output had enough, as in `rail-dump FILE | head`.
    if (error instanceof ClosedOutputError) return 0;
    if (error instanceof OutputError) {
      await io.stderr.write(`rail-dump: ${error.message}\n`);
      return 2;
    }
    throw error;
  }
}

/** Colour is for terminals, unless it was asked for or refused. */
function wantsColour({ color }: Arguments, { stdout, env }: Surroundings): boolean {
  if (color !== "auto") return color === "always";
  return stdout.isTerminal && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}

async function run(args: Arguments, printer: Printer, io: Surroundings): Promise<ExitCode> {
  const { stdout, stderr, open } = io;
  // Lines that appear on a terminal are progress enough.
  const listing = args.command === "list" && stdout.isTerminal;
  const progress = new Progress(stderr, stderr.isTerminal && !listing);
  const job: Job = {
    args,
    printer,
    palette: wantsColour(args, io) ? coloured() : colourless,
    progress,
    width: stdout.isTerminal ? (stdout.columns ?? usualWidth) : usualWidth,
    open: (path) => progress.counted(open(path)),
    complaint: (message) => {
      progress.clear();
      void stderr.write(`rail-dump: ${escapeText(message)}\n`);
    },
  };
  try {
    const code = await commands[args.command](job);
    await printer.flush();
    return code;
  } finally {
    progress.clear();
  }
}
