import { open, stat } from "node:fs/promises";
import { systemReason } from "./system-reason.js";
import { ClosedOutputError, OutputError, type ByteOutput } from "./terminal.js";

/** Codes of the system that say that the reader has gone. */
const gone: ReadonlySet<string> = new Set(["EPIPE", "ERR_STREAM_DESTROYED", "ECONNRESET"]);

const reasonOf = (error: unknown): { readonly code: string; readonly message: string } => {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  return { code: "code" in error ? String(error.code) : "", message: error.message };
};

/**
 * Makes a file, in the place of one that is there; "-" is standard output.
 *
 * @throws OutputError if the system refuses, ClosedOutputError if nobody reads standard output.
 */
export async function createOutput(path: string): Promise<ByteOutput> {
  if (path === "-") return standardOutput();
  const failed = (error: unknown): Error => new OutputError(`${path}: ${systemReason(reasonOf(error))}`);
  const file = await open(path, "w").catch((error: unknown) => {
    throw failed(error);
  });
  return {
    write: async (parts) =>
      file.writeFile(Buffer.concat(parts)).catch((error: unknown) => {
        throw failed(error);
      }),
    close: async () => file.close(),
  };
}

const standardOutput = (): ByteOutput => ({
  write: async (parts) =>
    new Promise((resolve, reject) => {
      process.stdout.write(Buffer.concat(parts), (error: Error | null | undefined) => {
        if (error === null || error === undefined) return resolve();
        const { code, message } = reasonOf(error);
        reject(
          gone.has(code) ? new ClosedOutputError() : new OutputError(`cannot write the output: ${code || message}`),
        );
      });
    }),
  close: async () => Promise.resolve(),
});

/** Whether a path leads to one of these files, by whatever name. */
export async function sameFile(path: string, others: readonly string[]): Promise<boolean> {
  const identity = async (one: string): Promise<string | undefined> => {
    try {
      const { dev, ino } = await stat(one, { bigint: true });
      return `${dev}:${ino}`;
    } catch {
      // What is not there is no file that is read.
      return undefined;
    }
  };
  const own = await identity(path);
  if (own === undefined) return false;
  const found = await Promise.all(others.map(identity));
  return found.includes(own);
}
