/** Wireshark's command line, as another opinion where it is installed. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const hasTshark = spawnSync("tshark", ["--version"]).status === 0;
export const withoutTshark = "(skipped where there is no tshark)";

/** Runs tshark with arguments; returns what it writes, line by line. */
export function tshark(...args: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync("tshark", args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`tshark ${args.join(" ")}: ${stderr}`);
  return stdout.split("\n").filter((line) => line !== "");
}

/** Runs something with a folder of its own. */
export async function inFolder<Result>(use: (folder: string) => Result | Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "railvail-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs something with a file of these bytes. */
export const withFile = async <Result>(bytes: Uint8Array, use: (path: string) => Result): Promise<Result> =>
  inFolder((folder) => {
    const path = join(folder, "capture.pcapng");
    writeFileSync(path, bytes);
    return use(path);
  });
