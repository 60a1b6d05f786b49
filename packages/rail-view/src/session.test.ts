/** The program against a compositor in the same process, over a unix socket or TCP. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPackets } from "@railvail/capture";
import type { ExitCode } from "@railvail/command-line";
import {
  ownCertificate,
  serveCompositor,
  SharedSections,
  type CompositorServer,
  type ServeOptions,
} from "@railvail/node";
import { Compositor, type CompositorEvent, type CompositorSettings } from "@railvail/session";
import { ErrorInfo } from "@railvail/transport";
import { decode } from "fast-png";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { main } from "./main.js";

let folder = "";
let servers: CompositorServer[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rail-view-"));
  // Where shared memory is unless a folder is named.
  vi.stubEnv("XDG_RUNTIME_DIR", folder);
});

afterEach(async () => {
  await Promise.all(servers.map(async (server) => server.close()));
  servers = [];
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

interface Visited {
  readonly code: ExitCode;
  readonly lines: readonly string[];
  readonly complaints: readonly string[];
}

const visit = (...argv: string[]): Promise<Visited> => interruptedVisit(argv, () => false);

/** The user interrupts once a line holds. */
async function interruptedVisit(argv: readonly string[], when: (line: string) => boolean): Promise<Visited> {
  let interrupt = (): void => {};
  const lines: string[] = [];
  const complaints: string[] = [];
  const code = await main(argv, {
    print: (line) => {
      lines.push(line);
      // As a signal: between two turns, not in the middle of one.
      if (when(line)) setImmediate(() => interrupt());
    },
    complain: (line) => complaints.push(line),
    onInterrupt: (leave) => {
      interrupt = leave;
      return () => {};
    },
  });
  return { code, lines, complaints };
}

const box = { left: 20, top: 10, width: 30, height: 20 };

/** Every pixel of a window: B, G, R, A. */
function paint(compositor: Compositor, id: number): void {
  const canvas = compositor.canvas(id);
  if (canvas === undefined) return;
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) canvas.pixels.set([x, y, 200, 255], y * canvas.stride + x * 4);
  }
  compositor.present(id);
}

interface Served {
  readonly compositor: Compositor;
  readonly windowId: number;
  readonly told: CompositorEvent[];
  readonly server: CompositorServer;
}

/** A compositor with one window, which is drawn when it can be, and does what its user wants. */
async function serve(settings: Partial<CompositorSettings>, options: Partial<ServeOptions> = {}): Promise<Served> {
  const compositor = new Compositor(settings);
  const windowId = compositor.windows.add({ ...box, title: "Test" });
  const told: CompositorEvent[] = [];
  const server = await serveCompositor(
    compositor,
    { path: join(folder, "server") },
    {
      ...options,
      told(event) {
        told.push(event);
        if (event.type === "exposed" || event.type === "paintable") paint(compositor, event.windowId);
        if (event.type === "placeRequested") compositor.windows.change(event.windowId, event);
        if (event.type === "closeRequested") compositor.windows.remove(event.windowId);
        if (event.type === "launchRequested") compositor.launched(event.serial, 5);
        server.update();
      },
    },
  );
  servers.push(server);
  return { compositor, windowId, told, server };
}

const quick = ["--quit-after", "0"];
const connecting = (): string[] => ["--connect", join(folder, "server")];
const plainly = (): string[] => [...connecting(), "--tls", "off"];

/** The window as it was saved: red, green, blue and alpha of one pixel. */
function savedPixel(name: string, x: number, y: number): number[] {
  const { data, width } = decode(readFileSync(join(folder, "png", name)));
  return Array.from(data.slice((y * width + x) * 4, (y * width + x + 1) * 4));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

describe("rail-view", () => {
  test.each([
    ["vail", []],
    ["egfx", ["--no-vail"]],
    ["composed", ["--no-vail", "--no-egfx"]],
  ])("shows a window that comes over %s, and saves and records it", async (path, without) => {
    const sections = new SharedSections({ directory: join(folder, "sections") });
    const { told, windowId } = await serve({ sections, mapsSurfaces: "always" });
    const record = join(folder, "session.pcapng");
    const { code, lines, complaints } = await visit(
      ...connecting(),
      "--sections",
      join(folder, "sections"),
      ...without,
      ...quick,
      "--tls",
      "off",
      "--png",
      join(folder, "png"),
      "--record",
      record,
    );
    expect(complaints.filter((line) => !line.includes("saved"))).toEqual([]);
    expect(code).toBe(0);
    expect(told.find(({ type }) => type === "pixelPath")).toMatchObject({ path });
    expect(lines.some((line) => line.endsWith(`window ${windowId} created "Test" 30x20 at 20,10`))).toBe(true);
    expect(lines.some((line) => line.includes(`seen (${path})`))).toBe(true);
    expect(savedPixel(`window-${windowId}.png`, 3, 4)).toEqual([200, 4, 3, 255]);
    expect(savedPixel(`window-${windowId}.png`, 29, 19)).toEqual([200, 19, 29, 255]);
    let packets = 0;
    for await (const some of readPackets(once(readFileSync(record)))) packets += some.length;
    expect(packets).toBeGreaterThan(20);
    sections.close();
    expect(readdirSync(join(folder, "sections")).filter((name) => name.startsWith("{"))).toEqual([]);
  });

  test("moves, types and closes", async () => {
    const { told, windowId } = await serve({});
    const { code } = await visit(
      ...connecting(),
      ...quick,
      "--tls",
      "off",
      "--move",
      "first,50,60,70,40",
      "--type",
      "a",
      "--click",
      "55,65",
      "--close",
      "Test",
    );
    expect(code).toBe(0);
    expect(told.find(({ type }) => type === "placeRequested")).toMatchObject({
      windowId,
      left: 50,
      top: 60,
      width: 70,
      height: 40,
    });
    const inputs = told.flatMap((event) => (event.type === "input" ? [event.event] : []));
    expect(inputs).toMatchObject([
      { type: "pointerMoved", x: 55, y: 65 },
      { type: "button", down: true },
      { type: "button", down: false },
      { type: "key", evdevCode: 30, down: true },
      { type: "key", evdevCode: 30, down: false },
    ]);
    expect(told.some(({ type }) => type === "closeRequested")).toBe(true);
  });

  test("takes TLS where it is there, and goes without where it is not", async () => {
    const { key, certificate } = await ownCertificate({ directory: join(folder, "certificate") });
    const secured = await serve({ connection: { security: ["tls"] } }, { tls: { key, certificate } });
    expect(await visit(...connecting(), ...quick, "-q")).toMatchObject({ code: 0, complaints: [] });
    const plain = await visit(...connecting(), ...quick, "--tls", "off", "-q");
    expect(plain.code).toBe(1);
    await secured.server.close();
    await serve({ connection: { security: ["rdp"] } });
    const { code, complaints } = await visit(...connecting(), ...quick, "-q");
    expect(complaints).toEqual(["rail-view: the server wants no TLS: connecting again without"]);
    expect(code).toBe(0);
  });

  test("says so when a program was not started", async () => {
    await serve({});
    const { code, complaints } = await visit(...connecting(), ...quick, "--tls", "off", "-q", "--exec", "nosuch");
    expect(complaints).toEqual(["rail-view: nosuch was not started: there is no such file"]);
    expect(code).toBe(1);
  });

  test("says so when nothing is seen, and when a window is not there", async () => {
    const { compositor, windowId } = await serve({});
    const { complaints, code } = await visit(...connecting(), ...quick, "--tls", "off", "-q", "--close", "99");
    expect(complaints).toEqual(["rail-view: there is no window 99 to close"]);
    expect(code).toBe(1);
    compositor.windows.remove(windowId);
    const empty = await visit(...connecting(), "--tls", "off", "-q", "--wait", "0.2");
    expect(empty.complaints).toEqual(["rail-view: nothing was seen in 0.2 seconds"]);
    expect(empty.code).toBe(1);
  });

  test("writes each event as JSON", async () => {
    const { windowId } = await serve({});
    const { lines } = await visit(...connecting(), ...quick, "--tls", "off", "--ndjson");
    const events = lines.map((line) => JSON.parse(line) as { type: string; windowId?: number; time: number });
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["active", "windowCreated", "frame", "ended"]),
    );
    expect(events.every(({ time }) => time >= 0)).toBe(true);
    expect(
      events.some((event) => event.type === "windowCreated" && JSON.stringify(event).includes(String(windowId))),
    ).toBe(true);
  });

  test("fails in order where nobody listens, or nothing can be written", async () => {
    const nobody = await visit("--connect", join(folder, "nobody"));
    expect(nobody).toMatchObject({ code: 2, complaints: [expect.stringContaining("there is no socket at")] });
    await serve({});
    const file = await visit(...connecting(), "--record", join(folder, "no", "such", "folder"));
    expect(file).toMatchObject({ code: 2, complaints: [expect.stringContaining("there is no such folder")] });
    expect(await visit("--wat")).toMatchObject({ code: 2 });
    expect(await visit("--help")).toMatchObject({ code: 0, complaints: [] });
  });
});

const verifying = ["--user", "me", "--password", "secret"];

describe("who says which server is believed", () => {
  test.each(["verify", "ab".repeat(32)])("sends nothing to one without TLS: --trust %s", async (trust) => {
    const { told } = await serve({ connection: { security: ["rdp"] } });
    const { code, complaints } = await visit(...connecting(), ...quick, ...verifying, "--trust", trust, "-q");
    expect(code).toBe(1);
    expect(complaints).toEqual([expect.stringContaining("the server takes no TLS")]);
    expect(told.some(({ type }) => type === "clientReady")).toBe(false);
  });

  test("is told of a certificate that is another one, and how to take it", async () => {
    const { key, certificate, fingerprint } = await ownCertificate({ directory: join(folder, "certificate") });
    await serve({ connection: { security: ["tls"] } }, { tls: { key, certificate } });
    const refused = await visit(...connecting(), ...quick, "--trust", "ab".repeat(32), "-q");
    expect(refused.code).toBe(2);
    expect(refused.complaints).toEqual([
      `rail-view: the certificate of ${join(folder, "server")} is not the expected one but ${fingerprint}` +
        `; if this is the server that is meant: --trust ${fingerprint}, or --trust any`,
    ]);
    const unknown = await visit(...connecting(), ...quick, "--trust", "verify", "-q");
    expect(unknown).toMatchObject({ code: 2, complaints: [expect.stringContaining("or --trust any")] });
    expect(await visit(...connecting(), ...quick, "--trust", fingerprint, "-q")).toMatchObject({ code: 0 });
  });
});

describe("who interrupts", () => {
  const isActive = (line: string): boolean => line.includes("session active");

  test("before there is a session does not wait for a server that is silent", async () => {
    const path = join(folder, "silent");
    let interrupt = (): void => {};
    const silent = createServer(() => setTimeout(() => interrupt(), 50)).listen(path);
    onTestFinished(() => void silent.close());
    const complaints: string[] = [];
    const began = performance.now();
    const code = await main(["--connect", path, "--tls", "off"], {
      print: () => {},
      complain: (line) => complaints.push(line),
      onInterrupt: (leave) => {
        interrupt = leave;
        return () => {};
      },
    });
    expect({ code, complaints }).toEqual({
      code: 1,
      complaints: ["rail-view: interrupted before anything was seen"],
    });
    expect(performance.now() - began).toBeLessThan(2500);
  });

  test("before anything was seen, or all was done, is told so", async () => {
    await serve({});
    const early = await interruptedVisit(plainly(), isActive);
    expect(early).toMatchObject({ code: 1, complaints: ["rail-view: interrupted before anything was seen"] });
    const doing = [...plainly(), "--no-vail", "--type", "a", "--type", "b"];
    const midway = await interruptedVisit(doing, (line) => line.includes("seen ("));
    expect(midway).toMatchObject({ code: 1, complaints: ["rail-view: interrupted before all was done: 2 left to do"] });
  });

  test("after all was done just leaves", async () => {
    await serve({});
    const { code, complaints } = await interruptedVisit(
      [...plainly(), "--close", "first", "--quit-after", "never"],
      (line) => line.includes("deleted"),
    );
    expect({ code, complaints }).toEqual({ code: 0, complaints: [] });
  });
});

describe("shared memory", () => {
  const failing = (where: string): string =>
    `rail-view: the server's shared memory is not ${where}: give --sections the folder that the server has`;

  test("that is somewhere else is told of once, and not as the server's fault", async () => {
    const sections = new SharedSections({ directory: join(folder, "sections") });
    onTestFinished(() => sections.close());
    const { compositor } = await serve({ sections });
    compositor.windows.add({ ...box, left: 90, title: "Other" });
    const unnamed = await visit(...plainly(), ...quick);
    expect(unnamed).toMatchObject({
      code: 0,
      complaints: [failing("where it usually is, and no --sections was given")],
    });
    expect(unnamed.lines.filter((line) => line.includes("broke rule"))).toEqual([]);
    const wrong = join(folder, "wrong");
    mkdirSync(wrong);
    const named = await visit(...plainly(), ...quick, "-q", "--sections", wrong);
    expect(named).toMatchObject({ code: 1, complaints: [failing(`in ${wrong}`)] });
  });

  test("that is asked for and not used is a trouble", async () => {
    mkdirSync(join(folder, "sections"));
    await serve({});
    const { code, complaints } = await visit(...plainly(), ...quick, "-q", "--sections", join(folder, "sections"));
    expect(complaints).toEqual([expect.stringContaining("no pixels came through the shared memory in")]);
    expect(code).toBe(1);
  });

  test("is not looked for in a folder that is not there", async () => {
    await serve({});
    const mistyped = join(folder, "sectoins");
    const { code, complaints } = await visit(...plainly(), "--sections", mistyped);
    expect({ code, complaints }).toEqual({
      code: 2,
      complaints: [`rail-view: there is no folder ${mistyped}: give --sections the folder that the server has`],
    });
    expect(existsSync(mistyped)).toBe(false);
  });
});

describe("a second client", () => {
  const seen = (line: string): boolean => line.includes("seen (");

  test("that is refused is told why", async () => {
    await serve({});
    let second: Promise<Visited> | undefined;
    const first = await interruptedVisit([...plainly(), "--quit-after", "1"], (line) => {
      if (seen(line)) second = visit(...plainly(), "-q");
      return false;
    });
    expect(first).toMatchObject({ code: 0, complaints: [] });
    expect(await second).toMatchObject({
      code: 1,
      complaints: [expect.stringMatching(/too early: the server disconnected: it denied.*SERVER_DENIED_CONNECTION/)],
    });
  });

  test("takes the place of the first, which is told so", async () => {
    await serve({ secondClient: "takeOver" });
    let second: Promise<Visited> | undefined;
    const first = await interruptedVisit([...plainly(), "--quit-after", "never"], (line) => {
      if (seen(line)) second ??= visit(...plainly(), ...quick, "-q");
      return false;
    });
    expect(first.complaints).toEqual([expect.stringMatching(/another connection took its place/)]);
    expect(first.code).toBe(1);
    expect(await second).toMatchObject({ code: 0, complaints: [] });
  });
});

test("a server that logs its user off when all was done ends the visit in order", async () => {
  const { compositor, told, server } = await serve({});
  const look = setInterval(() => {
    if (!told.some(({ type }) => type === "closeRequested")) return;
    compositor.disconnect(server.now, ErrorInfo.ERRINFO_LOGOFF_BY_USER);
    server.update();
  }, 20);
  onTestFinished(() => clearInterval(look));
  const { code, complaints } = await visit(...plainly(), "--close", "first", "--quit-after", "never");
  expect({ code, complaints }).toEqual({ code: 0, complaints: [] });
});

describe("files that cannot be written", () => {
  test("are found before anything is connected to", async () => {
    const file = join(folder, "afile");
    writeFileSync(file, "");
    const nowhere = ["--connect", join(folder, "nobody")];
    const refused = async (...argv: string[]): Promise<readonly string[]> => {
      const { code, complaints } = await visit(...nowhere, ...argv);
      expect(code).toBe(2);
      return complaints;
    };
    expect(await refused("--png", file)).toEqual([`rail-view: cannot write ${file}: it is a file, not a folder`]);
    expect(await refused("--record", folder)).toEqual([
      `rail-view: cannot write ${folder}: it is a folder, not a file`,
    ]);
    const lost = join(folder, "no", "such");
    expect(await refused("--record", lost)).toEqual([`rail-view: cannot write ${lost}: there is no such folder`]);
    expect(await refused("--record", join(folder, "new"))).toEqual([expect.stringContaining("there is no socket at")]);
    expect(existsSync(join(folder, "new"))).toBe(false);
  });
});

test("windows of which nothing is seen have no picture, and that is told", async () => {
  const { compositor } = await serve({});
  const hidden = compositor.windows.add({ ...box, title: "Hidden", showState: "minimized" });
  const png = join(folder, "png");
  const { code, complaints } = await visit(...plainly(), ...quick, "--no-vail", "--no-egfx", "-q", "--png", png);
  expect(code).toBe(0);
  expect(complaints).toContain(`rail-view: no picture of window ${hidden}: nothing of it is to be seen`);
  expect(readdirSync(png)).not.toContain(`window-${hidden}.png`);
});
