import { describe, expect, test } from "vitest";
import {
  capableWindowingClient,
  desktopWindowId,
  emptyServerDesktop,
  encodeWindowingOrder,
  markerWindowId,
  stepWindowingServer,
  windowingServer,
  type ServerDesktop,
  type ServerWindow,
  type WindowingOrder,
  type WindowingServerInput,
} from "./index.js";

const flower: ServerWindow = {
  showState: 5,
  title: "Flower",
  windowOffset: { x: -5, y: 40 },
  windowSize: { width: 200, height: 100 },
  taskbarButton: 0,
};
const with1 = (window: ServerWindow, rest: Partial<ServerDesktop> = {}): WindowingServerInput => ({
  type: "desktop",
  desktop: { ...emptyServerDesktop, windows: new Map([[1, window]]), zOrder: [1, markerWindowId], ...rest },
});
const opened: WindowingServerInput = { type: "opened", client: capableWindowingClient };

function last(inputs: readonly WindowingServerInput[]): readonly WindowingOrder[] {
  let state = windowingServer({ compat: "wslg" });
  let orders: readonly WindowingOrder[] = [];
  for (const input of inputs) {
    const step = stepWindowingServer(state, input);
    state = step.state;
    orders = step.outputs.flatMap((output) => (output.type === "orders" ? output.orders : []));
  }
  return orders;
}

const hex = (order: WindowingOrder): string => Buffer.from(encodeWindowingOrder(order)).toString("hex");

describe("a windowing server that is compatible with WSLg", () => {
  test("begins and ends the sync with the marker alone, then tells of the windows", () => {
    const orders = last([with1(flower), opened]);
    expect(orders.slice(0, 3).map(hex)).toEqual([
      "2e07000a000004",
      "2e1000300000" + "04ffffffff01feffffff",
      "2e070004000004",
    ]);
    expect(orders.slice(3)).toMatchObject([
      { kind: "window", order: { windowId: 1, fieldsPresentFlags: 0x1000_0000 } },
      { kind: "desktop", order: { windowIds: [1, markerWindowId], activeWindowId: desktopWindowId } },
      { kind: "window", order: { windowId: 1, fieldsPresentFlags: 0 } },
    ]);
  });

  test("makes windows as WSLg's server does: 93 bytes with these fields, hidden, without a title", () => {
    const [first] = last([opened, with1(flower)]);
    if (first === undefined) throw new Error("no order");
    const bytes = encodeWindowingOrder(first);
    expect([bytes.length, Buffer.from(bytes).readUInt32LE(3).toString(16)]).toEqual([93, "1181df1a"]);
    expect(first.order).toMatchObject({
      ownerWindowId: desktopWindowId,
      showState: 0,
      taskbarButton: 1,
      clientAreaSize: { width: 200, height: 92 },
      visibleOffset: { x: 0, y: 0 },
      windowRects: [{ left: 65_531, top: 40, right: 195, bottom: 140 }],
    });
  });

  test("shows them after the z-order, with a NUL in the title", () => {
    expect(last([opened, with1(flower)]).slice(1)).toEqual([
      {
        kind: "desktop",
        order: { fieldsPresentFlags: 0, activeWindowId: desktopWindowId, windowIds: [1, markerWindowId] },
      },
      {
        kind: "window",
        order: { fieldsPresentFlags: 0, windowId: 1, showState: 5, title: "Flower\0", taskbarButton: 0 },
      },
    ]);
  });

  test("repeats the taskbar button with each change of a window", () => {
    const moved = { ...flower, windowOffset: { x: 0, y: 0 } };
    expect(last([opened, with1(flower), with1(moved)])).toMatchObject([
      { kind: "window", order: { windowOffset: { x: 0, y: 0 }, taskbarButton: 0 } },
    ]);
  });

  test("repeats the z-order with the active window", () => {
    expect(last([opened, with1(flower), with1(flower, { activeWindowId: 1 })])).toEqual([
      { kind: "desktop", order: { fieldsPresentFlags: 0, activeWindowId: 1, windowIds: [1, markerWindowId] } },
    ]);
  });

  test("a window that fills the screen has no title bar to hint at", () => {
    const style = { style: 0x9000_0000, extendedStyle: 0 };
    const [first] = last([opened, with1({ ...flower, style })]);
    expect(first?.order).toMatchObject({ clientAreaSize: { width: 200, height: 100 } });
  });
});
