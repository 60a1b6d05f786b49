import { appendFileSync } from "node:fs";

/**
 * Adds a line to the file that SSLKEYLOGFILE names, as browsers do; whoever has that file can read
 * what was recorded. A file that cannot be written is not worth a connection.
 */
export function logKeys(line: Uint8Array): void {
  const path = process.env["SSLKEYLOGFILE"];
  if (path === undefined || path === "") return;
  try {
    appendFileSync(path, line, { mode: 0o600 });
  } catch {
    return;
  }
}
