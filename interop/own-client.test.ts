/** Our client against servers that other people made. */
import { afterEach, expect, test, vi } from "vitest";
import { ClientVisit } from "./client-visit.js";
import { Display, type Screenshot } from "./display.js";
import { ForeignServer } from "./foreign-server.js";
import { colors, differing, part } from "./pictures.js";
import { Program, runProgram } from "./programs.js";
import { suite } from "./suite.js";
import { until } from "./until.js";

// Each takes less than ten seconds where nothing else runs.
vi.setConfig({ testTimeout: 60_000 });

const begun: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of begun.splice(0).toReversed()) await each.stop();
});

function kept<Thing extends { stop(): Promise<void> }>(thing: Thing): Thing {
  begun.push(thing);
  return thing;
}

/**
 * Leaves, and expects that all went well on both sides, and that the recording can be read.
 * `broken`: the rules that this server is known to break.
 */
async function expectCleanEnd(
  visit: ClientVisit,
  server: ForeignServer,
  name: string,
  broken: readonly string[] = [],
): Promise<void> {
  expect(await visit.leave()).toBe(0);
  expect(visit.troubles).toEqual([]);
  expect(visit.brokenRules).toEqual(broken);
  expect(visit.count("ended")).toBe(1);
  expect(server.program.isRunning).toBe(true);
  await visit.verify(name);
}

/** What a session over TLS sees of a desktop. */
async function desktopOf(
  server: ForeignServer,
  name: string,
  args: readonly string[],
  broken: readonly string[] = [],
): Promise<Screenshot> {
  const visit = kept(new ClientVisit(server.port, ["--tls", "only", ...args]));
  await visit.until("the session is active", () => visit.count("active") > 0);
  await visit.settled();
  await expectCleanEnd(visit, server, name, broken);
  return visit.picture();
}

suite("rail-view and FreeRDP's shadow server", ["freerdp-shadow-cli", ...Display.needs], () => {
  /** ImageMagick's `display` ends with 1 even when it did what it was to do: only the screen tells. */
  const background = async (display: Display, image: string): Promise<void> => {
    const before = await display.screenshot();
    const args = ["-size", `${display.width}x${display.height}`, "-window", "root", image];
    const { errors } = await runProgram("display", args, { env: display.env });
    const changed = async (): Promise<boolean> => differing(before, await display.screenshot()).count > 100_000;
    await until(`a background ${image}`, changed, { timeout: 5000, detail: () => errors });
  };

  test.each([
    ["tls", "only"],
    ["rdp", "off"],
  ] as const)("a desktop over %s has the pixels of the screen, and takes keys and clicks", async (security, tls) => {
    const display = kept(await Display.start(800, 600));
    await background(display, "gradient:red-blue");
    // It comes with the package of xprop, and writes what its window is told.
    const listener = ["-geometry", "300x200+200+150", "-event", "keyboard", "-event", "button"];
    const xev = kept(new Program("xev", listener, { env: display.env }));
    const { left, top } = await display.window("Event Tester");
    const server = kept(await ForeignServer.shadow(display.env, security));

    const at = [left + 150, top + 120];
    const visit = kept(new ClientVisit(server.port, ["--tls", tls, "--click", at.join(), "--type", "q"]));
    await visit.until("the session is active", () => visit.count("active") > 0);
    await visit.settled();
    const detail = (): string => xev.output;
    await until("the click arrives", () => /ButtonPress event[^]*button 1/.test(xev.output), { detail });
    await until("the key arrives", () => /KeyPress event[^]*keysym 0x71, q/.test(xev.output), { detail });

    const frames = visit.count("frame");
    await background(display, "plasma:green-yellow");
    await visit.settled(frames);
    const shown = await display.screenshot();
    await expectCleanEnd(visit, server, `freerdp shadow ${security}`);

    const seen = await visit.picture();
    expect([seen.width, seen.height]).toEqual([shown.width, shown.height]);
    expect(colors(shown)).toBeGreaterThan(100);
    expect(differing(seen, shown)).toEqual({ count: 0, first: "" });
  });
});

suite("rail-view and xrdp", ["xrdp", "import"], () => {
  test("the login screen is seen, and shows what is typed", async () => {
    const server = kept(await ForeignServer.xrdp());
    // It asks for a licence, and goes on when it gets none.
    const broken = ["license-required"];
    const look = (...args: string[]): Promise<Screenshot> => desktopOf(server, "xrdp login", args, broken);
    const empty = await look();
    expect(colors(empty)).toBeGreaterThan(10);
    const typed = await look("--type", "somebody\\tsecret");
    expect(differing(typed, empty).count).toBeGreaterThan(50);
  });
});

suite("rail-view and weston", ["weston", "import"], () => {
  test("the desktop is seen, and the pointer on it after a click", async () => {
    const server = kept(await ForeignServer.weston());
    const untouched = await desktopOf(server, "weston", []);
    expect([untouched.width, untouched.height]).toEqual([800, 600]);
    expect(colors(untouched)).toBeGreaterThan(10);
    const touched = await desktopOf(server, "weston input", ["--click", "400,300", "--type", "hello\\n"]);
    const around = { left: 380, top: 280, width: 60, height: 60 };
    expect(differing(part(touched, around), part(untouched, around)).count).toBeGreaterThan(20);
  });
});
