/** What WSLg's server said in recorded sessions, said to a viewer. */
import { displayTitle } from "@railvail/rail";
import { describe, expect, test } from "vitest";
import { MemorySections } from "../../testing/memory-sections.js";
import { recordedStreams, sessions } from "../../testing/recorded-streams.js";
import { Viewer, type ViewerOutput } from "../index.js";

/** The channels that the recorded client asked for, in its order. */
const channels = ["rdpdr", "rail", "rdpsnd", "cliprdr", "drdynvc"].map((name) => ({ name, options: 0xc000_0000 }));

function replayed(name: (typeof sessions)[number]) {
  const sections = new MemorySections();
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

const expectedRules: { readonly [Name in (typeof sessions)[number]]: readonly string[] } = {
  "wslg-audio": [],
  "wslg-clipboard": [],
  "wslg-multimon": [],
  "wslg-rail-basic": [],
  "wslg-vail-gfxredir": [],
};

test("windows of the graphics pipeline have their titles, places and pixels", () => {
  const { viewer } = replayed("wslg-rail-basic");
  const { windows } = viewer.windows;
  expect([...windows.keys()].sort()).toEqual([1, 2, 4, 6]);
  expect(displayTitle(windows.get(6)?.title ?? "")).toBe("[WARN:COPY MODE] ExecXTerm (Debian)");
  expect(windows.get(1)).toMatchObject({ windowOffset: { x: 620, y: 340 }, windowSize: { width: 200, height: 200 } });
  const picture = viewer.picture(6);
  expect(picture).toMatchObject({ width: 320, height: 205, path: "egfx" });
  expect(new Set(picture?.pixels).size).toBeGreaterThan(20);
});
