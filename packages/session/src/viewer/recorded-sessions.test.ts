/** What WSLg's server said in recorded sessions, said to a viewer. */
import { displayTitle } from "@railvail/rail";
import { describe, expect, test } from "vitest";
import { MemorySections } from "../../testing/memory-sections.js";
import { recordedStreams, sessions } from "../../testing/recorded-streams.js";
import { Viewer, type Section, type ViewerOutput } from "../index.js";

/** The channels that the recorded client asked for, in its order. */
const channels = ["rdpdr", "rail", "rdpsnd", "cliprdr", "drdynvc"].map((name) => ({ name, options: 0xc000_0000 }));

/** Has every section that is asked for. */
class AnySections extends MemorySections {
  override open(name: string, size: number): Section {
    this.memory.set(name, new Uint8Array(size));
    return super.open(name, size);
  }
}

function replayed(name: (typeof sessions)[number]) {
  const sections = new AnySections();
  const viewer = new Viewer({
    security: "rdp",
    remoteApp: { program: undefined, arguments: "", workingDirectory: "" },
    sections,
    compat: "wslg",
    audioInput: {},
    connection: { channels },
  });
  const outputs: ViewerOutput[] = [];
  viewer.connect(0);
  for (const { from, bytes } of recordedStreams(name)) {
    if (from === "server") viewer.receive(bytes, 0);
    outputs.push(...viewer.flush(0));
  }
  return { viewer, outputs, sections };
}

describe.each(sessions)("%s", (name) => {
  const { viewer, outputs, sections } = replayed(name);

  test("is understood: windows are there, and nothing is out of place but what the recorded client was asked", () => {
    const rules = outputs.flatMap((output) =>
      output.type === "violation" ? [`${output.channel} ${output.violation.rule}`] : [],
    );
    expect(new Set(rules)).toEqual(new Set(expectedRules[name]));
    expect(outputs.some(({ type }) => type === "active")).toBe(true);
    expect(outputs.some(({ type }) => type === "windowCreated")).toBe(true);
  });

  test("ends without anything that is left open", () => {
    viewer.closed(1);
    expect(viewer.flush(1).some(({ type }) => type === "ended")).toBe(true);
    expect(sections.openSections).toBe(0);
  });
});

/** The recorded client started programs, moved windows, and asked for clipboard data. */
const usual = ["rail exec-unmatched", "rail not-announced"];
const expectedRules: { readonly [Name in (typeof sessions)[number]]: readonly string[] } = {
  // More blocks than there are numbers came in no time, and none was played.
  "wslg-audio": [...usual, "audioOutput block-reused"],
  "wslg-clipboard": [
    ...usual,
    "clipboard format-not-offered",
    "clipboard unasked-answer",
    "clipboard unasked-list-response",
  ],
  "wslg-multimon": usual,
  "wslg-rail-basic": usual,
  "wslg-vail-gfxredir": usual,
};

test("windows of the graphics pipeline have their titles, places and pixels", () => {
  const { viewer } = replayed("wslg-rail-basic");
  const { windows } = viewer.windows;
  expect([...windows.keys()].sort((a, b) => a - b)).toEqual([1, 2, 4, 6]);
  expect(displayTitle(windows.get(6)?.title ?? "")).toBe("[WARN:COPY MODE] ExecXTerm (Debian)");
  expect(windows.get(1)).toMatchObject({ windowOffset: { x: 620, y: 340 }, windowSize: { width: 200, height: 200 } });
  const picture = viewer.picture(6);
  expect(picture).toMatchObject({ width: 320, height: 205, path: "egfx" });
  expect(new Set(picture?.pixels).size).toBeGreaterThan(20);
});

test("windows in shared memory have frames, and a picture as long as there is a pool", () => {
  const { viewer, outputs } = replayed("wslg-vail-gfxredir");
  const frames = outputs.flatMap((output) => (output.type === "frame" && output.path === "vail" ? [output] : []));
  expect(frames.length).toBeGreaterThan(10);
  const shown = [...viewer.windows.windows.keys()].filter((id) => viewer.picture(id)?.path === "vail");
  expect(shown.length).toBeGreaterThan(0);
  for (const id of shown) expect(frames.some(({ windowId }) => windowId === id)).toBe(true);
});
