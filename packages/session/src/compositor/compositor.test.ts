import { ClientStatusFlags, displayTitle, UnspecifiedClientStatusFlags } from "@railvail/rail";
import { GeneralExtraFlags } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CompositorPair, tight } from "../../testing/compositor-pair.js";
import { MemorySections } from "../../testing/memory-sections.js";
import {
  clientCapabilities,
  isShown,
  usualViewer,
  type CompositorSettings,
  type NewWindow,
  type PixelPathName,
  type ViewerSettings,
} from "../index.js";

interface Way {
  readonly name: string;
  readonly path: PixelPathName;
  readonly sections: MemorySections | undefined;
  readonly server: Partial<CompositorSettings>;
  readonly viewer: Partial<ViewerSettings>;
}

const remoteApp = { program: undefined, arguments: "", workingDirectory: "" };

function way(name: string, path: PixelPathName, mapped?: boolean): Way {
  const sections = mapped === undefined ? undefined : new MemorySections(mapped);
  return {
    name,
    path,
    sections,
    server: { sections, mapsSurfaces: path === "egfx" ? "always" : "announced" },
    viewer: { sections, remoteApp, egfx: path === "egfx" },
  };
}

const ways = [
  () => way("mapped memory", "vail", true),
  () => way("memory that is written", "vail", false),
  () => {
    const { server, viewer, ...rest } = way("mapped memory, as WSLg does it", "vail", true);
    return { ...rest, server: { ...server, compat: "wslg" }, viewer: { ...viewer, compat: "wslg" } } as const;
  },
  () => way("the graphics pipeline", "egfx"),
  () => {
    const { server, ...rest } = way("the graphics pipeline, compressed", "egfx");
    return { ...rest, server: { ...server, compressGraphics: true } };
  },
  () => way("a composed desktop", "composed"),
  () => ({ ...way("a composed desktop, compressed", "composed"), server: { compressBitmaps: true } }),
];

const place = fc.record({
  left: fc.integer({ min: -20, max: 200 }),
  top: fc.integer({ min: -20, max: 150 }),
  width: fc.integer({ min: 1, max: 90 }),
  height: fc.integer({ min: 1, max: 70 }),
});

type Action = (pair: CompositorPair) => void;
const withWindow = (index: number, act: (pair: CompositorPair, id: number) => void): Action => {
  return (pair) => {
    const ids = [...pair.compositor.windows.all.keys()];
    const id = ids[index % Math.max(1, ids.length)];
    if (id !== undefined) act(pair, id);
  };
};
const onWindow = (act: (pair: CompositorPair, id: number) => void): fc.Arbitrary<Action> =>
  fc.nat(7).map((index) => withWindow(index, act));

const actions: fc.Arbitrary<Action> = fc.oneof(
  place.map<Action>(
    (box) =>
      ({ compositor }) =>
        void compositor.windows.add(box),
  ),
  onWindow(({ compositor }, id) => compositor.windows.remove(id)),
  onWindow(({ compositor }, id) => compositor.windows.raise([id])),
  onWindow(({ compositor }, id) => compositor.windows.activate(id)),
  onWindow((pair, id) => pair.paint(id)),
  fc.tuple(fc.nat(7), fc.nat(), fc.nat()).map(([index, x, y]) =>
    withWindow(index, (pair, id) => {
      const { width = 1, height = 1 } = pair.compositor.windows.all.get(id) ?? {};
      pair.paint(id, { left: x % width, top: y % height, width: 1, height: 1 });
    }),
  ),
  fc
    .tuple(fc.nat(7), place)
    .map(([index, box]) => withWindow(index, (pair, id) => pair.compositor.windows.change(id, box))),
  fc
    .tuple(fc.nat(7), fc.constantFrom("normal", "minimized", "maximized", "hidden", "fullscreen"))
    .map(([index, showState]) => withWindow(index, (pair, id) => pair.compositor.windows.change(id, { showState }))),
  fc
    .tuple(fc.nat(7), fc.string({ maxLength: 9, unit: "grapheme" }))
    .map(([index, title]) => withWindow(index, (pair, id) => pair.compositor.windows.change(id, { title }))),
  fc.nat(3000).map<Action>((size) => (pair) => pair.deliver("viewer", size)),
  fc.nat(300).map<Action>((size) => (pair) => pair.deliver("server", size)),
  fc.nat(100).map<Action>((time) => (pair) => pair.pass(time)),
  fc.constant<Action>((pair) => pair.settle()),
  fc.constant<Action>((pair) => pair.cut()),
  fc.constant<Action>((pair) => pair.connect()),
);

/** The viewer has the compositor's windows, in its order, with its pixels. */
function expectSame(pair: CompositorPair, path: PixelPathName): void {
  const { compositor, viewer } = pair;
  if (viewer === undefined) throw new Error("there is no viewer");
  const { windows, zOrder } = viewer.windows;
  expect(new Set(windows.keys())).toEqual(new Set(compositor.windows.all.keys()));
  expect(zOrder?.filter((id) => windows.has(id))).toEqual(compositor.windows.zOrder);
  for (const [id, { title, left, top, width, height }] of compositor.windows.all) {
    const window = windows.get(id);
    expect(displayTitle(window?.title ?? "")).toBe(title);
    expect(window).toMatchObject({ windowOffset: { x: left, y: top }, windowSize: { width, height } });
  }
  expect(compositor.pixelPath).toBe(path);
  if (path === "composed") {
    const { desktop } = viewer;
    if (desktop === undefined) throw new Error("there is no desktop");
    const expected = pair.expectedDesktop(desktop.width, desktop.height);
    expect(Buffer.compare(colours(tight(desktop)), colours(expected))).toBe(0);
    return;
  }
  for (const [id, window] of compositor.windows.all) {
    if (!isShown(window)) continue;
    const picture = viewer.picture(id);
    if (picture === undefined) throw new Error(`window ${id} has no picture`);
    expect(picture.path).toBe(path);
    expect(Buffer.compare(tight(picture), pair.painted.get(id) ?? new Uint8Array(0))).toBe(0);
  }
}

/** The alpha of a desktop says nothing. */
function colours(pixels: Uint8Array): Uint8Array {
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 0;
  return pixels;
}

describe.each(ways.map((make) => [make().name, make] as const))("over %s", (_, make) => {
  test("the viewer sees what the compositor shows, after any history", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(actions, fc.boolean()), { maxLength: 40 }), (history) => {
        const { server, viewer, path, sections } = make();
        const pair = new CompositorPair(server, viewer);
        pair.connect();
        for (const [act, flushes] of history) {
          act(pair);
          if (flushes) pair.flush();
        }
        if (pair.viewer === undefined) pair.connect();
        pair.settle();
        expectSame(pair, path);
        expect(pair.violations).toEqual([]);
        pair.compositor.disconnect(pair.now);
        pair.settle();
        pair.cut();
        expect(sections?.openSections ?? 0).toBe(0);
        expect(sections?.memory.size ?? 0).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

const plainMonitor = {
  physicalWidth: 0,
  physicalHeight: 0,
  orientation: 0,
  desktopScaleFactor: 100,
  deviceScaleFactor: 100,
} as const;

const box: NewWindow = { left: 10, top: 10, width: 40, height: 30 };

describe("VAIL", () => {
  test("that cannot be had leads to the graphics pipeline, and that to the composed desktop", () => {
    const sections = new MemorySections();
    const pair = new CompositorPair({ sections, mapsSurfaces: "always" }, { remoteApp, egfx: true });
    pair.compositor.windows.add(box);
    pair.connect();
    pair.settle();
    expectSame(pair, "egfx");
    const old = new CompositorPair({ sections, mapsSurfaces: "always" }, { remoteApp, egfx: false });
    old.compositor.windows.add(box);
    old.connect();
    old.settle();
    expectSame(old, "composed");
  });

  test("keeps the memory of a pool that the client has not heard of yet, and no longer", () => {
    const { server, viewer, sections } = way("", "vail", true);
    const pair = new CompositorPair(server, viewer);
    pair.compositor.windows.add(box);
    pair.connect();
    pair.settle();
    const id = pair.compositor.windows.add(box);
    pair.flush();
    pair.compositor.windows.change(id, { width: 50 });
    pair.flush();
    expect(sections?.memory.size).toBe(3);
    pair.settle();
    expect(sections?.memory.size).toBe(2);
    expectSame(pair, "vail");
  });

  test("that fails while it is used gives way to another, and all is painted again", () => {
    const { server, viewer, sections } = way("", "vail", true);
    const pair = new CompositorPair({ ...server, mapsSurfaces: "always" }, { ...viewer, egfx: true });
    pair.compositor.windows.add(box);
    pair.connect();
    pair.settle();
    expectSame(pair, "vail");
    pair.viewer?.channels.vail?.command({ type: "reportError", errorCode: 1 });
    pair.settle();
    expectSame(pair, "egfx");
    expect(sections?.openSections).toBe(0);
    const paths = pair.told.filter((event) => event.type === "pixelPath");
    expect(paths).toMatchObject([{ path: "vail" }, { path: "egfx", because: "error" }]);
  });
});

test.each(ways.map((make) => [make().name, make] as const))(
  "a window that could not be painted while it was minimized can be when it is back, over %s",
  (_, make) => {
    const { server, viewer, path } = make();
    const pair = new CompositorPair(server, viewer);
    const id = pair.compositor.windows.add(box);
    pair.connect();
    pair.settle();
    pair.compositor.windows.change(id, { showState: "minimized" });
    pair.settle();
    const told = pair.told.length;
    expect(pair.paint(id)).toBe(false);
    pair.settle();
    expect(pair.told).toHaveLength(told);
    pair.compositor.windows.change(id, { showState: "normal" });
    pair.settle();
    expect(pair.told.slice(told)).toEqual([{ type: "paintable", windowId: id }]);
    expectSame(pair, path);
  },
);

test.each(ways.map((make) => [make().name, make] as const))(
  "a window that is hidden and sized at once cannot be painted until it is shown, over %s",
  (_, make) => {
    const { server, viewer, path } = make();
    const pair = new CompositorPair(server, viewer);
    const id = pair.compositor.windows.add(box);
    pair.connect();
    pair.settle();
    pair.compositor.windows.change(id, { showState: "hidden", width: 50 });
    pair.settle();
    expect(pair.paint(id)).toBe(false);
    pair.compositor.windows.change(id, { showState: "normal" });
    pair.settle();
    expectSame(pair, path);
    expect(pair.violations).toEqual([]);
  },
);

test.each(ways.map((make) => [make().name, make] as const))(
  "a window that was just minimized or sized is not painted in vain, over %s",
  (_, make) => {
    const { server, viewer, path } = make();
    const pair = new CompositorPair(server, viewer);
    const { windows } = pair.compositor;
    const id = windows.add(box);
    pair.connect();
    pair.settle();
    windows.change(id, { showState: "minimized" });
    expect(pair.paint(id)).toBe(false);
    windows.change(id, { showState: "normal", width: 50 });
    expect(pair.paint(id)).toBe(false);
    windows.change(id, { width: box.width });
    const told = pair.told.length;
    pair.settle();
    expect(pair.told.slice(told)).toEqual([{ type: "paintable", windowId: id }]);
    expectSame(pair, path);
  },
);

test.each([
  ["the graphics pipeline", true, "egfx"],
  ["a composed desktop", false, "composed"],
] as const)("where no more memory can be shared, all is shown over %s", (_, egfx, path) => {
  const sections = new MemorySections();
  const pair = new CompositorPair({ sections, mapsSurfaces: "always" }, { remoteApp, egfx, sections });
  pair.compositor.windows.add(box);
  pair.connect();
  pair.settle();
  expectSame(pair, "vail");
  sections.isFull = true;
  pair.compositor.windows.add({ ...box, left: 60 });
  pair.settle();
  expectSame(pair, path);
  // The client has nothing left of the way that failed.
  for (const id of pair.compositor.windows.all.keys()) expect(pair.viewer?.picture(id)?.path).toBe(path);
  expect(sections.openSections).toBe(0);
  expect(pair.violations).toEqual([]);
});

test("a window of another size is shown as it was until it is painted", () => {
  const pair = new CompositorPair({}, way("", "composed").viewer);
  const id = pair.compositor.windows.add({ left: 0, top: 0, width: 40, height: 30 });
  pair.connect();
  pair.settle();
  const corner = (): number[] => [...(pair.viewer?.desktop?.pixels.subarray(0, 3) ?? [])];
  const before = corner();
  const seen = new Set<string>();
  pair.compositor.windows.change(id, { width: 60, height: 50 });
  for (let round = 0; round < 200; round++) {
    pair.deliver("viewer", 500);
    pair.deliver("server", 500);
    pair.pass(10);
    seen.add(corner().join());
  }
  expect(before).not.toEqual([0, 0, 0]);
  expect(seen).toEqual(new Set([before.join(), corner().join()]));
  expectSame(pair, "composed");
});

test("the wheel turns where the pointer is, and keys go to the active window", () => {
  const pair = new CompositorPair({}, { remoteApp });
  const under = pair.compositor.windows.add(box);
  const active = pair.compositor.windows.add({ ...box, left: 100 });
  pair.compositor.windows.activate(active);
  pair.connect();
  pair.settle();
  const wheel = { type: "wheel", axis: "vertical", rotation: 120 } as const;
  const heard = (): unknown[] => pair.told.flatMap((event) => (event.type === "input" ? [event.windowId] : []));
  pair.viewer?.input([{ type: "pointerMoved", x: 15, y: 15 }, wheel], pair.now);
  pair.viewer?.input([{ type: "unicode", unit: 0x61, down: true }], pair.now);
  pair.viewer?.input([{ type: "pointerMoved", x: 1, y: 1 }, wheel], pair.now);
  pair.settle();
  expect(heard()).toEqual([under, under, active, undefined, undefined]);
});

describe("a second client", () => {
  const two = (secondClient: "refuse" | "takeOver"): readonly [CompositorPair, CompositorPair] => {
    const first = new CompositorPair({ secondClient }, { remoteApp });
    first.compositor.windows.add(box);
    first.connect();
    first.settle();
    const second = new CompositorPair({}, { remoteApp });
    // Both talk to the same compositor; each is given what is for it.
    Object.defineProperty(second, "compositor", { value: first.compositor });
    return [first, second];
  };

  test("is refused, and told why", () => {
    const [, second] = two("refuse");
    second.connect();
    second.settle();
    expect(second.told).toMatchObject([{ type: "clientRefused", reason: "busy" }]);
    expect(second.seen.at(-1)).toMatchObject({ type: "ended", errorInfo: 7 });
  });

  test("takes over, if that is wanted", () => {
    const [, second] = two("takeOver");
    second.connect();
    second.settle();
    expect(second.told.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["clientGone", "clientReady", "exposed"]),
    );
    expectSame(second, "egfx");
  });
});

describe("a client", () => {
  test("that may not log on is refused", () => {
    const pair = new CompositorPair({ mayLogOn: ({ userName }) => userName === "ada" }, { remoteApp, name: "eve" });
    pair.connect();
    pair.settle();
    expect(pair.told).toMatchObject([{ type: "clientRefused", reason: "logon" }]);
  });

  test("that does not read gets fewer frames, and at last the newest", () => {
    const pair = new CompositorPair({}, { remoteApp });
    const id = pair.compositor.windows.add(box);
    pair.connect();
    pair.settle();
    if (pair.peer !== undefined) pair.peer.congested = true;
    const drawn = Array.from({ length: 50 }, () => {
      const may = pair.paint(id);
      pair.pass(20);
      return may;
    });
    expect(drawn.filter((may) => may)).toHaveLength(1);
    if (pair.peer !== undefined) pair.peer.congested = false;
    pair.settle();
    expectSame(pair, "egfx");
  });

  test.each(ways.map((make) => [make().name, make] as const))(
    "that gets a frame together with the end does not answer it, over %s",
    (_, make) => {
      const { server, viewer } = make();
      const pair = new CompositorPair(server, viewer);
      const id = pair.compositor.windows.add(box);
      pair.connect();
      pair.settle();
      expect(pair.paint(id)).toBe(true);
      pair.flush();
      pair.compositor.disconnect(pair.now);
      pair.flush();
      pair.deliver("viewer", Number.POSITIVE_INFINITY);
      expect(pair.seen.at(-1)).toMatchObject({ type: "ended" });
      expect(pair.violations).toEqual([]);
    },
  );

  test("that wants a plain desktop sees all windows on it", () => {
    const pair = new CompositorPair({ mapsSurfaces: "always" }, { remoteApp: undefined });
    const id = pair.compositor.windows.add(box);
    pair.compositor.windows.add({ ...box, left: 30 });
    pair.connect();
    pair.settle();
    pair.paint(id);
    pair.settle();
    expect(pair.compositor.pixelPath).toBe("composed");
    const { desktop } = pair.viewer ?? {};
    if (desktop === undefined) throw new Error("there is no desktop");
    const expected = pair.expectedDesktop(desktop.width, desktop.height);
    expect(Buffer.compare(colours(tight(desktop)), colours(expected))).toBe(0);
  });
});

describe("a desktop that gets another size", () => {
  test.each(["egfx", "composed"] as const)("shows all again over %s, and channels stay open", (path) => {
    const { server, viewer } = way("", path);
    const pair = new CompositorPair(server, viewer);
    pair.compositor.windows.add(box);
    pair.connect();
    pair.settle();
    pair.compositor.resizeDesktop({ width: 400, height: 300 }, pair.now);
    pair.settle();
    expectSame(pair, path);
    expect(pair.viewer?.desktop?.width ?? 400).toBe(400);
    expect(pair.told.filter(({ type }) => type === "clientReady")).toHaveLength(1);
    expect(pair.violations).toEqual([]);
  });
});

describe("a move that the client carries out", () => {
  test("begins with its limits, and ends where the client put the window", () => {
    const railFlags = usualViewer.railFlags | ClientStatusFlags.allowLocalMoveSize;
    const pair = new CompositorPair({}, { remoteApp, railFlags });
    const minimumSize = { width: 20, height: 15 };
    const id = pair.compositor.windows.add({ ...box, minimumSize });
    pair.connect();
    pair.settle();
    pair.compositor.startMove(id, "move", { x: 15, y: 12 });
    pair.settle();
    const rail = () => pair.seen.flatMap((event) => (event.type === "rail" ? [event.event] : []));
    expect(rail()).toContainEqual(
      expect.objectContaining({ type: "minMaxInfo", value: expect.objectContaining({ minTrackWidth: 20 }) as unknown }),
    );
    pair.viewer?.moveWindow(id, { left: 60, top: 50, width: 40, height: 30 }, pair.now);
    pair.settle();
    expect(pair.told).toContainEqual({
      type: "placeRequested",
      windowId: id,
      left: 60,
      top: 50,
      width: 40,
      height: 30,
      snapped: false,
      ends: true,
    });
    expect(pair.violations).toEqual([]);
    // It is over: the next one may begin, and a window that goes takes it along.
    pair.compositor.startMove(id, "bottomRight", { x: 99, y: 79 });
    pair.compositor.windows.remove(id);
    const other = pair.compositor.windows.add(box);
    pair.settle();
    pair.compositor.startMove(other, "move", { x: 15, y: 12 });
    pair.settle();
    expect(pair.violations).toEqual([]);
  });
});

describe("a client that comes back", () => {
  // No hash is needed for the test: both sides use the same function.
  const hmacMd5 = (key: Uint8Array, data: Uint8Array) => key.map((byte, index) => byte ^ (data[index] ?? 0) ^ 0x5a);
  let drawn = 0;
  const noChoices = { desktopWidth: 0, desktopHeight: 0, rail: false, keyboardLayout: 0, keyboardType: 0 };
  const reconnection = { hmacMd5, randomBytes: (size: number) => new Uint8Array(size).fill(++drawn) };

  test("with its cookie takes the place of its old connection, which the server still has", () => {
    const pair = new CompositorPair({ reconnection }, { remoteApp });
    pair.compositor.windows.add(box);
    pair.connect();
    pair.settle();
    const { cookie } = pair.viewer?.state ?? {};
    if (cookie === undefined) throw new Error("no cookie came");
    const back = new CompositorPair({}, { remoteApp, connection: { reconnection: { cookie, hmacMd5 } } });
    Object.defineProperty(back, "compositor", { value: pair.compositor });
    back.connect();
    back.settle();
    expect(back.told.map(({ type }) => type)).toEqual(expect.arrayContaining(["clientGone", "clientReady"]));
    expectSame(back, "egfx");
    const again = new CompositorPair({}, { remoteApp, connection: { reconnection: { cookie, hmacMd5 } } });
    Object.defineProperty(again, "compositor", { value: pair.compositor });
    again.connect();
    again.settle();
    expect(again.told).toContainEqual(expect.objectContaining({ type: "clientRefused", reason: "busy" }));
  });

  test("with its cookie is refused if somebody else is there now", () => {
    const pair = new CompositorPair({ reconnection }, { remoteApp });
    pair.connect();
    pair.settle();
    const { cookie } = pair.viewer?.state ?? {};
    if (cookie === undefined) throw new Error("no cookie came");
    pair.cut();
    const general = clientCapabilities(noChoices).find(({ type }) => type === "general");
    if (general?.type !== "general") throw new Error("there is no general set");
    const capabilities = [{ ...general, extraFlags: general.extraFlags & ~GeneralExtraFlags.AUTORECONNECT_SUPPORTED }];
    const other = new CompositorPair({}, { remoteApp, connection: { capabilities } });
    Object.defineProperty(other, "compositor", { value: pair.compositor });
    other.connect();
    other.settle();
    expect(other.viewer?.state.cookie).toBeUndefined();
    const back = new CompositorPair({}, { remoteApp, connection: { reconnection: { cookie, hmacMd5 } } });
    Object.defineProperty(back, "compositor", { value: pair.compositor });
    back.connect();
    back.settle();
    expect(back.told).toContainEqual(expect.objectContaining({ type: "clientRefused", reason: "busy" }));
  });
});

test("the client's monitors are those that it stated, and its work area may be left of the primary one", () => {
  const pair = new CompositorPair({}, { remoteApp, size: { width: 640, height: 480 } });
  pair.connect();
  pair.settle();
  expect(pair.compositor.monitors).toMatchObject([{ left: 0, top: 0, width: 640, height: 480, flags: 1 }]);
  const parameter = { type: "workArea", left: 0xff00, top: 0, right: 0x0100, bottom: 300 } as const;
  pair.viewer?.rail({ type: "clientSysParam", value: { parameter } }, pair.now);
  pair.settle();
  expect(pair.compositor.workArea).toEqual({ left: -256, top: 0, width: 512, height: 300 });
  pair.cut();
  expect(pair.compositor.monitors).toEqual([]);
});

test("a desktop is made of the monitors that the client has now, and places count from their corner", () => {
  const pair = new CompositorPair({}, { remoteApp });
  pair.connect();
  pair.settle();
  const monitor = { ...plainMonitor, top: 0, width: 320, height: 240 };
  const monitors = [
    { ...monitor, left: 0, flags: 1 },
    { ...monitor, left: -320, flags: 0 },
  ];
  const moved = (): unknown => {
    pair.viewer?.input([{ type: "pointerMoved", x: 20, y: 20 }], pair.now);
    pair.settle();
    return pair.told.filter(({ type }) => type === "input").at(-1);
  };
  const at = (x: number, y: number) => ({ type: "input", event: { type: "pointerMoved", x, y }, windowId: undefined });
  pair.viewer?.channels.monitors?.command({ type: "setLayout", monitors }, pair.now);
  pair.settle();
  expect(pair.compositor.monitors).toMatchObject(monitors);
  expect(moved()).toEqual(at(20, 20));
  pair.compositor.resizeDesktop({ width: 640, height: 240 }, pair.now);
  pair.settle();
  expect(moved()).toEqual(at(-300, 20));
  // A desktop that is not what the monitors make is one of its own.
  pair.compositor.resizeDesktop({ width: 500, height: 240 }, pair.now);
  pair.settle();
  expect(moved()).toEqual(at(20, 20));
  expect(pair.violations).toEqual([]);
});

test("what the client understands is known, and it is told which application draws a window", () => {
  const railFlags = usualViewer.railFlags | UnspecifiedClientStatusFlags.getAppIdResponseEx;
  const pair = new CompositorPair({}, { remoteApp, railFlags });
  const process = { processId: 77, processImageName: "gedit" };
  const id = pair.compositor.windows.add({ ...box, appId: "org.gnome.gedit", process });
  expect(pair.compositor.clientStatus).toBeUndefined();
  pair.connect();
  pair.settle();
  expect(pair.compositor.clientStatus).toBe(railFlags);
  pair.viewer?.rail({ type: "requestAppId", windowId: id }, pair.now);
  pair.settle();
  const told = pair.seen.flatMap((event) =>
    event.type === "rail" && event.event.type === "appId" ? [event.event] : [],
  );
  expect(told).toMatchObject([{ windowId: id, applicationId: "org.gnome.gedit", process }]);
  expect(pair.violations).toEqual([]);
});
