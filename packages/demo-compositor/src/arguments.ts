import { parseArgs, type ParseArgsConfig } from "node:util";
import { oneOf, readOptions, UsageError } from "@railvail/command-line";
import type { PixelPathName } from "@railvail/session";

export interface Arguments {
  readonly help: boolean;
  readonly version: boolean;
  readonly port: number;
  readonly host: string;
  readonly tls: "auto" | "off" | "only";
  /** Where shared memory is; undefined: none is offered. */
  readonly vail: string | undefined;
  readonly paths: readonly PixelPathName[];
  readonly takeOver: boolean;
  /** Milliseconds; undefined: never. */
  readonly quitAfter: number | undefined;
  readonly log: boolean;
}

const text = { type: "string" } as const;
const yes = { type: "boolean", default: false } as const;

const options = {
  port: { ...text, default: "3389" },
  host: { ...text, default: "127.0.0.1" },
  tls: { ...text, default: "auto" },
  vail: text,
  paths: { ...text, default: "vail,egfx,composed" },
  "take-over": yes,
  "quit-after": text,
  log: yes,
  help: { ...yes, short: "h" },
  version: yes,
} satisfies ParseArgsConfig["options"];

const pathNames: readonly PixelPathName[] = ["vail", "egfx", "composed"];
const tlsModes = ["auto", "off", "only"] as const;
/** More than this no timer of Node can wait. */
const longestSeconds = 2_000_000;

/** Reads the command line, the program's name not included. Throws `UsageError`. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values } = parsed(argv);
  return {
    help: values.help,
    version: values.version,
    port: numberOf("--port", values.port, 0xffff, true),
    host: hostOf(values.host),
    tls: oneOf("--tls", values.tls, tlsModes),
    vail: values.vail,
    paths: values.paths.split(",").map((name) => oneOf("--paths", name, pathNames)),
    takeOver: values["take-over"],
    quitAfter:
      values["quit-after"] === undefined
        ? undefined
        : numberOf("--quit-after", values["quit-after"], longestSeconds, false) * 1000,
    log: values.log,
  };
}

const parsed = (argv: readonly string[]) => readOptions(() => parseArgs({ args: [...argv], options }), argv);

/** Addresses of IPv6 may be in brackets, as they are before a port. */
const hostOf = (given: string): string => /^\[(.+)\]$/.exec(given)?.[1] ?? given;

function numberOf(option: string, given: string, most: number, whole: boolean): number {
  const value = /^(\d+(\.\d+)?|\.\d+)$/.test(given) ? Number(given) : Number.NaN;
  if (value >= 0 && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new UsageError(`option ${option} takes a number from 0 to ${most}, not '${given}'`);
}
