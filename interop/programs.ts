import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The programs that the tests can use, and the package of Debian 12 that each is in. */
export const packageOf = {
  xfreerdp: "freerdp2-x11",
  "freerdp-shadow-cli": "freerdp2-shadow-x11",
  xrdp: "xrdp",
  weston: "weston",
  Xvfb: "xvfb",
  openbox: "openbox",
  xdotool: "xdotool",
  wmctrl: "wmctrl",
  xclip: "xclip",
  import: "imagemagick",
  xprop: "x11-utils",
} as const;

export type ProgramName = keyof typeof packageOf;

const isInstalled = (name: string): boolean =>
  (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Those of the programs that are not installed. */
export const missing = (names: readonly ProgramName[]): ProgramName[] => names.filter((name) => !isInstalled(name));

/** Bytes of a program's output that are kept. */
const outputLimit = 1 << 20;
/** Milliseconds that a program may take to end when it is asked to. */
const endPatience = 5000;

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The program writes to this file descriptor too: see `written`. */
  readonly extraDescriptor?: 3;
}

/** A program that runs beside the test. It is ended by its own process id, and never outlives its test. */
export class Program {
  readonly name: string;
  private readonly child: ChildProcess;
  private text = "";
  private extra = "";
  private ended = false;
  private readonly end: Promise<void>;
  /** Undefined while it runs, and if a signal ended it. */
  exitCode: number | undefined;

  constructor(name: string, args: readonly string[], { env = {}, cwd, extraDescriptor }: StartOptions = {}) {
    this.name = name;
    const stdio: ("ignore" | "pipe")[] = ["ignore", "pipe", "pipe"];
    if (extraDescriptor !== undefined) stdio.push("pipe");
    this.child = spawn(name, args, { env: { ...process.env, ...env }, cwd, stdio });
    const take = (chunk: Buffer): void => void (this.text = (this.text + chunk.toString()).slice(-outputLimit));
    this.child.stdout?.on("data", take);
    this.child.stderr?.on("data", take);
    this.child.stdio[3]?.on("data", (chunk: Buffer) => (this.extra += chunk.toString()));
    this.end = new Promise((resolve) => {
      const over = (): void => {
        this.ended = true;
        running.delete(this);
        resolve();
      };
      this.child.on("error", (error) => {
        this.text += error.message;
        over();
      });
      this.child.on("exit", (code) => {
        this.exitCode = code ?? undefined;
        over();
      });
    });
    running.add(this);
  }

  get isRunning(): boolean {
    return !this.ended;
  }

  /** What it wrote to its output and its errors. */
  get output(): string {
    return this.text;
  }

  /** What it wrote to the extra descriptor. */
  get written(): string {
    return this.extra;
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.ended) this.child.kill(signal);
  }

  /** Resolves when it has ended by itself, or after so many milliseconds: true if it has ended. */
  async waitForEnd(milliseconds: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await Promise.race([this.end, tooLong]);
    clearTimeout(timer);
    return this.ended;
  }

  async stop(): Promise<void> {
    this.signal("SIGTERM");
    if (await this.waitForEnd(endPatience)) return;
    this.signal("SIGKILL");
    await this.end;
  }
}

const running = new Set<Program>();
process.on("exit", () => {
  for (const program of running) program.signal("SIGKILL");
});

export interface Result {
  readonly code: number | null;
  readonly output: Buffer;
  readonly errors: string;
}

/** Runs a program to its end, which must come within so many milliseconds. */
export function runProgram(
  name: string,
  args: readonly string[],
  { env = {}, input, timeout = 30_000 }: { env?: Readonly<Record<string, string>>; input?: string; timeout?: number },
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
    const output: Buffer[] = [];
    let errors = "";
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`${name} ${args.join(" ")} did not end within ${timeout} ms`));
    }, timeout);
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    child.stdin.on("error", () => undefined);
    child.on("error", reject);
    // `exit`, not `close`: xclip leaves a process behind that keeps the pipes.
    child.on("exit", (code) => {
      clearTimeout(timer);
      setImmediate(() => resolve({ code, output: Buffer.concat(output), errors }));
    });
    child.stdin.end(input ?? "");
  });
}
