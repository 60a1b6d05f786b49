import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fixture, run, type Session } from "../testing/run.js";
import type { WindowEvent, WindowStory } from "./window-story.js";

interface Told {
  readonly windows: readonly WindowStory[];
  readonly events: readonly WindowEvent[];
}

async function told(session: Session): Promise<Told> {
  const { code, stdout } = await run(["windows", "--json", fixture(session)]);
  expect(code).toBe(0);
  const { connections } = JSON.parse(stdout) as { readonly connections: readonly Told[] };
  expect(connections.length).toBe(1);
  return connections[0] as Told;
}

/** What the X server said of its windows: id, desktop, x, y, width, height, host, title. */
const listed = (session: Session, file: string): string[] =>
  readFileSync(fixture(session, file), "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const [, , x, y, width, height, , ...title] = line.split(/\s+/);
      return `${width}x${height} at ${x},${y} ${title.join(" ")}`;
    });

describe("windows in the graphics pipeline", () => {
  test("at the end they are as the client's window manager had them", async () => {
    const { windows } = await told("wslg-rail-basic");
    const shown = windows.filter(({ deleted, showState }) => !deleted && showState === "show");
    expect(shown.map(({ geometry: g, title }) => `${g?.width}x${g?.height} at ${g?.x},${g?.y} ${title}`)).toEqual(
      listed("wslg-rail-basic", "shot5-end.windows.txt"),
    );
    expect(shown.map(({ zOrder }) => zOrder)).toEqual([0, 1]);
  });

  test("surfaces are mapped, frames are counted", async () => {
    const { windows, events } = await told("wslg-rail-basic");
    const eyes = windows.find(({ title }) => title?.includes("xeyes"));
    expect(eyes).toMatchObject({ windowId: 8, surfaceIds: [3, 4, 5], frames: 9, presents: 0 });
    expect(events.filter(({ what }) => what === "surface mapped").map(({ detail }) => detail)).toEqual([
      "surface 1, 200x200 to 200x200",
      "surface 2, 320x205 to 320x205",
      "surface 3, 196x187 to 196x187",
      "surface 4, 1280x800 to 1280x800",
      "surface 5, 196x187 to 196x187",
    ]);
    const states = events.filter(({ windowId, what }) => windowId === 8 && what === "shown");
    expect(states.map(({ detail }) => detail)).toEqual(["show", "maximized", "show"]);
  });
});

describe("windows in shared memory", () => {
  test("presents and acknowledgements are counted by window", async () => {
    const { windows } = await told("wslg-vail-gfxredir");
    const log = readFileSync(fixture("wslg-vail-gfxredir", "client-gfxredir.log"), "utf8");
    const presents = log.split("\n").filter((line) => /\bPRESENT(?:_BUFFER)?\b(?!_ACK)/.test(line));
    const sum = (of: (story: WindowStory) => number): number => windows.reduce((total, story) => total + of(story), 0);
    expect(sum((story) => story.presents)).toBe(44);
    expect(sum((story) => story.presentAcks)).toBe(44);
    expect(presents.length).toBe(44);
    expect(windows.find(({ title }) => title?.startsWith("simple-damage"))).toMatchObject({
      bufferIds: ["3"],
      presents: 30,
      frames: 0,
    });
  });

  test("pools and buffers come and go", async () => {
    const { events } = await told("wslg-vail-gfxredir");
    const of = (word: string): string[] =>
      events.filter(({ what }) => what === word).map(({ detail }) => detail.replace(/,.*/, ""));
    expect(of("pool opened")).toEqual(["pool 1", "pool 2", "pool 3"]);
    expect(of("buffer created")).toEqual(["buffer 1", "buffer 2", "buffer 3"]);
    expect(of("buffer destroyed")).toEqual(["buffer 3"]);
    expect(of("pool closed")).toEqual(["pool 3"]);
  });
});

test("the text has the events and then a table", async () => {
  const { lines } = await run(["windows", fixture("wslg-vail-gfxredir")]);
  expect(lines[0]).toBe("connection 0: what happened");
  const table = lines.slice(lines.indexOf("") + 1);
  expect(table[0]).toBe("connection 0: 7 windows, as last seen");
  expect(table.length).toBe(2 + 7);
  expect(table.at(-1)).toMatch(/^8 .* 300x200 at 639,399 .* 30 +30 .*"simple-damage \(Debian\)"$/);
});
