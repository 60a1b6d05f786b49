import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { onTestFinished } from "vitest";
import type { SectionOptions } from "../src/index.js";
import { temporaryFolder } from "./temporary.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What the other process does with each line that it reads: `run` is called with the line's values. */
const program = `
  import { readFileSync } from "node:fs";
  import { createInterface } from "node:readline";
  import { SharedSections } from "./store.mjs";
  const store = new SharedSections(JSON.parse(process.argv[2]));
  const sections = new Map();
  const commands = {
    backing: () => store.backing,
    create: (size) => { const one = store.create(size); sections.set(one.name, one); return one.name; },
    open: (name, size) => { const one = store.open(name, size); sections.set(name, one); return one.bytes !== undefined; },
    write: (name, offset, bytes) => sections.get(name).write(offset, Uint8Array.from(bytes)),
    read: (name, offset, length) => {
      const into = new Uint8Array(length);
      sections.get(name).read(offset, into);
      return [...into];
    },
    fill: (name, value) => void sections.get(name).bytes.fill(value),
    sum: (name) => sections.get(name).bytes.reduce((total, one) => total + one, 0),
    close: (name) => sections.get(name).close(),
    churn: async (count, size) => {
      const mebibytes = () => Number(/VmSize:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "latin1"))[1]) / 1024;
      const before = mebibytes();
      for (let round = 0; round < count; round++) {
        const one = store.create(size);
        one.bytes[0] = 1;
        one.close();
      }
      for (let round = 0; round < 3; round++) {
        gc();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return mebibytes() - before;
    },
    exit: () => process.exit(0),
  };
  createInterface({ input: process.stdin }).on("line", async (line) => {
    const [command, ...values] = JSON.parse(line);
    let answer;
    try { answer = { value: (await commands[command](...values)) ?? null }; }
    catch (error) { answer = { fault: error.fault ?? String(error) }; }
    process.stdout.write(JSON.stringify(answer) + "\\n");
  });
`;

let bundled: Promise<string> | undefined;

/** The sources of the store as one module of JavaScript. */
const storeModule = (): Promise<string> =>
  (bundled ??= (async () => {
    const bundle = await rolldown({
      input: here("../src/memory/shared-sections.ts"),
      platform: "node",
      resolve: { alias: { "@railvail/session": here("../../session/src/sections.ts") } },
    });
    const { output } = await bundle.generate({ format: "esm" });
    await bundle.close();
    // koffi is looked for from here on.
    return output[0].code.replaceAll(
      "import.meta.url",
      JSON.stringify(new URL("../src/memory/libc.ts", import.meta.url)),
    );
  })());

/** Another process with a store of its own. */
export class SectionChild {
  readonly process: ChildProcess;
  /** The signal that ended it, or its exit code. */
  readonly ended: Promise<string | number | null>;
  private readonly answers: ((line: string | undefined) => void)[] = [];

  private constructor(process: ChildProcess) {
    this.process = process;
    this.ended = new Promise((resolve) => {
      process.once("close", (code, signal) => {
        for (const answer of this.answers.splice(0)) answer(undefined);
        resolve(signal ?? code);
      });
    });
    let text = "";
    process.stdout?.setEncoding("utf8").on("data", (part: string) => {
      const lines = (text + part).split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) this.answers.shift()?.(line);
    });
  }

  static async start(options: SectionOptions): Promise<SectionChild> {
    const folder = join(temporaryFolder(), "child");
    mkdirSync(folder);
    writeFileSync(join(folder, "store.mjs"), await storeModule());
    writeFileSync(join(folder, "child.mjs"), program);
    const stdio = ["pipe", "pipe", "inherit"] as const;
    const args = ["--expose-gc", join(folder, "child.mjs"), JSON.stringify(options)];
    const child = spawn(process.execPath, args, { stdio: [...stdio] });
    onTestFinished(() => void child.kill("SIGKILL"));
    return new SectionChild(child);
  }

  /** Does something there. The answer is undefined if the process ended over it. */
  async ask(command: string, ...values: readonly unknown[]): Promise<unknown> {
    const answer = new Promise<string | undefined>((resolve) => void this.answers.push(resolve));
    this.process.stdin?.write(`${JSON.stringify([command, ...values])}\n`);
    const line = await answer;
    if (line === undefined) return undefined;
    const { value, fault } = JSON.parse(line) as { value?: unknown; fault?: string };
    return fault ?? value;
  }

  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.ended;
  }
}
