import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CompositorPair } from "../../testing/compositor-pair.js";
import { MemorySections } from "../../testing/memory-sections.js";
import { box, expectSame, remoteApp, eachWay, shown, way } from "../../testing/pixel-ways.js";

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

describe.each(eachWay)("over %s", (_, make) => {
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
    const { pair, sections } = shown(way("", "vail", true));
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

test.each(eachWay)(
  "a window that could not be painted while it was minimized can be when it is back, over %s",
  (_, make) => {
    const { pair, id, path } = shown(make());
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

test.each(eachWay)(
  "a window that is hidden and sized at once cannot be painted until it is shown, over %s",
  (_, make) => {
    const { pair, id, path } = shown(make());
    pair.compositor.windows.change(id, { showState: "hidden", width: 50 });
    pair.settle();
    expect(pair.paint(id)).toBe(false);
    pair.compositor.windows.change(id, { showState: "normal" });
    pair.settle();
    expectSame(pair, path);
    expect(pair.violations).toEqual([]);
  },
);

test.each(eachWay)("a window that was just minimized or sized is not painted in vain, over %s", (_, make) => {
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
});

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

test("what is drawn off the desktop is not waited for", () => {
  const pair = new CompositorPair({}, way("", "composed").viewer);
  const id = pair.compositor.windows.add({ ...box, left: -20 });
  pair.connect();
  pair.settle();
  expect(pair.paint(id, { left: 0, top: 0, width: 5, height: 5 })).toBe(true);
  expect(pair.paint(id)).toBe(true);
  pair.settle();
  expect(pair.paint(id)).toBe(true);
});

test.each(eachWay)("a window as large as a client can wish for is not painted, over %s", (_, make) => {
  const { pair, id, path } = shown(make());
  const rectangle = { left: -32_768, top: -32_768, right: 32_767, bottom: 32_767 };
  pair.viewer?.rail({ type: "place", windowId: id, rectangle }, pair.now);
  pair.settle();
  const [wish] = pair.told.filter((event) => event.type === "placeRequested");
  if (wish === undefined) throw new Error("there is no wish");
  const { left, top, width, height } = wish;
  expect([width, height]).toEqual([65_535, 65_535]);
  pair.compositor.windows.change(id, { left, top, width, height });
  pair.settle();
  expect(pair.compositor.pixelPath).toBe(path);
  expect(pair.compositor.mayPaint(id)).toBe(false);
  pair.compositor.windows.change(id, box);
  pair.settle();
  expectSame(pair, path);
});

test.each(["egfx", "vail", "composed"] as const)(
  "that a window is opaque no longer is shown at once over %s",
  (path) => {
    const { pair, id } = shown(way("", path, path === "vail" ? true : undefined));
    pair.compositor.canvas(id)?.pixels.fill(0x40);
    pair.compositor.present(id);
    pair.settle();
    const frames = (): number => pair.seen.filter(({ type }) => type === "frame").length;
    const before = frames();
    pair.compositor.windows.change(id, { opaque: false });
    pair.settle();
    expect(frames()).toBe(before + 1);
    if (path === "egfx") expect(pair.viewer?.picture(id)?.pixels[3]).toBe(0x40);
  },
);

test("what is drawn past a canvas costs no other window its frame", () => {
  const { server, viewer } = way("", "egfx");
  const pair = new CompositorPair(server, viewer);
  const { windows } = pair.compositor;
  const id = windows.add(box);
  const other = windows.add({ ...box, left: 60 });
  pair.connect();
  pair.settle();
  windows.change(id, { width: 80 });
  pair.compositor.present(id, [{ left: 0, top: 0, width: 80, height: 30 }]);
  windows.change(id, { width: box.width });
  pair.paint(other);
  pair.settle();
  expectSame(pair, "egfx");
  expect(pair.violations).toEqual([]);
});

test("a client that begins anew with its surfaces all the time gets new canvases once a flush", () => {
  const { pair } = shown(way("", "egfx"));
  const told = pair.told.length;
  for (let round = 0; round < 50; round++) {
    pair.viewer?.channels.egfx?.command({ type: "closed" });
    pair.viewer?.channels.egfx?.command({ type: "opened" });
  }
  pair.flush();
  pair.deliver("server", Number.POSITIVE_INFINITY);
  expect(pair.told.slice(told).filter(({ type }) => type === "exposed")).toHaveLength(1);
  pair.settle();
  expectSame(pair, "egfx");
});

test("VAIL lets go of the memory of a window that goes while its picture is on the way", () => {
  const { pair, sections } = shown(way("", "vail", true));
  const id = pair.compositor.windows.add(box);
  pair.flush();
  pair.flush();
  pair.compositor.windows.remove(id);
  pair.settle();
  expect(sections?.memory.size).toBe(1);
});

test("why a way was left is told with the next one, however late that is there", () => {
  const { server, viewer } = way("", "vail", true);
  const pair = new CompositorPair({ ...server, mapsSurfaces: "always" }, { ...viewer, egfx: true });
  pair.compositor.windows.add(box);
  pair.connect();
  // The client opens the graphics pipeline, and says nothing on it.
  if (pair.viewer?.channels.egfx !== undefined) pair.viewer.channels.egfx.opened = () => undefined;
  while (pair.compositor.pixelPath === undefined) {
    pair.deliver("server", Number.POSITIVE_INFINITY);
    pair.deliver("viewer", Number.POSITIVE_INFINITY);
    pair.pass(5);
  }
  pair.viewer?.channels.vail?.command({ type: "reportError", errorCode: 1 });
  pair.settle();
  const paths = pair.told.filter((event) => event.type === "pixelPath");
  expect(paths).toMatchObject([{ path: "vail" }, { path: "composed", because: "error" }]);
});

test.each([
  ["does not read", (pair: CompositorPair) => Object.assign(pair.peer ?? {}, { congested: true })],
  [
    "does not activate its session again",
    (pair: CompositorPair) => pair.compositor.resizeDesktop({ width: 400, height: 300 }, pair.now),
  ],
])("a client that %s is not looked after until it does", (_, stop) => {
  const { pair, id } = shown(way("", "composed"));
  // Nobody acknowledges these.
  for (let frame = 0; frame < 6; frame++) {
    pair.paint(id);
    pair.compositor.flush(pair.now);
  }
  stop(pair);
  pair.now += 5000;
  pair.compositor.tick(pair.now);
  const wakes = pair.compositor.flush(pair.now).flatMap((output) => (output.type === "wake" ? [output.at] : []));
  expect(wakes.every((at) => at === undefined || at > pair.now)).toBe(true);
});
