import { useHost } from "@railvail/wire";
import type { Arguments, Command } from "./arguments.js";
import { escapeText } from "./escape.js";
import type { ExitCode } from "./exit-code.js";
import type { Job } from "./job.js";
import { loadKeys } from "./load-keys.js";
import { nativeText } from "./native-text.js";
import { coloured, colourless } from "./palette.js";
import { Progress } from "./progress.js";
import type { Printer, Surroundings } from "./terminal.js";

/** Each command is loaded when it is run: most of the time that a short run takes is loading. */
const commands: Readonly<Record<Command, () => Promise<(job: Job) => Promise<ExitCode>>>> = {
  list: async () => (await import("./run-list.js")).runList,
  stats: async () => (await import("./run-stats.js")).runStats,
  verify: async () => (await import("./run-verify.js")).runVerify,
  windows: async () => (await import("./run-windows.js")).runWindows,
};

/** Columns where the output is no terminal. */
const usualWidth = 160;

/** Colour is for terminals, unless it was asked for or refused. */
function wantsColour({ color }: Arguments, { stdout, env }: Surroundings): boolean {
  if (color !== "auto") return color === "always";
  return stdout.isTerminal && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}

/** Runs a command. Returns the exit code. Throws `InputError` before anything is read. */
export async function run(args: Arguments, printer: Printer, io: Surroundings): Promise<ExitCode> {
  const { stdout, stderr, open } = io;
  useHost(nativeText);
  // Lines that appear on a terminal are progress enough.
  const listing = args.command === "list" && stdout.isTerminal;
  const progress = new Progress(stderr, stderr.isTerminal && !listing);
  const command = await commands[args.command]();
  const job: Job = {
    args,
    printer,
    palette: wantsColour(args, io) ? coloured() : colourless,
    progress,
    width: stdout.isTerminal ? (stdout.columns ?? usualWidth) : usualWidth,
    keys: await loadKeys(args, io),
    open: (path) => progress.counted(open(path)),
    complaint: (message) => {
      progress.clear();
      void stderr.write(`rail-dump: ${escapeText(message)}\n`);
    },
  };
  try {
    const code = await command(job);
    await printer.flush();
    return code;
  } finally {
    progress.clear();
  }
}
