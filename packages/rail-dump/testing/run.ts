import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CaptureOpenError, KeyLogOpenError, loadKeyLog, openCapture, type KeyLog } from "@railvail/capture";
import { main } from "../src/main.js";
import type { Surroundings, TextOutput } from "../src/terminal.js";

const fixtures = fileURLToPath(new URL("../../../fixtures", import.meta.url));

/** Sessions that are recorded in the repository. */
export const sessions = [
  "wslg-rail-basic",
  "wslg-vail-gfxredir",
  "wslg-clipboard",
  "wslg-audio",
  "wslg-multimon",
] as const;
export type Session = (typeof sessions)[number];

/** A session in TLS, with its key log. */
export const tlsSession = "debian-shadow-tls";

export const fixture = (session: Session | typeof tlsSession, file = "session.pcap.gz"): string =>
  join(fixtures, session, file);

/** An output that keeps what is written; after `limit` writes nobody reads it. */
export class Kept implements TextOutput {
  readonly isTerminal: boolean;
  readonly columns = 100;
  readonly writes: string[] = [];
  private readonly limit: number;

  constructor({ isTerminal = false, limit = Number.POSITIVE_INFINITY } = {}) {
    this.isTerminal = isTerminal;
    this.limit = limit;
  }

  get text(): string {
    return this.writes.join("");
  }

  async write(text: string): Promise<boolean> {
    if (this.writes.length >= this.limit) return Promise.resolve(false);
    this.writes.push(text);
    return Promise.resolve(true);
  }
}

export interface RunOptions {
  /** Files besides those of the system, by name. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdout?: Kept;
  /** Takes the files that are written; nothing is written to the system's. */
  readonly written?: Map<string, Uint8Array>;
}

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly lines: readonly string[];
}

/** Runs the program in this process. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { files = {}, env = {}, stdout = new Kept(), written = new Map<string, Uint8Array>() } = options;
  const stderr = new Kept();
  async function* open(path: string): AsyncGenerator<Uint8Array, void, undefined> {
    const bytes = files[path];
    if (bytes !== undefined) yield bytes;
    else if (path.startsWith("/")) yield* openCapture(path);
    else throw new CaptureOpenError(path, "ENOENT", undefined);
  }
  const loadKeys: Surroundings["loadKeyLog"] = async (path: string, keys: KeyLog) => {
    const bytes = files[path];
    if (bytes !== undefined) return keys.add(bytes);
    if (path.startsWith("/")) return loadKeyLog(path, keys);
    throw new KeyLogOpenError(path, "ENOENT", undefined);
  };
  const create: Surroundings["create"] = async (path) => {
    const parts: Uint8Array[] = [];
    await Promise.resolve();
    return {
      write: async (more) => {
        parts.push(...more);
        return Promise.resolve();
      },
      close: async () => {
        written.set(path, Buffer.concat(parts));
        return Promise.resolve();
      },
    };
  };
  const sameFile: Surroundings["sameFile"] = async (path, others) => Promise.resolve(others.includes(path));
  const code = await main(argv, { stdout, stderr, env, open, create, sameFile, loadKeyLog: loadKeys });
  const { text } = stdout;
  return { code, stdout: text, stderr: stderr.text, lines: text.split("\n").slice(0, -1) };
}
