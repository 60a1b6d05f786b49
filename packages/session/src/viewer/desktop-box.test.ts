import type { MonitorDefinition } from "@railvail/display";
import { egfxVocabulary } from "@railvail/egfx";
import { WindowingState, type WindowingOrder } from "@railvail/rail";
import { bitmapData, CreateRequest, Data, MonitorLayout, segmentMessage, type BitmapData } from "@railvail/transport";
import { Arena } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { CompositorPair, tight } from "../../testing/compositor-pair.js";
import { ViewerServer } from "../../testing/viewer-server.js";
import type { Picture } from "./picture.js";

const remoteApp = { program: undefined, arguments: "", workingDirectory: "" };
const monitorAt = (left: number, top: number, flags: number = 0): MonitorDefinition => ({
  left,
  top,
  width: 320,
  height: 240,
  flags,
  physicalWidth: 0,
  physicalHeight: 0,
  orientation: 0,
  desktopScaleFactor: 100,
  deviceScaleFactor: 100,
});
const primary = monitorAt(0, 0, 1);

/** Without alpha, which nobody looks at. */
const colors = (pixels: Uint8Array | undefined): Uint8Array | undefined => pixels?.filter((_, at) => at % 4 !== 3);

describe("a desktop that a compositor makes of several monitors", () => {
  const settings = { remoteApp, egfx: false };
  const box = { top: 10, width: 40, height: 30 };
  const connected = (monitors: readonly MonitorDefinition[], size: { width: number; height: number }) => {
    const pair = new CompositorPair({}, { ...settings, monitors, size });
    const windowIds = [pair.compositor.windows.add({ ...box, left: 10 })];
    for (const { left, top, flags } of monitors) {
      if (flags === 0) windowIds.push(pair.compositor.windows.add({ ...box, left: left + 7, top: top + 5 }));
    }
    pair.connect();
    pair.settle();
    return { pair, windowIds };
  };
  const shows = (pair: CompositorPair, windowId: number): void => {
    const picture = pair.viewer?.picture(windowId);
    expect(picture).toMatchObject({ width: 40, height: 30, left: 0, top: 0, path: "composed" });
    expect(colors(picture && tight(picture))).toEqual(colors(pair.painted.get(windowId)));
  };

  test.each([
    ["left of the primary one", monitorAt(-320, 0), { left: -320, top: 0, width: 640, height: 240 }],
    ["above it", monitorAt(40, -240), { left: 0, top: -240, width: 360, height: 480 }],
    ["left of and above it", monitorAt(-300, -240), { left: -300, top: -240, width: 620, height: 480 }],
    ["right of it", monitorAt(320, 0), { left: 0, top: 0, width: 640, height: 240 }],
  ])("one %s: each window is cut where it is", (_, other, desktop) => {
    const { width, height } = desktop;
    const { pair, windowIds } = connected([primary, other], { width, height });
    expect(pair.viewer?.desktopBox).toEqual(desktop);
    for (const windowId of windowIds) shows(pair, windowId);
    // What is off the desktop is missing.
    const [first = 0] = windowIds;
    pair.compositor.windows.change(first, { left: desktop.left - 15 });
    pair.settle();
    expect(pair.viewer?.picture(first)).toMatchObject({ left: 15, top: 0, width: 25, height: 30 });
    expect(pair.violations).toEqual([]);
  });

  test("each window is cut where it is after monitors came and went", () => {
    const { pair, windowIds } = connected([], { width: 320, height: 240 });
    const [windowId = 0] = windowIds;
    pair.viewer?.channels.monitors?.command({ type: "setLayout", monitors: [primary, monitorAt(-320, 0)] }, pair.now);
    pair.settle();
    for (const desktop of [
      { left: -320, top: 0, width: 640, height: 240 },
      // Not what the monitors make: one of its own.
      { left: 0, top: 0, width: 500, height: 240 },
    ]) {
      const { width, height } = desktop;
      pair.compositor.resizeDesktop({ width, height }, pair.now);
      pair.settle();
      expect(pair.viewer?.desktopBox).toEqual(desktop);
      shows(pair, windowId);
    }
    expect(pair.violations).toEqual([]);
  });

  test("the client's work area is that of its primary monitor", () => {
    const { pair } = connected([primary, monitorAt(-320, 0)], { width: 640, height: 240 });
    expect(pair.compositor.workArea).toEqual({ left: 0, top: 0, width: 320, height: 240 });
  });
});

const plain = { remoteApp, clipboard: undefined, audioOutput: undefined, egfx: false };
const wide = { width: 640, height: 240 };
const monitors = [primary, monitorAt(-320, 0)];
const definitions = [
  { left: 0, top: 0, right: 319, bottom: 239, flags: 1 },
  { left: -320, top: 0, right: -1, bottom: 239, flags: 0 },
];

/** One pixel of a colour. */
const dot = (left: number, top: number, value: number): BitmapData =>
  bitmapData(
    left,
    top,
    { bgra: Uint8Array.of(value, value, value, 0xff), stride: 4, width: 1, height: 1 },
    { bitsPerPixel: 32, compress: false, noHeader: true },
  );
const window = (x: number, y: number): WindowingOrder => ({
  kind: "window",
  order: {
    fieldsPresentFlags: WindowingState.new,
    windowId: 1,
    windowOffset: { x, y },
    windowSize: { width: 4, height: 4 },
  },
});
const firstByte = (picture: Picture | undefined): number | undefined => picture?.pixels[0];

describe("where the image of a desktop begins", () => {
  /** A server that sends no layout, as the client says that it knows none. */
  const silent = { ...plain, size: wide, connection: { core: { earlyCapabilityFlags: 0 } } };

  test("follows from the client's monitors until the server says what it made of them", () => {
    const pair = new ViewerServer({ ...silent, monitors });
    expect(pair.heard.filter(({ type }) => type === "violation")).toEqual([]);
    expect(pair.viewer.desktopBox).toEqual({ left: -320, top: 0, ...wide });
    pair.orders(window(-310, 20));
    pair.bitmaps(dot(10, 20, 77));
    expect(firstByte(pair.viewer.picture(1))).toBe(77);
    const monitorDefArray = [{ left: 0, top: 0, right: 639, bottom: 239, flags: 1 }];
    pair.take(pair.server.sendShareData(MonitorLayout, { monitorDefArray }));
    pair.settle();
    expect(pair.viewer.desktopBox).toEqual({ left: 0, top: 0, ...wide });
    expect(pair.viewer.picture(1)).toBeUndefined();
    expect(pair.of("desktopSize")).toEqual([]);
  });

  test("is the primary monitor's corner if nothing is known of others", () => {
    expect(new ViewerServer(silent).viewer.desktopBox).toEqual({ left: 0, top: 0, ...wide });
    // One that the server does not hear of is not part of its desktop.
    const settings = { ...silent, monitors: [monitorAt(-320, 0, 1)] };
    expect(new ViewerServer(settings).viewer.desktopBox).toEqual({ left: 0, top: 0, ...wide });
  });

  test.each([Number.POSITIVE_INFINITY, 1])("moves what is shown along with it, in pieces of %d bytes", (piece) => {
    const pair = new ViewerServer({ ...plain, size: { width: 320, height: 240 } });
    pair.piece = piece;
    pair.orders(window(10, 20));
    pair.bitmaps(dot(10, 20, 77));
    expect(firstByte(pair.viewer.picture(1))).toBe(77);
    pair.take(pair.server.command({ type: "reactivate", desktop: wide, monitors: definitions }, 0));
    pair.settle();
    expect(pair.viewer.desktopBox).toEqual({ left: -320, top: 0, ...wide });
    expect(pair.of("desktopSize")).toEqual([{ type: "desktopSize", ...wide }]);
    expect(firstByte(pair.viewer.picture(1))).toBe(77);
    // Frames are told in pixels of the image.
    pair.bitmaps(dot(330, 20, 78));
    expect(pair.of("frame").at(-1)).toMatchObject({ box: { left: 330, top: 20, width: 1, height: 1 } });
    expect(firstByte(pair.viewer.picture(1))).toBe(78);
    expect(pair.viewer.desktop).toMatchObject({ left: 0, top: 0, ...wide });
    pair.take(pair.server.command({ type: "reactivate", desktop: { width: 320, height: 240 }, monitors: [] }, 0));
    pair.settle();
    expect(pair.viewer.desktopBox).toEqual({ left: 0, top: 0, width: 320, height: 240 });
    expect(firstByte(pair.viewer.picture(1))).toBe(78);
  });

  test("is told by the graphics pipeline too", () => {
    const pair = new ViewerServer({ ...plain, egfx: true, size: { width: 320, height: 240 } });
    const dynamic = (...parts: readonly Uint8Array[]): void =>
      pair.send("drdynvc", Data.encode({ sp: 0, channelId: 1, data: new Uint8Array(Buffer.concat(parts)) }));
    const command = (message: Parameters<typeof egfxVocabulary.encode>[0]): void =>
      dynamic(...segmentMessage([egfxVocabulary.encode(message)], new Arena(64)));
    const channelName = "Microsoft::Windows::RDS::Graphics";
    pair.send("drdynvc", CreateRequest.encode({ priority: 0, channelId: 1, channelName }));
    command({ message: "capsConfirm", value: { capsSet: { capsData: { type: "version8", flags: 0 } } } });
    command({ message: "resetGraphics", value: { ...wide, monitorDefArray: definitions } });
    expect(pair.viewer.desktopBox).toEqual({ left: -320, top: 0, ...wide });
    // One without monitors says nothing of them.
    command({ message: "resetGraphics", value: { width: 640, height: 480, monitorDefArray: [] } });
    expect(pair.viewer.desktopBox).toEqual({ left: -320, top: 0, width: 640, height: 480 });
    expect(pair.violations.filter((each) => each.startsWith("egfx"))).toEqual([]);
  });

  test("may be as far away as the wire can say", () => {
    const pair = new ViewerServer({ ...plain, size: wide });
    pair.orders(window(0, 0));
    pair.bitmaps(dot(0, 0, 77));
    const [least, most] = [-(2 ** 31), 2 ** 31 - 1];
    const monitorDefArray = [{ left: least, top: least, right: most, bottom: most, flags: 1 }];
    pair.take(pair.server.sendShareData(MonitorLayout, { monitorDefArray }));
    pair.settle();
    expect(pair.viewer.picture(1)).toBeUndefined();
    pair.take(pair.server.command({ type: "reactivate", desktop: { width: 300, height: 200 } }, 0));
    pair.settle();
    expect(pair.viewer.desktopBox).toMatchObject({ left: 0, top: 0, width: 300, height: 200 });
    expect(pair.violations).toEqual([]);
  });
});
