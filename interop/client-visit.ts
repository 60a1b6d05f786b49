import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExitCode } from "@railvail/command-line";
import { main } from "@railvail/rail-view";
import type { Screenshot } from "./display.js";
import { runProgram } from "./programs.js";
import { until } from "./until.js";
import { verifyRecording } from "./verify-recording.js";

/** A line of the program's output, as far as it is looked at. */
export interface VisitEvent {
  readonly type: string;
  /** Of a violation: the rule that was broken, and by whom. */
  readonly violation?: { readonly rule: string; readonly by: string };
}

/** Milliseconds in which the session must come so far. */
const patience = 20_000;
/** Milliseconds without a frame after which the picture is taken to be complete. */
const quiet = 1500;

/** A session of rail-view with a server's desktop, in this process: it stays until it is told to leave. */
export class ClientVisit {
  readonly events: VisitEvent[] = [];
  readonly complaints: string[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), "railvail-visit-"));
  private readonly over: Promise<ExitCode>;
  private code: ExitCode | undefined;
  private lastFrame = performance.now();
  private interrupt: () => void = () => {};

  constructor(port: number, args: readonly string[] = []) {
    const where = ["--connect", `127.0.0.1:${port}`, "--desktop", "--wait", String(patience / 1000)];
    const results = ["--ndjson", "--record", this.recordFile, "--png", this.folder, "--quit-after", "never"];
    this.over = this.run([...where, ...results, ...args]);
    // Whoever waits for the end hears of it; until then it must not end the process.
    this.over.catch(() => {});
  }

  private get recordFile(): string {
    return join(this.folder, "session.pcapng");
  }

  private async run(argv: readonly string[]): Promise<ExitCode> {
    this.code = await main(argv, {
      print: (line) => this.took(JSON.parse(line) as VisitEvent),
      complain: (line) => this.complaints.push(line),
      onInterrupt: (leave) => {
        this.interrupt = leave;
        return () => {};
      },
    });
    return this.code;
  }

  private took(event: VisitEvent): void {
    this.events.push(event);
    if (event.type === "frame") this.lastFrame = performance.now();
  }

  count(type: string): number {
    return this.events.filter((event) => event.type === type).length;
  }

  /** The rules that the server broke, or this client: each once. */
  get brokenRules(): readonly string[] {
    return [...new Set(this.events.flatMap(({ violation }) => (violation === undefined ? [] : [violation.rule])))];
  }

  /** Waits until something holds while the session lasts. */
  until(what: string, look: () => boolean): Promise<boolean> {
    const told = (): string => {
      const types = [...new Set(this.events.map(({ type }) => type))];
      return `${this.complaints.join("; ")}; events: ${types.join(", ")}`;
    };
    return until(
      what,
      () => {
        if (look()) return true;
        if (this.code !== undefined) throw new Error(`${what}: the session ended before; ${told()}`);
        return false;
      },
      { timeout: patience, detail: told },
    );
  }

  /** Waits until it has seen more frames than so many, and no more come. */
  settled(frames = 0): Promise<boolean> {
    return this.until("a frame, and then none", () => {
      return this.count("frame") > frames && performance.now() - this.lastFrame > quiet;
    });
  }

  /** Ends the session as a user does who leaves. */
  leave(): Promise<ExitCode> {
    this.interrupt();
    return this.over;
  }

  /** What went wrong, as rail-view says it. */
  get troubles(): readonly string[] {
    return this.complaints.filter((line) => !line.startsWith("rail-view: saved "));
  }

  /** The desktop as it was saved; only after the end. */
  async picture(): Promise<Screenshot> {
    const file = join(this.folder, "desktop.png");
    const png = readFileSync(file);
    // The sizes are in the first chunk, which follows eight bytes of signature.
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    const { output, errors } = await runProgram("convert", [file, "-depth", "8", "rgba:-"], {});
    if (output.length !== width * height * 4) throw new Error(`a picture of ${output.length} bytes: ${errors}`);
    return { width, height, pixels: output };
  }

  /** Throws unless all of the session can be read; only after the end. */
  async verify(name: string): Promise<void> {
    await verifyRecording(name, readFileSync(this.recordFile));
  }

  /** Also for a session that failed. */
  async stop(): Promise<void> {
    this.interrupt();
    await this.over.catch(() => undefined);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
