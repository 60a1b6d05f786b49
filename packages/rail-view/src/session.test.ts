/** The program against a compositor in the same process, over a unix socket or TCP. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
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
import { decode } from "fast-png";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "./main.js";

let folder = "";
let servers: CompositorServer[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rail-view-"));
});

afterEach(async () => {
  await Promise.all(servers.map(async (server) => server.close()));
  servers = [];
  rmSync(folder, { recursive: true, force: true });
});

interface Visited {
  readonly code: ExitCode;
  readonly lines: readonly string[];
  readonly complaints: readonly string[];
}

async function visit(...argv: string[]): Promise<Visited> {
  const lines: string[] = [];
  const complaints: string[] = [];
  const code = await main(argv, {
    print: (line) => lines.push(line),
    complain: (line) => complaints.push(line),
    onInterrupt: () => () => {},
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
const connecting = (): string[] => ["--connect", join(folder, "server"), "--sections", join(folder, "sections")];

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
    expect(complaints).toEqual(["rail-view: nosuch was not started"]);
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
    expect(file).toMatchObject({ code: 2, complaints: [expect.stringContaining("cannot write")] });
    expect(await visit("--wat")).toMatchObject({ code: 2 });
    expect(await visit("--help")).toMatchObject({ code: 0, complaints: [] });
  });
});
