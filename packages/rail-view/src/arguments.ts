import { parseArgs, type ParseArgsConfig } from "node:util";
import { oneOf, readOptions, UsageError } from "@railvail/command-line";
import type { Address, ServerTrust } from "@railvail/node";

/** Which window: by its id, the first that is shown, or one whose title has a text. */
export type WindowChoice = { readonly id: number } | "first" | { readonly title: string };

/** Something to be done once something is seen. */
export type Deed =
  | { readonly type: "activate" | "close" | "minimize" | "maximize" | "restore"; readonly window: WindowChoice }
  | {
      readonly type: "move";
      readonly window: WindowChoice;
      readonly left: number;
      readonly top: number;
      readonly size: { readonly width: number; readonly height: number } | undefined;
    }
  | { readonly type: "type"; readonly text: string }
  | { readonly type: "click"; readonly x: number; readonly y: number };

export interface Arguments {
  readonly help: boolean;
  readonly version: boolean;
  readonly address: Address;
  readonly tls: "auto" | "off" | "only";
  readonly trust: ServerTrust;
  readonly user: string;
  readonly password: string;
  readonly domain: string;
  readonly desktop: boolean;
  readonly size: { readonly width: number; readonly height: number };
  readonly vail: boolean;
  readonly egfx: boolean;
  readonly remoteFx: boolean;
  readonly sections: string | undefined;
  readonly compat: "wslg" | undefined;
  readonly program: string | undefined;
  readonly programArguments: string;
  readonly workingDirectory: string;
  readonly deeds: readonly Deed[];
  /** Milliseconds. */
  readonly wait: number;
  /** Milliseconds after all is done; undefined: never. */
  readonly quitAfter: number | undefined;
  readonly png: string | undefined;
  readonly record: string | undefined;
  readonly format: "lines" | "ndjson" | "quiet";
}

const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;
const yes = { type: "boolean" } as const;

const options = {
  connect: text,
  tls: text,
  trust: text,
  user: text,
  password: text,
  domain: text,
  desktop: yes,
  size: text,
  "no-vail": yes,
  "no-egfx": yes,
  remotefx: yes,
  sections: text,
  compat: text,
  exec: text,
  args: text,
  workdir: text,
  activate: texts,
  move: texts,
  minimize: texts,
  maximize: texts,
  restore: texts,
  type: texts,
  click: texts,
  close: texts,
  wait: text,
  "quit-after": text,
  png: text,
  record: text,
  ndjson: yes,
  quiet: { type: "boolean", short: "q" },
  help: { type: "boolean", short: "h" },
  version: yes,
} as const satisfies ParseArgsConfig["options"];

/** Reads the command line. Throws {@link UsageError}. */
export function parseArguments(argv: readonly string[]): Arguments {
  const values = parsed(argv);
  const trust = trustOf(values.trust ?? "local");
  const asks = values.help === true || values.version === true;
  if (!asks && values.connect === undefined) throw new UsageError("no server is given: --connect HOST:PORT");
  if (values.exec === undefined && (values.args ?? values.workdir) !== undefined) {
    throw new UsageError("--args and --workdir go with --exec");
  }
  if (values.exec !== undefined && values.desktop === true) throw new UsageError("--exec does not go with --desktop");
  if (values.ndjson === true && values.quiet === true) throw new UsageError("--ndjson does not go with --quiet");
  return {
    help: values.help === true,
    version: values.version === true,
    address: asks ? { path: "" } : addressOf(values.connect ?? ""),
    tls: tlsOf(values.tls, trust),
    trust,
    user: values.user ?? "",
    password: values.password ?? "",
    domain: values.domain ?? "",
    desktop: values.desktop === true,
    size: sizeOf(values.size ?? "1280x800"),
    vail: values["no-vail"] !== true,
    egfx: values["no-egfx"] !== true,
    remoteFx: values.remotefx === true,
    sections: values.sections,
    compat: values.compat === undefined ? undefined : oneOf("--compat", values.compat, ["wslg"]),
    program: values.exec,
    programArguments: values.args ?? "",
    workingDirectory: values.workdir ?? "",
    deeds: deedsOf(values),
    wait: seconds("--wait", values.wait ?? "10"),
    quitAfter: values["quit-after"] === "never" ? undefined : seconds("--quit-after", values["quit-after"] ?? "2"),
    png: values.png,
    record: values.record,
    format: values.ndjson === true ? "ndjson" : values.quiet === true ? "quiet" : "lines",
  };
}

type Values = ReturnType<typeof parsed>;

const parsed = (argv: readonly string[]) => readOptions(() => parseArgs({ args: [...argv], options }), argv).values;

function addressOf(value: string): Address {
  if (value.includes("/")) return { path: value };
  const [, bracketed, host = "127.0.0.1", port] = /^(?:\[([^\]]+)\]:|([^:]+):)?(\d{1,5})$/.exec(value) ?? [];
  const number = Number(port);
  if (port === undefined || number < 1 || number > 65_535) {
    throw new UsageError(`option --connect takes HOST:PORT, a PORT or a PATH with a slash, not '${value}'`);
  }
  return { host: bracketed ?? host, port: number };
}

function trustOf(value: string): ServerTrust {
  if (value === "local" || value === "any" || value === "verify") return value;
  if (/^([0-9a-f]{2}:?){32}$/i.test(value)) return { fingerprint: value };
  throw new UsageError(`option --trust takes local, any, verify or 64 hexadecimal digits, not '${value}'`);
}

/** Whoever says which server is believed must not be sent to one that proves nothing: plain RDP has no certificate. */
function tlsOf(mode: string | undefined, trust: ServerTrust): Arguments["tls"] {
  const isExacting = trust === "verify" || typeof trust === "object";
  const chosen = oneOf("--tls", mode ?? (isExacting ? "only" : "auto"), ["auto", "off", "only"]);
  if (!isExacting || chosen === "only") return chosen;
  throw new UsageError(`--trust verify and --trust FINGERPRINT go with --tls only, not --tls ${chosen}`);
}

function sizeOf(value: string): { width: number; height: number } {
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/i.exec(value) ?? [];
  const size = { width: Number(width), height: Number(height) };
  if (size.width >= 1 && size.width <= 8192 && size.height >= 1 && size.height <= 8192) return size;
  throw new UsageError(`option --size takes a width and a height up to 8192, such as 1280x800, not '${value}'`);
}

function seconds(option: string, value: string): number {
  if (/^(\d{1,6}(\.\d{1,3})?|\.\d{1,3})$/.test(value)) return Number(value) * 1000;
  throw new UsageError(`option ${option} takes a number of seconds, not '${value}'`);
}

/** A hexadecimal or decimal id, `first`, or a part of a title. */
function windowOf(value: string): WindowChoice {
  if (value === "first") return "first";
  return /^(\d{1,10}|0x[0-9a-f]{1,8})$/i.test(value) ? { id: Number(value) } : { title: value };
}

/** Whole numbers between commas; undefined if there are not as many as there may be. */
function numbers(values: readonly string[], counts: readonly number[]): number[] | undefined {
  const areNumbers = counts.includes(values.length) && values.every((each) => /^-?\d{1,5}$/.test(each));
  return areNumbers ? values.map(Number) : undefined;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b", "\\": "\\" };

function deedsOf(values: Values): Deed[] {
  const simple = (type: "activate" | "minimize" | "maximize" | "restore" | "close"): Deed[] =>
    (values[type] ?? []).map((value) => ({ type, window: windowOf(value) }));
  const moves = (values.move ?? []).map((value): Deed => {
    const [window = "", ...rest] = value.split(",");
    const places = numbers(rest, [2, 4]);
    if (places === undefined) {
      throw new UsageError(`option --move takes ID,X,Y or ID,X,Y,W,H in whole pixels, not '${value}'`);
    }
    const [left = 0, top = 0, width, height] = places;
    const size = width === undefined || height === undefined ? undefined : { width, height };
    if (size !== undefined && (size.width < 1 || size.height < 1)) throw new UsageError("--move: a size has pixels");
    return { type: "move", window: windowOf(window), left, top, size };
  });
  const typed = (values.type ?? []).map((value): Deed => ({
    type: "type",
    text: value.replaceAll(/\\([ntb\\])/g, (_, letter: string) => escapes[letter] ?? letter),
  }));
  const clicks = (values.click ?? []).map((value): Deed => {
    const place = numbers(value.split(","), [2]);
    if (place === undefined) throw new UsageError(`option --click takes X,Y in whole pixels, not '${value}'`);
    const [x = 0, y = 0] = place;
    return { type: "click", x, y };
  });
  return [
    ...simple("activate"),
    ...moves,
    ...simple("minimize"),
    ...simple("maximize"),
    ...simple("restore"),
    ...clicks,
    ...typed,
    ...simple("close"),
  ];
}
