/** What rail-view records of a session that takes place now; fixtures are only what it was like once. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveCompositor, SharedSections, type SectionOptions } from "@railvail/node";
import { main as railView } from "@railvail/rail-view";
import { Compositor, type CompositorSettings } from "@railvail/session";
import { describe, expect, test, type TestContext } from "vitest";
import { railDump } from "./run-rail-dump.js";

/** Pictures of each window, one after the other as the client takes them. */
const pictures = 5;

/** The messages that pixels come with, as filters of rail-dump name them. */
const carriers = [
  "PresentBuffer",
  "WireToSurface1",
  "SurfaceCommands.surfaceCommands.command.setSurfaceBits",
  "BitmapUpdate",
] as const;

interface Way {
  readonly name: string;
  readonly argv: readonly string[];
  readonly settings?: Partial<CompositorSettings>;
  readonly sections?: SectionOptions;
  readonly carrier: (typeof carriers)[number];
  /** Whether the socket has each pixel as it was drawn; in shared memory or compressed it has less. */
  readonly inFull: boolean;
}

// Windows that get another size and that go make and end buffers and surfaces.
const windows = ["--move", "One,10,60,70,40", "--close", "Two"];
const [present, wireToSurface, surfaceBits, bitmap] = carriers;
const ways: readonly Way[] = [
  { name: "VAIL, mapped where that can be", argv: windows, carrier: present, inFull: false },
  { name: "VAIL in plain files", argv: windows, sections: { map: false }, carrier: present, inFull: false },
  {
    name: "surfaces mapped to windows",
    argv: [...windows, "--no-vail"],
    settings: { mapsSurfaces: "always" },
    carrier: wireToSurface,
    inFull: true,
  },
  {
    name: "surfaces of windows, compressed",
    argv: [...windows, "--no-vail"],
    settings: { mapsSurfaces: "always", compressGraphics: true },
    carrier: wireToSurface,
    inFull: false,
  },
  {
    name: "windows cut out of a desktop",
    argv: [...windows, "--no-vail", "--no-egfx"],
    carrier: surfaceBits,
    inFull: true,
  },
  {
    name: "windows of a desktop, compressed",
    argv: [...windows, "--no-vail", "--no-egfx"],
    settings: { compressBitmaps: true },
    carrier: bitmap,
    inFull: false,
  },
  { name: "a whole desktop, without RAIL", argv: ["--desktop"], carrier: surfaceBits, inFull: true },
];

interface Recorded {
  readonly file: string;
  /** Bytes of all pictures. */
  readonly drawn: number;
}

async function record({ argv, settings, sections: memory }: Way, { onTestFinished }: TestContext): Promise<Recorded> {
  const folder = mkdtempSync(join(tmpdir(), "railvail-live-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => join(folder, name);
  const file = at("session.pcapng");
  const sections = new SharedSections({ ...memory, directory: at("sections") });
  const compositor = new Compositor({ ...settings, sections });
  compositor.windows.add({ left: 0, top: 0, width: 64, height: 48, title: "One" });
  compositor.windows.add({ left: 100, top: 0, width: 64, height: 48, title: "Two" });
  const awaited = new Map<number, number>();
  let drawn = 0;
  const paint = (windowId: number): void => {
    const count = awaited.get(windowId) ?? 0;
    const canvas = count === 0 ? undefined : compositor.canvas(windowId);
    if (canvas === undefined) return;
    for (const index of canvas.pixels.keys()) canvas.pixels[index] = index * count;
    drawn += canvas.pixels.length;
    awaited.set(windowId, count - 1);
    compositor.present(windowId);
    server.update();
    // It may not be painted before the client has this one: asking is how `paintable` is ordered.
    setImmediate(paint, windowId);
  };
  const violations: unknown[] = [];
  const server = await serveCompositor(
    compositor,
    { path: at("socket") },
    {
      told(event) {
        if (event.type === "violation") violations.push(event);
        if (event.type === "exposed") awaited.set(event.windowId, pictures);
        if (event.type === "exposed" || event.type === "paintable") paint(event.windowId);
        if (event.type === "placeRequested") compositor.windows.change(event.windowId, event);
        if (event.type === "closeRequested") compositor.windows.remove(event.windowId);
        server.update();
      },
    },
  );
  onTestFinished(async () => {
    await server.close();
    sections.close();
  });
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const code = await railView(
    // The image of a larger desktop is mostly black.
    ["--connect", at("socket"), "--sections", at("sections"), "--tls", "off", "--size", "200x150"]
      .concat(["--click", "15,65", "--type", "a", "--record", file, "--quiet", "--quit-after", "0"])
      .concat(argv),
    { print: say, complain: say, onInterrupt: () => () => {} },
  );
  expect({ code, said, violations }).toEqual({ code: 0, said: [], violations: [] });
  return { file, drawn };
}

/** How many messages there are of each kind that carries pixels. */
async function carried(file: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const carrier of carriers) {
    const lines = await railDump(["-Y", carrier, file]);
    const count = lines.split("\n").length - 1;
    if (count > 0) counts.set(carrier, count);
  }
  return counts;
}

// Together, because all that they do is wait for each other's messages.
describe.concurrent("a session of ours that rail-view records is read to the last byte", () => {
  test.for(ways)("$name", async (way, context) => {
    const { file, drawn } = await record(way, context);
    const verified = JSON.parse(await railDump(["verify", "--json", file])) as { streamBytes: number };
    expect(verified).toMatchObject({ clean: true, unaccountedBytes: 0, troubles: {}, gaps: { count: 0 } });
    // The pixels came this way and no other.
    const counts = await carried(file);
    expect([...counts.keys()]).toEqual([way.carrier]);
    expect(counts.get(way.carrier)).toBeGreaterThanOrEqual(pictures);
    expect(verified.streamBytes > drawn).toBe(way.inFull);
  });
});
