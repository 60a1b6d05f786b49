import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  encodeWindowingOrder,
  readWindowingOrder,
  WindowDeleted,
  windowingKindOf,
  windowingOrder,
  windowingOrders,
  WindowingState,
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

describe("combinations that exclude each other", () => {
  test.each([
    ["deleted and new", "2e0b00 00000031 05000000", "deleted", 0x1000_0000],
    ["deleted with bits of fields that are not there", "2e0b00 1adf8121 05000000", "deleted", 0x0081_df1a],
    ["deleted and an icon", "2e0b00 00000061 05000000", "deleted", 0x4000_0000],
    ["deleted with fields that are there", "2e0c00 10000021 05000000 05", "deleted", 0x10],
    ["the reserved bit 0x20", "2e0b00 20000001 05000000", "window", 0x20],
    ["show state 1", "2e0c00 10000001 05000000 01", "window", 0],
    ["a title with a lone surrogate", "2e0f00 04000001 05000000 0200 00d8", "window", 0],
    ["a title with a NUL inside", "2e1300 04000001 05000000 0600 6100 0000 6200", "window", 0],
    ["an icon that is cached too", "2e1700 000000c1 05000000 0100 02 20 0000 0000 0000 0000", "icon", 0x8000_0000],
    ["ARC_COMPLETED and HOOKED", "2e0700 06000004", "desktop", 6],
    ["ARC_BEGAN alone", "2e0700 08000004", "desktop", 8],
    ["a desktop that is not watched, with a list", "2e0c00 11000004 01 05000000", "nonMonitoredDesktop", 0x10],
    ["version 2 of a notification icon", "2e1300 08000002 05000000 01000000 02000000", "notifyIcon", 0],
    [
      "a notification icon deleted with a new icon",
      "2e0f00 01000072 05000000 01000000",
      "notifyIconDeleted",
      0x5000_0001,
    ],
    ["a window and a desktop at once", "2e0b00 00000005 05000000", "window", 0x0400_0000],
  ])("%s is kept", (_, hex, kind, fieldsPresentFlags) => {
    const order = read(hex);
    expect(order.kind).toBe(kind);
    expect(order.order.fieldsPresentFlags).toBe(fieldsPresentFlags);
    expect(hexOf(encodeWindowingOrder(order))).toBe(hexOf(bytesOf(hex)));
  });

  test.each<[WindowingKind, string]>([
    ["window", "2e0b00 00000002 05000000"],
    ["deleted", "2e0b00 00000001 05000000"],
    ["deleted", "2e0b00 00000020 05000000"],
    ["cachedIcon", "2e0e00 00000041 05000000 0100 02"],
    ["nonMonitoredDesktop", "2e0700 00000004"],
  ])("%s without one of its bits is refused: %s", (kind, hex) => {
    expect(() => windowingOrders[kind].decode(bytesOf(hex))).toThrow(/bits 0x[0-9a-f]+ set/);
  });

  test("bits that identify an order cannot be given", () => {
    expect(() => WindowDeleted.encode({ fieldsPresentFlags: WindowingState.deleted, windowId: 1 })).toThrow(
      "follow from the fields",
    );
  });

  test("without a type it is no windowing order", () => {
    expect(windowingKindOf(0x1000_0000)).toBeUndefined();
    expect(windowingOrder(sourceOf(bytesOf("2e0b00 00000010 05000000")), 0, 11)).toBeUndefined();
    expect(windowingOrder(sourceOf(bytesOf("36")), 0, 1)).toBeUndefined();
  });

  test("every combination of bits has one kind, and the kind does not depend on the fields", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (flags) => {
        const kind = windowingKindOf(flags);
        expect(kind === undefined).toBe((flags & 0x0700_0000) === 0);
        const isDesktop = (flags & 0x0300_0000) === 0;
        const telling = isDesktop ? 0xf700_0001 : 0xf700_0000;
        expect(windowingKindOf((flags & telling) >>> 0)).toBe(kind);
      }),
    );
  });
});
