import { escapeText } from "@railvail/command-line";
import { useHost } from "@railvail/wire";
import { readsFiles, type Arguments, type Command } from "./arguments.js";
import type { ExitCode } from "./exit-code.js";
import type { Complaint } from "./filter/prepare.js";
import type { Job } from "./job.js";
import { loadKeys } from "./load-keys.js";
import { nativeText } from "./native-text.js";
import { coloured, colourless } from "./palette.js";
import { Printer } from "./printer.js";
import { Progress } from "./progress.js";
import type { Surroundings } from "./terminal.js";

/** Each command is loaded when it is run: most of the time that a short run takes is loading. */
const commands: Readonly<Record<Command, () => Promise<(job: Job) => Promise<ExitCode>>>> = {
  list: async () => (await import("./run-list.js")).runList,
  stats: async () => (await import("./run-stats.js")).runStats,
  verify: async () => (await import("./run-verify.js")).runVerify,
  windows: async () => (await import("./run-windows.js")).runWindows,
  extract: async () => (await import("./run-extract.js")).runExtract,
  fields: async () => (await import("./run-fields.js")).runFields,
  decode: async () => (await import("./run-decode.js")).runDecode,
  encode: async () => (await import("./run-encode.js")).runEncode,
};

async function commandOf({ command, write, quiet }: Arguments): Promise<(job: Job) => Promise<ExitCode>> {
  if (write !== undefined) return (await import("./run-write.js")).runWrite;
  if (quiet) return (await import("./run-quiet.js")).runQuiet;
  return commands[command]();
}

/** Columns where the output is no terminal. */
const usualWidth = 160;

/** Colour is for terminals, unless it was asked for or refused. */
function wantsColour({ color }: Arguments, { stdout, env }: Surroundings): boolean {
  if (color !== "auto") return color === "always";
  return stdout.isTerminal && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}

/** The options with what `-Y` and `-e` mean, which is loaded where it is asked for; or what is wrong with them. */
async function prepared(args: Arguments): Promise<Pick<Job, "args" | "columns"> | Complaint> {
  if (args.filter === undefined && args.columns.length === 0) return { args, columns: undefined };
  const { prepare } = await import("./filter/prepare.js");
  const found = prepare(args);
  if ("complaint" in found) return found;
  const { filter, columns } = found;
  return { args: { ...args, selection: { ...args.selection, filter } }, columns };
}

/** Runs a command. Returns the exit code. Throws `InputError` before anything is read. */
export async function run(given: Arguments, io: Surroundings): Promise<ExitCode> {
  const { stdout, stderr, open } = io;
  const printer = new Printer(stdout);
  useHost(nativeText);
  const options = await prepared(given);
  if ("complaint" in options) {
    const [what, ...where] = options.complaint;
    await stderr.write(`${[`rail-dump: ${what}`, ...where].join("\n")}\ntry 'rail-dump --help filter'\n`);
    return 2;
  }
  const { args, columns } = options;
  // Lines that appear on a terminal are progress enough.
  const listing = args.command === "list" && stdout.isTerminal;
  const progress = new Progress(stderr, stderr.isTerminal && !listing);
  const command = await commandOf(args);
  const job: Job = {
    args,
    columns,
    printer,
    palette: wantsColour(args, io) ? coloured() : colourless,
    progress,
    width: stdout.isTerminal ? (stdout.columns ?? usualWidth) : usualWidth,
    // A key log that only the environment names is of no use to a command that reads no capture.
    keys: await loadKeys(args, readsFiles(args.command) ? io : { ...io, env: {} }),
    open: (path, options) => progress.counted(open(path, options)),
    io,
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
