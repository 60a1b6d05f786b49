#!/usr/bin/env node
import { main } from "./main.js";
import { OutputError, type TextOutput } from "./terminal.js";

/** Codes of the system that say that the reader has gone. */
const gone: ReadonlySet<string> = new Set(["EPIPE", "ERR_STREAM_DESTROYED", "ECONNRESET"]);

function outputOf(stream: NodeJS.WriteStream): TextOutput {
  // The error reaches the writer through its callback.
  stream.on("error", () => {});
  return {
    isTerminal: stream.isTTY,
    columns: stream.columns,
    write: async (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
          if (error === null || error === undefined) resolve(true);
          else if (gone.has(error.code ?? "")) resolve(false);
          else reject(new OutputError(`cannot write the output: ${error.code ?? error.message}`));
        });
      }),
  };
}

/** Loaded when the first file is opened: help and version need none. */
const capture = async () => import("@railvail/capture");
/** Loaded for `-w`. */
const output = async () => import("./output-file.js");

process.exitCode = await main(process.argv.slice(2), {
  stdout: outputOf(process.stdout),
  stderr: outputOf(process.stderr),
  env: process.env,
  open: async function* (path) {
    yield* (await capture()).openCapture(path);
  },
  create: async (path) => (await output()).createOutput(path),
  sameFile: async (path, others) => (await output()).sameFile(path, others),
  loadKeyLog: async (path, keys) => (await capture()).loadKeyLog(path, keys),
});
