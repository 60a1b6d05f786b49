import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadKeyLog, openCapture } from "@railvail/capture";
import { main, type TextOutput } from "@railvail/rail-dump";

/** Where recordings are kept; they are thrown away unless this says where. */
const keptIn = process.env["RAILVAIL_INTEROP_OUT"];

/** Throws unless `rail-dump verify` understands every byte of a recording, in the clear or with the keys of its TLS. */
export async function verifyRecording(name: string, recording: Uint8Array, keyLog?: string): Promise<void> {
  const folder = keptIn ?? mkdtempSync(join(tmpdir(), "railvail-recording-"));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name.replaceAll(/[^a-z0-9]+/gi, "-")}.pcapng`);
  writeFileSync(file, recording);
  let report = "";
  const output: TextOutput = {
    isTerminal: false,
    write: (text) => {
      report += text;
      return Promise.resolve(true);
    },
  };
  try {
    const code = await main(["verify", ...(keyLog === undefined ? [] : ["--keylog", keyLog]), file], {
      stdout: output,
      stderr: output,
      env: {},
      open: openCapture,
      loadKeyLog,
    });
    if (code !== 0) throw new Error(`the recording of "${name}" is not clean:\n${report}`);
  } finally {
    if (keptIn === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
