import { ClientStatusFlags, UnspecifiedClientStatusFlags } from "@railvail/rail";
import { describe, expect, test } from "vitest";
import { CompositorPair } from "../../testing/compositor-pair.js";
import { box, expectSame, remoteApp, way } from "../../testing/pixel-ways.js";
import { usualViewer } from "../index.js";

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
  const railFlags = usualViewer.railFlags | ClientStatusFlags.allowLocalMoveSize;

  test("begins after the client knows the window", () => {
    const pair = new CompositorPair({}, { remoteApp, railFlags });
    pair.connect();
    pair.settle();
    pair.compositor.startMove(pair.compositor.windows.add(box), "move", { x: 15, y: 12 });
    pair.settle();
    const order = pair.seen.flatMap((event) =>
      event.type === "rail" ? [event.event.type] : event.type === "windowCreated" ? [event.type] : [],
    );
    expect(order.slice(-3)).toEqual(["windowCreated", "minMaxInfo", "moveSizeStarted"]);
  });

  test("may end where no order can say", () => {
    const pair = new CompositorPair({}, { remoteApp, railFlags });
    const margins = { left: 8, top: 8, right: 8, bottom: 8 };
    const id = pair.compositor.windows.add({ ...box, margins });
    pair.connect();
    pair.settle();
    pair.compositor.startMove(id, "move", { x: 15, y: 12 });
    pair.settle();
    const rectangle = { left: 32_765, top: 50, right: 32_767, bottom: 80 };
    pair.viewer?.rail({ type: "place", windowId: id, rectangle }, pair.now);
    pair.settle();
    expect(pair.told).toContainEqual(expect.objectContaining({ type: "placeRequested", left: 32_773, ends: true }));
  });

  test("begins with its limits, and ends where the client put the window", () => {
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

const plainMonitor = {
  physicalWidth: 0,
  physicalHeight: 0,
  orientation: 0,
  desktopScaleFactor: 100,
  deviceScaleFactor: 100,
} as const;

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

test("an application id that is too long for the answer is cut", () => {
  const pair = new CompositorPair({}, { remoteApp });
  const id = pair.compositor.windows.add({ ...box, appId: "a".repeat(600) });
  pair.connect();
  pair.settle();
  pair.viewer?.rail({ type: "requestAppId", windowId: id }, pair.now);
  pair.settle();
  const told = pair.seen.flatMap((event) =>
    event.type === "rail" && event.event.type === "appId" ? [event.event.applicationId] : [],
  );
  expect(told).toEqual(["a".repeat(260)]);
});

test("windows whose owner has gone have none", () => {
  const pair = new CompositorPair({}, { remoteApp });
  const owner = pair.compositor.windows.add(box);
  const dialog = pair.compositor.windows.add({ ...box, role: "dialog", owner });
  pair.connect();
  pair.settle();
  const told = (): unknown => pair.viewer?.windows.windows.get(dialog)?.ownerWindowId;
  expect(told()).toBe(owner);
  pair.compositor.windows.remove(owner);
  pair.settle();
  expect(told()).toBe(0);
  pair.connect();
  pair.settle();
  expect(told()).toBe(0);
  expect(pair.violations).toEqual([]);
});
