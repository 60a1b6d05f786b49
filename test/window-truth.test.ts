import { readdirSync } from "node:fs";
import { MapSurfaceToScaledWindow } from "@railvail/egfx";
import {
  applyWindowingOrder,
  displayTitle,
  emptyWindowModel,
  windowingOrderOf,
  WindowMove,
  type WindowModel,
} from "@railvail/rail";
import { describe, expect, test } from "vitest";
import { fixture, fixtures, fixtureText, isMessage, walk } from "./recordings.js";

/** What the orders of a session said: each state of the model, and what was mapped on the way. */
interface History {
  readonly models: WindowModel[];
  /** As in the notes: `surf=1 win=1 mapped 200x200 target 200x200`. */
  readonly mapped: string[];
  /** `x y width height title` where the client says that it put a window. */
  readonly moved: Set<string>;
}

async function historyOf(name: string): Promise<History> {
  const models = [emptyWindowModel()];
  const mapped: string[] = [];
  const moved = new Set<string>();
  await walk(fixture(name), (record) => {
    if (!isMessage(record) || record.pdu === undefined) return;
    if (record.pdu === MapSurfaceToScaledWindow) {
      const map = record.value as MapSurfaceToScaledWindow;
      const sizes = `mapped ${map.mappedWidth}x${map.mappedHeight}`;
      const target = `target ${map.targetWidth}x${map.targetHeight}`;
      mapped.push(`surf=${map.surfaceId} win=${map.windowId} ${sizes} ${target}`);
    }
    const last = models.at(-1) ?? emptyWindowModel();
    if (record.pdu === WindowMove) {
      const { left, top, right, bottom, windowId } = record.value as WindowMove;
      const title = displayTitle(last.windows.get(windowId)?.title ?? "");
      moved.add([left, top, right - left, bottom - top, title].join(" "));
    }
    const order = windowingOrderOf(record.pdu, record.value);
    if (order !== undefined) models.push(applyWindowingOrder(last, order));
  });
  return { models, mapped, moved };
}

/** `1: title`, as the notes write it: the NUL at the end as an escape. */
const titlesOf = (models: readonly WindowModel[]): string[] => {
  const titles = new Set<string>();
  for (const { windows } of models) {
    for (const { windowId, title } of windows.values()) {
      if (title !== undefined && title !== "") {
        titles.add(`${windowId}: ${title.replaceAll("\0", "\\\\x00")}`);
      }
    }
  }
  return [...titles];
};

/** `x y width height title` of each window at each time. */
const placesOf = (models: readonly WindowModel[]): ReadonlySet<string> =>
  new Set(
    models.flatMap(({ windows }) =>
      [...windows.values()].map(({ windowOffset: at, windowSize: size, title }) =>
        [at?.x, at?.y, size?.width, size?.height, displayTitle(title ?? "")].join(" "),
      ),
    ),
  );

/** The lines of an X11 window list as `x y width height title`. */
const shownIn = (list: string): string[] =>
  list
    .trim()
    .split("\n")
    // Id, desktop, x, y, width, height, host, title.
    .map((line) => line.split(/\s+/).slice(2))
    .map(([x, y, width, height, , ...title]) => [x, y, width, height, title.join(" ")].join(" "));

/**
 * xfreerdp maximised it to a part of one monitor and said so; the server went on to think that it
 * covers both.
 */
const maximised = "640 0 640 480 [WARN:COPY MODE] ExecXTerm (Debian)";

const linesLike = (text: string, pattern: RegExp): string[] =>
  text.split("\n").flatMap((line) => pattern.exec(line)?.[1] ?? []);

describe.each(fixtures)("%s", (name) => {
  const notes = fixtureText(name, "NOTES.txt");

  test("titles and their window ids are those of the notes", async () => {
    const expected = linesLike(notes, /^ {2}window (\d+: .+)$/);
    expect(expected.length).toBeGreaterThan(0);
    const { models } = await historyOf(name);
    expect(titlesOf(models)).toEqual(expected);
  });

  test("surfaces are mapped as the notes say, in their order", async () => {
    const expected = linesLike(notes, /^ {2}(surf=\d+ win=.+)$/);
    const { mapped } = await historyOf(name);
    expect(mapped).toEqual(expected);
  });

  test("what the client's X server showed was in the model at some time", async () => {
    const { models, moved } = await historyOf(name);
    const places = placesOf(models);
    const lists = readdirSync(fixture(name, "")).filter((file) => /^shot.*\.windows/.test(file));
    expect(lists.length).toBeGreaterThan(0);
    for (const list of lists) {
      const missing = shownIn(fixtureText(name, list)).filter((place) => !places.has(place));
      expect(missing, list).toEqual(list === "shot2-max.windows.txt" ? [maximised] : []);
      expect(missing.filter((place) => !moved.has(place))).toEqual([]);
    }
  });

  test("windows are what the z-order and the active window name", async () => {
    const { models } = await historyOf(name);
    // The marker window and the desktop are no windows; a window is gone from both when deleted.
    const pseudo = new Set([0xffff_fffe, 0xffff_ffff]);
    for (const [at, { windows, zOrder, activeWindowId }] of models.entries()) {
      const named = activeWindowId === undefined ? zOrder : [...zOrder, activeWindowId];
      const strange = named.filter((id) => !pseudo.has(id) && !windows.has(id));
      expect({ at, strange }).toEqual({ at, strange: [] });
    }
  });
});
