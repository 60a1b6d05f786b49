import {
  encodeWindowingOrder,
  railVocabulary,
  SystemCommand,
  WindowFields,
  WindowingState,
  type RailMessage,
  type WindowingOrder,
  type WindowState,
} from "@railvail/rail";
import { FastPathUpdateCode, OrdersUpdate } from "@railvail/transport";
import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ViewerServer } from "../../testing/viewer-server.js";

const remoteApp = { program: "xterm", arguments: "-e top", workingDirectory: "/tmp" };
const windowed = { remoteApp, clipboard: undefined, audioOutput: undefined };

const order = (windowId: number, fields: Partial<WindowState> = {}, isNew = true): WindowingOrder => ({
  kind: "window",
  order: { fieldsPresentFlags: isNew ? WindowingState.new : 0, windowId, ...fields },
});

const sentOn = (pair: ViewerServer): RailMessage["message"][] =>
  pair
    .onChannel("rail")
    .map((bytes) => railVocabulary.read(sourceOf(bytes), 0, bytes.length, "client")?.message ?? "exec");

const shake = (pair: ViewerServer): void =>
  pair.send(
    "rail",
    railVocabulary.encode({ message: "handshakeEx", value: { buildNumber: 7601, railHandshakeFlags: 0x7f } }),
  );

describe("a viewer of windows", () => {
  test("shakes hands, states what it can do, and starts its program", () => {
    const pair = new ViewerServer(windowed);
    expect(pair.of("active")).toEqual([{ type: "active", width: 1280, height: 800 }]);
    expect(sentOn(pair)).toEqual([]);
    shake(pair);
    expect(sentOn(pair)).toEqual([
      "handshake",
      "clientStatus",
      ...Array.from({ length: 5 }, () => "clientSysParam"),
      "exec",
    ]);
    const last = pair.onChannel("rail").at(-1) ?? new Uint8Array(0);
    expect(railVocabulary.read(sourceOf(last), 0, last.length, "client")).toMatchObject({
      value: { exeOrFile: "xterm", arguments: "-e top", workingDir: "/tmp" },
    });
    expect(pair.violations).toEqual([]);
  });

  test("begins by itself when the server waits for it", () => {
    const pair = new ViewerServer(windowed);
    const wake = pair.of("wake").at(-1)?.at ?? 0;
    expect(wake).toBe(2000);
    pair.now = wake;
    pair.viewer.tick(wake);
    pair.settle();
    expect(sentOn(pair).slice(0, 2)).toEqual(["handshake", "clientStatus"]);
    expect(sentOn(pair).at(-1)).toBe("exec");
  });

  test("tells what became of windows", () => {
    const pair = new ViewerServer(windowed);
    pair.orders(order(1, { title: "one" }), order(2, { title: "two" }), order(1, { title: "uno" }, false));
    pair.orders({ kind: "deleted", order: { fieldsPresentFlags: 0, windowId: 2 } });
    const events = pair.told.filter(({ type }) => type.startsWith("window"));
    expect(events).toMatchObject([
      { type: "windowCreated", window: { windowId: 1, title: "one" } },
      { type: "windowCreated", window: { windowId: 2, title: "two" } },
      { type: "windowChanged", window: { windowId: 1, title: "uno" }, before: { title: "one" } },
      { type: "windowDeleted", windowId: 2 },
    ]);
    expect([...pair.viewer.windows.windows.keys()]).toEqual([1]);
    expect(pair.violations).toEqual([]);
  });

  test("the same is told however the bytes are cut", () => {
    const events = (piece: number): unknown[] => {
      const pair = new ViewerServer(windowed);
      pair.piece = piece;
      shake(pair);
      pair.orders(order(1, { title: "one", windowSize: { width: 3, height: 4 } }), order(2, { ownerWindowId: 1 }));
      return pair.told.filter(({ type }) => type !== "bytes" && type !== "wake");
    };
    const whole = events(Number.POSITIVE_INFINITY);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (piece) => {
        expect(events(piece)).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });

  test("moves windows with their margins", () => {
    const pair = new ViewerServer(windowed);
    shake(pair);
    pair.orders(order(1, { resizeMarginX: { left: 1, right: 2 }, resizeMarginY: { top: 3, bottom: 4 } }));
    pair.viewer.moveWindow(1, { left: 10, top: 20, width: 100, height: 50 }, 0);
    pair.viewer.snapWindow(1, { left: 0, top: 0, width: 10, height: 10 }, 0);
    pair.viewer.systemCommand(1, SystemCommand.close, 0);
    pair.viewer.activate(1, 0);
    pair.settle();
    const messages = pair
      .onChannel("rail")
      .slice(-4)
      .map((bytes) => railVocabulary.read(sourceOf(bytes), 0, bytes.length, "client"));
    expect(messages).toMatchObject([
      { message: "windowMove", value: { windowId: 1, left: 9, top: 17, right: 112, bottom: 74 } },
      { message: "snapArrange", value: { windowId: 1, left: -1, top: -3, right: 12, bottom: 14 } },
      { message: "sysCommand", value: { windowId: 1, command: SystemCommand.close } },
      { message: "activate", value: { windowId: 1, enabled: 1 } },
    ]);
    expect(pair.violations).toEqual([]);
  });

  test("reads on behind a damaged order, and stops where orders cannot be told apart", () => {
    const pair = new ViewerServer(windowed);
    const good = encodeWindowingOrder(order(1, { title: "one" }));
    const bad = encodeWindowingOrder(order(2, { title: "two" }));
    // The title is longer than its order.
    bad[11] = 0xff;
    const frameMarker = Uint8Array.of(0x36, 0, 0, 0, 0);
    const orderData = Uint8Array.from([...bad, ...frameMarker, ...good, 0xff, 1, 2]);
    pair.update(FastPathUpdateCode.orders, OrdersUpdate.encode({ numberOrders: 4, orderData }));
    expect([...pair.viewer.windows.windows.keys()]).toEqual([1]);
    expect(pair.violations).toEqual(["windows: peer order-malformed", "windows: peer orders-unparsed"]);
  });

  test("sends what the user does", () => {
    const pair = new ViewerServer(windowed);
    pair.viewer.input([{ type: "pointerMoved", x: 3, y: 4 }], 0);
    pair.settle();
    expect(pair.heard.filter(({ type }) => type === "input")).toMatchObject([
      { events: [{ type: "pointerMoved", x: 3, y: 4 }] },
    ]);
  });

  test("ends once, with the reason", () => {
    const pair = new ViewerServer(windowed);
    pair.viewer.disconnect(0);
    pair.settle();
    pair.viewer.closed(0);
    pair.settle();
    expect(pair.of("close")).toHaveLength(1);
    expect(pair.of("ended")).toEqual([{ type: "ended", because: "local", errorInfo: undefined }]);
    expect(pair.of("wake").at(-1)?.at).toBeUndefined();
  });

  test("fields that are absent are not hidden by an update", () => {
    const pair = new ViewerServer(windowed);
    pair.orders(order(1, { title: "one" }), order(1, { showState: 3 }, false));
    expect(pair.viewer.windowTree).toMatchObject([{ window: { title: "one", showState: 3 }, owned: [] }]);
    expect(WindowFields.title).toBe(4);
  });
});
