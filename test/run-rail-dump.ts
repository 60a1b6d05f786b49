import { loadKeyLog, openCapture } from "@railvail/capture";
import { main, type TextOutput } from "@railvail/rail-dump";
import { expect } from "vitest";

/** What a run of rail-dump prints; it has to find nothing wrong and to complain about nothing. */
export async function railDump(argv: readonly string[]): Promise<string> {
  const printed = { stdout: "", stderr: "" };
  const output = (name: keyof typeof printed): TextOutput => ({
    write: (text) => {
      printed[name] += text;
      return Promise.resolve(true);
    },
    isTerminal: false,
  });
  const code = await main(argv, {
    stdout: output("stdout"),
    stderr: output("stderr"),
    env: {},
    open: openCapture,
    loadKeyLog,
  });
  expect([code, printed.stderr]).toEqual([0, ""]);
  return printed.stdout;
}
