import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Display } from "./display.js";
import { startFreerdp } from "./freerdp.js";
import { Program } from "./programs.js";
import { RecordingRelay } from "./recording-relay.js";
import { suite } from "./suite.js";
import { until } from "./until.js";
import { verifyRecording } from "./verify-recording.js";

const cli = fileURLToPath(new URL("../packages/demo-compositor/dist/cli.js", import.meta.url));
const titles = "Animation,Glass,Paint,Text";

suite("the program demo-compositor", ["xfreerdp", ...Display.needs], () => {
  let display: Display;
  let sections: string;
  const programs: Program[] = [];
  const relays: RecordingRelay[] = [];
  /** The keys of the program's TLS, with which the recordings are read. */
  const keyLog = (): string => join(sections, "..", `${basename(sections)}.keys`);

  beforeEach(async () => {
    if (!existsSync(cli)) throw new Error("demo-compositor is not built: npm run build");
    display = await Display.start();
    sections = mkdtempSync(join(tmpdir(), "railvail-sections-"));
  });
  afterEach(async () => {
    for (const program of programs.splice(0)) await program.stop();
    await display.stop();
    for (const relay of relays.splice(0)) relay.stop();
    rmSync(sections, { recursive: true, force: true });
    rmSync(keyLog(), { force: true });
  });

  const started = (program: Program): Program => {
    programs.push(program);
    return program;
  };

  /** Starts the program, and gives the port that it chose. */
  async function serve(...args: string[]): Promise<{ readonly demo: Program; readonly port: number }> {
    const all = [cli, "--port", "0", "--vail", sections, ...args];
    const demo = started(new Program(process.execPath, all, { env: { ...display.env, SSLKEYLOGFILE: keyLog() } }));
    const detail = (): string => demo.output;
    const port = await until(
      "the program listens",
      () => /listening on 127\.0\.0\.1:(\d+)/.exec(demo.output)?.[1] ?? (demo.isRunning ? undefined : "0"),
      { detail },
    );
    return { demo, port: Number(port) };
  }

  /** What passes between the program and its clients is recorded. */
  async function recorded(port: number): Promise<RecordingRelay> {
    const relay = await RecordingRelay.before(port);
    relays.push(relay);
    return relay;
  }

  const shown = (): Promise<unknown> =>
    until("its windows are shown", async () => {
      const windows = await display.windows();
      return (
        windows
          .map(({ title }) => title)
          .toSorted()
          .join() === titles
      );
    });

  test.each(["SIGINT", "SIGTERM"] as const)("shows its windows, and ends in order on %s", async (signal) => {
    const { demo, port } = await serve();
    const relay = await recorded(port);
    const client = started(startFreerdp(display, relay.port));
    await shown();
    // Windows are told before it is known how their pixels will come.
    await until("pixels have their way", () => demo.output.includes("pixels: composed"), { detail: () => demo.output });
    demo.signal(signal);
    expect(await demo.waitForEnd(20_000)).toBe(true);
    expect(demo.exitCode).toBe(0);
    expect(demo.output).toMatch(/a client is there: remote windows, 1024x768[^]*pixels: composed[^]*ended\n$/);
    expect(await client.waitForEnd(30_000)).toBe(true);
    expect(readdirSync(sections)).toEqual([]);
    await verifyRecording(`demo ${signal}`, relay.recording, keyLog());
  });

  test("its animation moves", async () => {
    const { port } = await serve("--tls", "off");
    const relay = await recorded(port);
    const client = started(startFreerdp(display, relay.port, ["/sec:rdp"], "||animation"));
    await shown();
    const { id } = await display.window("Animation");
    await display.wmctrl("-ia", id);
    const first = await display.screenshot();
    const second = await until("the picture changes", async () => {
      const next = await display.screenshot();
      return Buffer.compare(first.pixels, next.pixels) !== 0 && next;
    });
    expect(second.pixels).toHaveLength(first.pixels.length);
    await client.stop();
    await verifyRecording("demo animation", relay.recording);
  });

  test("ends by itself when it was told to", async () => {
    const { demo } = await serve("--quit-after", "0.5");
    expect(await demo.waitForEnd(20_000)).toBe(true);
    expect(demo.exitCode).toBe(0);
  });

  test("says why it cannot begin", async () => {
    const { port } = await serve();
    const second = started(new Program(process.execPath, [cli, "--port", String(port)], { env: display.env }));
    expect(await second.waitForEnd(20_000)).toBe(true);
    expect(second.exitCode).toBe(2);
    expect(second.output).toMatch(/^demo-compositor: another program listens/);
  });
});
