import { parseArgs, type ParseArgsConfig } from "node:util";
import type { Selection } from "./channels.js";
import { isTimeFormat, timeFormats, type TimeFormat } from "./time-format.js";

/** The command line cannot be understood. The message names the option. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export type Command = "list" | "stats" | "verify" | "windows";

export interface Arguments {
  readonly command: Command;
  readonly files: readonly string[];
  /** Files with secrets of TLS. */
  readonly keyLogs: readonly string[];
  readonly help: boolean;
  readonly version: boolean;
  readonly tree: boolean;
  readonly hex: boolean;
  readonly format: "text" | "ndjson";
  readonly json: boolean;
  readonly count: number;
  readonly time: TimeFormat;
  readonly color: "auto" | "always" | "never";
  readonly connections: ReadonlySet<number> | undefined;
  readonly selection: Selection;
}

const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
  tree: { type: "boolean", short: "V" },
  hex: { type: "boolean", short: "x" },
  format: { type: "string", short: "T" },
  count: { type: "string", short: "c" },
  time: { type: "string", short: "t" },
  read: { type: "string", short: "r", multiple: true },
  all: { type: "boolean", short: "a" },
  channel: { type: "string", multiple: true },
  direction: { type: "string" },
  conn: { type: "string", multiple: true },
  keylog: { type: "string", multiple: true },
  color: { type: "string" },
  json: { type: "boolean" },
} as const satisfies ParseArgsConfig["options"];

type OptionName = keyof typeof options;

const everywhere: readonly OptionName[] = ["help", "version", "read", "conn", "keylog", "color"];

/** The options that each command takes besides those that all take. */
const allowed: Readonly<Record<Command, readonly OptionName[]>> = {
  list: ["tree", "hex", "format", "count", "time", "all", "channel", "direction"],
  stats: ["json", "all", "channel", "direction"],
  verify: ["json"],
  windows: ["json", "time"],
};

const isCommand = (word: string | undefined): word is Command =>
  word !== undefined && word !== "list" && Object.hasOwn(allowed, word);

const optionText = (name: OptionName): string => {
  const option = options[name];
  return "short" in option ? `-${option.short}` : `--${name}`;
};

/** Reads the command line. Throws {@link UsageError}. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parsed(argv);
  const [word, ...rest] = positionals;
  const command = isCommand(word) ? word : "list";
  const files = [...(values.read ?? []), ...(isCommand(word) ? rest : positionals)];
  const help = values.help === true;
  const version = values.version === true;
  for (const name of Object.keys(values) as OptionName[]) {
    if (everywhere.includes(name) || allowed[command].includes(name)) continue;
    throw new UsageError(`option ${optionText(name)} does not go with ${nameOf(command)}`);
  }
  if (files.length === 0 && !help && !version) throw new UsageError("no FILE is given");
  return {
    command,
    files,
    keyLogs: values.keylog ?? [],
    help,
    version,
    tree: values.tree === true,
    hex: values.hex === true,
    format: oneOf("-T", values.format ?? "text", ["text", "ndjson"]),
    json: values.json === true,
    count: wholeNumber("-c", values.count, Number.POSITIVE_INFINITY),
    time: timeOf(values.time ?? "r"),
    color: oneOf("--color", values.color ?? "auto", ["auto", "always", "never"]),
    connections: numbersOf(values.conn),
    selection: {
      all: values.all === true,
      channels: namesOf(values.channel),
      direction: values.direction === undefined ? undefined : oneOf("--direction", values.direction, ["c2s", "s2c"]),
    },
  };
}

const nameOf = (command: Command): string => (command === "list" ? "a listing" : command);

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // The first sentence names the option; what follows is advice that does not fit here.
    const [reason = ""] = error.message.split(/\. |\n/);
    throw new UsageError(reason.charAt(0).toLowerCase() + reason.slice(1).replace(/\.$/, ""));
  }
}

function oneOf<const T extends string>(option: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === value);
  if (choice !== undefined) return choice;
  throw new UsageError(`option ${option} takes ${choices.join(" or ")}, not '${value}'`);
}

function timeOf(value: string): TimeFormat {
  if (isTimeFormat(value)) return value;
  throw new UsageError(`option -t takes ${Object.keys(timeFormats).join(", ")}, not '${value}'`);
}

function wholeNumber(option: string, value: string | undefined, absent: number): number {
  if (value === undefined) return absent;
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new UsageError(`option ${option} takes a whole number, not '${value}'`);
}

/** Names given in several options or with commas between them. */
function namesOf(values: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return values === undefined ? undefined : new Set(values.flatMap((value) => value.split(",")));
}

function numbersOf(values: readonly string[] | undefined): ReadonlySet<number> | undefined {
  const names = namesOf(values);
  if (names === undefined) return undefined;
  return new Set([...names].map((name) => wholeNumber("--conn", name, 0)));
}
