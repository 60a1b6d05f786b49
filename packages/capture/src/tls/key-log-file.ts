import { createReadStream } from "node:fs";
import type { KeyLog, KeyLogCount } from "./key-log.js";

/** A key log could not be opened or read. */
export class KeyLogOpenError extends Error {
  override readonly name = "KeyLogOpenError";
  readonly path: string;
  /** The system's name of the error, such as "ENOENT"; empty if it gave none. */
  readonly code: string;

  constructor(path: string, code: string, cause: unknown) {
    super(`cannot read key log ${path}: ${code || "unknown error"}`, { cause });
    this.path = path;
    this.code = code;
  }
}

/** Kept of a line that goes on in the next chunk; a line of a key log is shorter. */
const longestRest = 4096;

/**
 * Adds the key log file at `path`, for instance the one that `SSLKEYLOGFILE` names. A program
 * that still runs may be writing it: what is there now is read.
 *
 * @throws KeyLogOpenError if the system refuses to open or to read it.
 */
export async function loadKeyLog(path: string, keys: KeyLog): Promise<KeyLogCount> {
  const total = { secrets: 0, ignored: 0 };
  const add = (lines: string): void => {
    const { secrets, ignored } = keys.add(lines);
    total.secrets += secrets;
    total.ignored += ignored;
  };
  let rest = "";
  try {
    for await (const chunk of createReadStream(path, { encoding: "latin1" })) {
      const text = rest + String(chunk);
      const end = text.lastIndexOf("\n") + 1;
      add(text.slice(0, end));
      rest = text.slice(end).slice(0, longestRest);
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new KeyLogOpenError(path, code, error);
  }
  add(rest);
  return total;
}
