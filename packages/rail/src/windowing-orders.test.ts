import { DecodeError, generate, sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  encodeWindowingOrder,
  readWindowingOrder,
  windowingKind,
  windowingOrder,
  windowingOrderOf,
  windowingOrders,
  WindowingState,
  windowOrderLength,
  WindowState,
  type WindowingKind,
  type WindowingOrder,
} from "./index.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
function read(hex: string): WindowingOrder {
  const bytes = bytesOf(hex);
  const order = readWindowingOrder(sourceOf(bytes), 0, bytes.length);
  if (order === undefined) throw new Error("not a windowing order");
  return order;
}

const explorer =
  "2e8100 9edf0819 58011200 00000000 0000cf14 00010000 05 " +
  "1a00 460069006c00650020004500780070006c006f00720065007200" +
  "1b010000 34010000 07000000 07000000 00000000 07000000 " +
  "8d000000 9a000000 8e000000 9a000000 e6050000 42030000" +
  "0100 00000000e6054203 8d000000 9a000000 0100 00000000e6054203 00";
const point = (x: number, y: number) => ({ x, y });
const whole = [{ left: 0, top: 0, right: 1510, bottom: 834 }];

/** Bytes of [MS-RDPERP] 4.1.1 and of Windows, xrdp and WSLg, with what they say. */
const examples: readonly (readonly [WindowingKind, string, object])[] = [
  // The specification's dump leaves out the last byte, for which the order's size has a place.
  [
    "window",
    explorer,
    {
      fieldsPresentFlags: WindowingState.new,
      windowId: 0x120158,
      ownerWindowId: 0,
      style: { style: 0x14cf_0000, extendedStyle: 0x100 },
      showState: 5,
      title: "File Explorer",
      clientAreaOffset: point(283, 308),
      resizeMarginX: { left: 7, right: 7 },
      resizeMarginY: { top: 0, bottom: 7 },
      windowOffset: point(141, 154),
      windowClientDelta: point(142, 154),
      windowSize: { width: 1510, height: 834 },
      windowRects: whole,
      visibleOffset: point(141, 154),
      visibilityRects: whole,
      enforceServerZOrder: 0,
    },
  ],
  ["deleted", "2e0b00 00000021 24000300", { windowId: 0x30024 }],
  ["notifyIconDeleted", "2e0f00 01000062 f4010300 00000000", { windowId: 0x301f4, notifyIconId: 0 }],
  [
    "desktop",
    "2e1400 30000004 a0000100 02 66000200 a0000100",
    { activeWindowId: 0x100a0, windowIds: [0x20066, 0x100a0] },
  ],
  ["desktop", "2e1000 30000004 ffffffff 01 feffffff", { activeWindowId: 0xffff_ffff, windowIds: [0xffff_fffe] }],
  ["nonMonitoredDesktop", "2e0700 01000004", {}],
  ["deleted", "2e0b00 00000021 05000000", { fieldsPresentFlags: 0, windowId: 5 }],
  [
    "icon",
    "2e1f00 00200041 05000000 ffff ff 20 0100 0100 0400 0400 80000000 01020304",
    {
      fieldsPresentFlags: 0x2000,
      iconInfo: {
        cacheEntry: 0xffff,
        cacheId: 0xff,
        bpp: 32,
        width: 1,
        height: 1,
        colorTable: undefined,
      },
    },
  ],
  [
    "icon",
    "2e2900 00000041 05000000 0100 02 08 0100 0100 0800 0400 0400 " + "80000000 0001020304050607 09000000",
    {
      iconInfo: {
        colorTable: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7),
        bitsColor: Uint8Array.of(9, 0, 0, 0),
      },
    },
  ],
  ["cachedIcon", "2e0e00 00001081 05000000 0100 02", { cachedIcon: { cacheEntry: 1, cacheId: 2 } }],
  [
    "notifyIcon",
    "2e2e00 0f000092 07000000 09000000 04000000 0200 6100 " + "e8030000 01000000 0200 6200 0200 6300 01000000 0100 02",
    {
      version: 4,
      toolTip: "a",
      state: 1,
      cachedIcon: { cacheEntry: 1, cacheId: 2 },
      icon: undefined,
      infoTip: { timeout: 1000, infoFlags: 1, infoTipText: "b", title: "c" },
    },
  ],
];

describe("windowing orders", () => {
  test.each(examples)("%#: %s", (kind, hex, value) => {
    const order = read(hex);
    expect(order.kind).toBe(kind);
    expect(order.order).toMatchObject(value);
    expect(hexOf(encodeWindowingOrder(order))).toBe(hexOf(bytesOf(hex)));
  });

  test("what is read follows from what is written", () => {
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(windowingOrders) as WindowingKind[])), fc.gen(), (kind, gen) => {
        const of = windowingOrders[kind];
        const given = generate(of, {
          int: (low, high) => gen(fc.integer, { min: low, max: high }),
        });
        const bytes = of.encode(given as never);
        expect(hexOf(of.encode(of.decode(bytes) as never))).toBe(hexOf(bytes));
        expect(windowOrderLength(sourceOf(bytes), 0, bytes.length)).toBe(bytes.length);
        expect(windowingKind(sourceOf(bytes), 0, bytes.length)).toBe(kind);
        expect(windowingOrder(sourceOf(bytes), 0, bytes.length)).toBe(of);
      }),
      { numRuns: 300 },
    );
  });

  test("all fields stand in the order of the specification", () => {
    const names = WindowState.node.fields.map(([name]) => name).slice(4);
    expect(names).toEqual([
      "ownerWindowId",
      "style",
      "showState",
      "title",
      "clientAreaOffset",
      "clientAreaSize",
      "resizeMarginX",
      "resizeMarginY",
      "rpContent",
      "rootParentHandle",
      "windowOffset",
      "windowClientDelta",
      "windowSize",
      "windowRects",
      "visibleOffset",
      "visibilityRects",
      "overlayDescription",
      "taskbarButton",
      "enforceServerZOrder",
      "appBarState",
      "appBarEdge",
    ]);
  });

  test("flags follow the fields", () => {
    const bytes = WindowState.encode({
      fieldsPresentFlags: 0,
      windowId: 1,
      title: "x",
      taskbarButton: 0,
    });
    expect(hexOf(bytes)).toBe("2e100004008001010000000200780000");
    expect(() => WindowState.encode({ fieldsPresentFlags: 4, windowId: 1 })).toThrow("follow from the fields");
  });

  test("an empty list of rectangles does not end the order", () => {
    const bytes = WindowState.encode({
      fieldsPresentFlags: 0,
      windowId: 1,
      windowRects: [],
      taskbarButton: 1,
    });
    expect(WindowState.decode(bytes)).toMatchObject({ windowRects: [], taskbarButton: 1 });
  });

  test("a value finds its tag again by its declaration", () => {
    const order = { fieldsPresentFlags: 0, windowId: 1 };
    expect(windowingOrderOf(WindowState, order)).toEqual({ kind: "window", order });
  });
});

describe("windowOrderLength", () => {
  test.each(["", "2e0700010000", "2e0600 01000004", "2e0800 01000004", "360700 01000004"])(
    "has no answer for %s",
    (hex) => {
      const source = sourceOf(bytesOf(hex));
      expect(windowOrderLength(source, 0, source.bytes.length)).toBeUndefined();
    },
  );

  test("a title longer than its order is refused", () => {
    expect(() => read("2e0f00 04000001 05000000 0300 6100")).toThrow(DecodeError);
  });
});
