#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { main } from "./main.js";
import { OutputError, type TextOutput } from "./terminal.js";

/** Codes of the system that say that the reader has gone. */
const gone: ReadonlySet<string> = new Set(["EPIPE", "ERR_STREAM_DESTROYED", "ECONNRESET"]);

function outputOf(stream: NodeJS.WriteStream): TextOutput {
  // The error reaches the writer through its callback.
  stream.on("error", () => {});
  const write = async (text: string | Uint8Array): Promise<boolean> =>
    new Promise((resolve, reject) => {
      stream.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
        if (error === null || error === undefined) resolve(true);
        else if (gone.has(error.code ?? "")) resolve(false);
        else reject(new OutputError(`cannot write the output: ${error.code ?? error.message}`));
      });
    });
  return { isTerminal: stream.isTTY, columns: stream.columns, write, writeBytes: write };
}

/** Loaded when the first file is opened: help and version need none. */
const capture = async () => {
  const loaded = await import("@railvail/capture");
  // Loading has made the young generation as large as is good. Almost nothing that reading makes lives
  // long, so that letting it grow on costs memory, a quarter more, and gains a twentieth of the time.
  setFlagsFromString("--semi-space-growth-factor=1");
  return loaded;
};
/** Loaded for `-w`. */
const output = async () => import("./output-file.js");

process.exitCode = await main(process.argv.slice(2), {
  stdout: outputOf(process.stdout),
  stderr: outputOf(process.stderr),
  env: process.env,
  open: async function* (path, options) {
    yield* (await capture()).openCapture(path, options);
  },
  create: async (path) => (await output()).createOutput(path),
  sameFile: async (path, others) => (await output()).sameFile(path, others),
  loadKeyLog: async (path, keys) => (await capture()).loadKeyLog(path, keys),
});
