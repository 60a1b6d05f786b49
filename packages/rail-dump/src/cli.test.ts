import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { fixture } from "../testing/run.js";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const rail = fixture("wslg-rail-basic");

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program; `close` closes its output after the first bytes. */
async function runBuilt(args: readonly string[], close = false): Promise<Ended> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (close) child.stdout.destroy();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

// `npm test` builds first; a run of the tests alone may have nothing to start.
describe.skipIf(!existsSync(cli))("the built program (skipped without a build)", () => {
  test("lists", async () => {
    const { code, stdout, stderr } = await runBuilt(["--channel", "x224", rail]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.split("\n").length).toBe(3);
  });

  test("is quiet when its output is closed", async () => {
    const { code, signal, stderr } = await runBuilt(["-a", "-V", rail], true);
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: "" });
  });

  test("says what is wrong on standard error", async () => {
    expect(await runBuilt(["--nothing"])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: "rail-dump: unknown option '--nothing'\ntry 'rail-dump --help'\n",
    });
  });
});
