import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { onTestFinished } from "vitest";
import type { ChildCommand, ChildOptions, ChildReport } from "./vail-child.js";

const root = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const packages = ["applist", "audio", "cliprdr", "display", "egfx", "gfxredir", "node", "rail", "session", "transport"];

let bundled: Promise<string> | undefined;

/** The children's program as one file of JavaScript: Node 20 runs no TypeScript. */
export const childProgram = (): Promise<string> =>
  (bundled ??= (async () => {
    const bundle = await rolldown({
      input: root("test/vail-child.ts"),
      platform: "node",
      resolve: {
        alias: {
          "@railvail/wire/eval": root("packages/wire/src/eval.ts"),
          ...Object.fromEntries(
            [...packages, "wire"].map((name) => [`@railvail/${name}`, root(`packages/${name}/src/index.ts`)]),
          ),
        },
      },
    });
    const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
    await bundle.close();
    const file = join(mkdtempSync(join(tmpdir(), "railvail-test-")), "child.mjs");
    // koffi is looked for from here on.
    const libc = JSON.stringify(new URL("../packages/node/src/memory/libc.ts", import.meta.url));
    writeFileSync(file, output[0].code.replaceAll("import.meta.url", libc));
    return file;
  })());

/** Another process with a compositor or a viewer. */
export class VailProcess {
  readonly ended: Promise<string | number | null>;
  private readonly process: ChildProcess;
  private readonly answers: ((answer: unknown) => void)[] = [];

  private constructor(process: ChildProcess) {
    this.process = process;
    this.ended = new Promise((resolve) => {
      process.once("exit", (code, signal) => {
        for (const answer of this.answers.splice(0)) answer(undefined);
        resolve(signal ?? code);
      });
    });
    process.on("message", (answer) => this.answers.shift()?.(answer));
    process.on("error", () => undefined);
  }

  static async start(options: ChildOptions): Promise<VailProcess> {
    const stdio = ["ignore", "inherit", "inherit", "ipc"] as const;
    const child = fork(await childProgram(), [JSON.stringify(options)], { stdio: [...stdio], execArgv: [] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const one = new VailProcess(child);
    await one.answer();
    return one;
  }

  /** Has it do something; resolves when it was done, or the process ended over it. */
  async ask(command: ChildCommand): Promise<void> {
    const answer = this.answer();
    this.process.send(command);
    await answer;
  }

  /** Throws if the process is not there any more. */
  async report(): Promise<ChildReport> {
    const answer = this.answer();
    this.process.send("report");
    const report = await answer;
    if (report === undefined) throw new Error("the process ended");
    return report as ChildReport;
  }

  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.ended;
  }

  private answer(): Promise<unknown> {
    return new Promise((resolve) => void this.answers.push(resolve));
  }
}
