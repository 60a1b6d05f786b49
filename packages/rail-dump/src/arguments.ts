import { parseArgs, type ParseArgsConfig } from "node:util";
import { oneOf, readOptions, UsageError } from "@railvail/command-line";
import type { Selection } from "./channels.js";
import { extractDefaults, extractKinds, type ExtractOptions } from "./extract/extract-options.js";
import { rawConnection, type InputFile } from "./input-file.js";
import { isTimeFormat, timeFormats, type TimeFormat } from "./time-format.js";

export type Command = "list" | "stats" | "verify" | "windows" | "extract" | "fields" | "decode" | "encode";

export interface Arguments {
  readonly command: Command;
  readonly files: readonly InputFile[];
  /** Files with secrets of TLS. */
  readonly keyLogs: readonly string[];
  readonly help: boolean;
  readonly version: boolean;
  readonly tree: boolean;
  readonly hex: boolean;
  readonly format: "text" | "ndjson" | "fields";
  readonly json: boolean;
  readonly count: number;
  readonly time: TimeFormat;
  readonly color: "auto" | "always" | "never";
  readonly connections: ReadonlySet<number> | undefined;
  /** Without `-Y`, which is understood when it is run. */
  readonly selection: Selection;
  /** `-Y`. */
  readonly filter: string | undefined;
  /** `-e`: names of the columns of `-T fields`; and `-E`: how they are printed. */
  readonly columns: readonly string[];
  readonly layout: readonly string[];
  /** What commands that read no files work on. */
  readonly operands: readonly string[];
  /** The name of a message. */
  readonly pdu: string | undefined;
  /** What help is wanted about. */
  readonly topic: "filter" | undefined;
  readonly latency: boolean;
  readonly extract: ExtractOptions;
  /** `-w`: where the packets of the messages go; and whether secrets of TLS go with them. */
  readonly write: string | undefined;
  readonly withSecrets: boolean;
  /** `-q`: nothing is listed. */
  readonly quiet: boolean;
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
  filter: { type: "string", short: "Y" },
  column: { type: "string", short: "e", multiple: true },
  layout: { type: "string", short: "E", multiple: true },
  pdu: { type: "string" },
  latency: { type: "boolean" },
  kind: { type: "string", multiple: true },
  output: { type: "string", short: "o" },
  frames: { type: "string" },
  "max-files": { type: "string" },
  "max-bytes": { type: "string" },
  raw: { type: "string", multiple: true },
  "hex-input": { type: "string", multiple: true },
  write: { type: "string", short: "w" },
  "with-secrets": { type: "boolean" },
  quiet: { type: "boolean", short: "q" },
} as const satisfies ParseArgsConfig["options"];

type OptionName = keyof typeof options;

const formats = ["text", "ndjson", "fields"] as const;

const everywhere: readonly OptionName[] = ["help", "version", "color"];
const reading: readonly OptionName[] = ["read", "raw", "hex-input", "conn", "keylog"];

/** Commands that read no captures. */
const standalone: ReadonlySet<Command> = new Set<Command>(["fields", "decode", "encode"]);

/** Whether a command reads captures. */
export const readsFiles = (command: Command): boolean => !standalone.has(command);

/** The options that each command takes besides those that all take. */
const allowed: Readonly<Record<Command, readonly OptionName[]>> = {
  list: [
    "tree",
    "hex",
    "format",
    "count",
    "time",
    "all",
    "channel",
    "direction",
    "filter",
    "column",
    "layout",
    "write",
    "with-secrets",
    "quiet",
  ],
  stats: ["json", "all", "channel", "direction", "latency", "filter"],
  verify: ["json"],
  windows: ["json", "time"],
  extract: ["json", "kind", "output", "frames", "max-files", "max-bytes"],
  fields: ["json"],
  decode: ["pdu", "tree", "hex", "format", "json"],
  encode: ["pdu"],
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
  const operands = isCommand(word) ? rest : positionals;
  const raw = rawConnection(values.raw, values["hex-input"]);
  const named: InputFile[] = [...(values.read ?? []), ...operands];
  const files = readsFiles(command) ? named.concat(raw ?? []) : [];
  const help = values.help === true;
  const version = values.version === true;
  for (const name of Object.keys(values) as OptionName[]) {
    if (everywhere.includes(name) || allowed[command].includes(name)) continue;
    if (reading.includes(name) && readsFiles(command)) continue;
    throw new UsageError(`option ${optionText(name)} does not go with ${nameOf(command)}`);
  }
  if (!help && !version) checkNeeds(command, files, values);
  return {
    command,
    files,
    keyLogs: values.keylog ?? [],
    help,
    version,
    tree: values.tree === true,
    hex: values.hex === true,
    format: oneOf("-T", values.format ?? "text", command === "decode" ? ["text", "ndjson"] : formats),
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
    filter: values.filter,
    columns: values.column ?? [],
    layout: values.layout ?? [],
    operands,
    pdu: values.pdu,
    topic: help && positionals.includes("filter") ? "filter" : undefined,
    latency: values.latency === true,
    extract: extractOptions(values),
    write: values.write,
    withSecrets: values["with-secrets"] === true,
    quiet: values.quiet === true,
  };
}

/** Options that only make sense together. */
function checkNeeds(command: Command, files: readonly InputFile[], values: ReturnType<typeof parsed>["values"]): void {
  if (readsFiles(command) && files.length === 0) throw new UsageError("no FILE is given");
  if ((command === "decode" || command === "encode") && values.pdu === undefined) {
    throw new UsageError(`${command} needs the name of a message: --pdu NAME`);
  }
  const asFields = values.format === "fields";
  if (asFields && values.column === undefined) throw new UsageError("option -T fields needs the name of one: -e FIELD");
  if (!asFields && values.column !== undefined) throw new UsageError("option -e goes with -T fields");
  if (!asFields && values.layout !== undefined) throw new UsageError("option -E goes with -T fields");
  if (values.quiet === true) checkShowing("quiet", values);
  checkWriting(files, values);
}

/** Options that say what is shown, where nothing is. */
const showing: readonly OptionName[] = ["tree", "hex", "format", "time"];

function checkShowing(option: OptionName, values: ReturnType<typeof parsed>["values"]): void {
  for (const name of showing) {
    if (values[name] !== undefined) {
      throw new UsageError(`option ${optionText(name)} does not go with ${optionText(option)}`);
    }
  }
}

function checkWriting(files: readonly InputFile[], values: ReturnType<typeof parsed>["values"]): void {
  if (values.write === undefined) {
    if (values["with-secrets"] === true) throw new UsageError("option --with-secrets goes with -w");
    return;
  }
  checkShowing("write", values);
  if (files.some((file) => typeof file !== "string")) {
    throw new UsageError("option -w writes packets of captures, and raw streams have none");
  }
  if (files.includes("-")) throw new UsageError("option -w reads each FILE twice, which standard input cannot be");
}

function extractOptions(values: ReturnType<typeof parsed>["values"]): ExtractOptions {
  const kinds = [...(namesOf(values.kind) ?? extractDefaults.kinds)];
  return {
    kinds: new Set(kinds.map((kind) => oneOf("--kind", kind, extractKinds))),
    folder: values.output ?? extractDefaults.folder,
    frames: oneOf("--frames", values.frames ?? extractDefaults.frames, ["last", "all"]),
    maxFiles: wholeNumber("--max-files", values["max-files"], extractDefaults.maxFiles),
    maxBytes: sizeOf("--max-bytes", values["max-bytes"], extractDefaults.maxBytes),
  };
}

const nameOf = (command: Command): string => (command === "list" ? "a listing" : command);

const parsed = (argv: readonly string[]) =>
  readOptions(() => parseArgs({ args: [...argv], options, allowPositionals: true }), argv);

function timeOf(value: string): TimeFormat {
  if (isTimeFormat(value)) return value;
  throw new UsageError(`option -t takes ${Object.keys(timeFormats).join(", ")}, not '${value}'`);
}

function wholeNumber(option: string, value: string | undefined, absent: number): number {
  if (value === undefined) return absent;
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new UsageError(`option ${option} takes a whole number, not '${value}'`);
}

const sizeUnits: Readonly<Record<string, number>> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** A number of bytes, as `500000`, `64k`, `100M` or `2G`. */
function sizeOf(option: string, value: string | undefined, absent: number): number {
  if (value === undefined) return absent;
  const [, digits, unit = ""] = /^(\d{1,9})([kmg]?)$/i.exec(value) ?? [];
  const factor = sizeUnits[unit.toLowerCase()];
  if (digits !== undefined && factor !== undefined) return Number(digits) * factor;
  throw new UsageError(`option ${option} takes a number of bytes such as 500000, 64k, 100M or 2G, not '${value}'`);
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
