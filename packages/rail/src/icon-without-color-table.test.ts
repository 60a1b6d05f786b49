import { sourceOf, type Pdu } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyWindowingOrder,
  emptyWindowModel,
  encodeWindowingOrder,
  iconToRgba,
  NotifyIcon,
  NotifyIconWithoutColorTable,
  readWindowingOrder,
  WindowIcon,
  WindowIconWithoutColorTable,
  windowingOrder,
  windowingOrderOf,
  type WindowingOrder,
} from "./index.js";

/** An icon order of 8 bits a pixel, as xrdp writes it: lengths and bytes of the mask and the colors alone. */
const head = [0x2e, 0, 0, 0, 0, 0, 0x41, 5, 0, 0, 0, 1, 0, 2, 8, 1, 0, 1, 0];
/** The same in a notification icon with a tool tip. */
const notifyHead = [0x2e, 0, 0, 1, 0, 0, 0x42, 5, 0, 0, 0, 7, 0, 0, 0, 2, 0, 0x41, 0, 1, 0, 2, 8, 1, 0, 1, 0];
const part = fc.uint8Array({ maxLength: 40 });

function orderOf(start: readonly number[], mask: Uint8Array, color: Uint8Array): Uint8Array {
  const bytes = Uint8Array.of(...start, mask.length, 0, color.length, 0, ...mask, ...color);
  bytes[1] = bytes.length;
  return bytes;
}

const cases: readonly (readonly [string, readonly number[], Pdu, Pdu, (order: WindowingOrder) => unknown])[] = [
  [
    "a window's",
    head,
    WindowIcon,
    WindowIconWithoutColorTable,
    (order) => (order.kind === "icon" ? order.order.iconInfo : undefined),
  ],
  [
    "a notification's",
    notifyHead,
    NotifyIcon,
    NotifyIconWithoutColorTable,
    (order) => (order.kind === "notifyIcon" ? order.order.icon : undefined),
  ],
];

describe.each(cases)("an icon of 8 bits without a color table, %s", (_, start, withTable, without, iconOf) => {
  test("is read, whatever its pixels, and written back by its declaration", () => {
    fc.assert(
      fc.property(part, part, (mask, color) => {
        const bytes = orderOf(start, mask, color);
        const source = sourceOf(bytes);
        expect(() => withTable.decode(bytes)).toThrow("not enough bytes");
        expect(windowingOrder(source, 0, bytes.length)).toBe(without);
        const order = readWindowingOrder(source, 0, bytes.length) as WindowingOrder;
        expect(iconOf(order)).toMatchObject({ bpp: 8, width: 1, height: 1, bitsMask: mask, bitsColor: color });
        expect(windowingOrderOf(without, order.order)).toEqual(order);
        expect(without.encode(order.order)).toEqual(bytes);
        expect(() => encodeWindowingOrder(order)).toThrow("colorTable: value missing");
      }),
    );
  });

  test("that does not fill its order is refused as one with a table", () => {
    const source = sourceOf(orderOf(start, new Uint8Array(4), new Uint8Array(4)));
    const { length } = source.bytes;
    source.bytes[start.length] = 3;
    expect(windowingOrder(source, 0, length)).toBe(withTable);
    source.bytes[start.length] = 5;
    expect(windowingOrder(source, 0, length)).toBe(withTable);
    expect(() => readWindowingOrder(source, 0, length)).toThrow("not enough bytes");
  });
});

test("the window model keeps it, and it becomes shades of grey", () => {
  const window: WindowingOrder = { kind: "window", order: { fieldsPresentFlags: 0x1000_0000, windowId: 5 } };
  const bytes = orderOf(head, new Uint8Array(4), Uint8Array.of(200, 0, 0, 0));
  const order = readWindowingOrder(sourceOf(bytes), 0, bytes.length) as WindowingOrder;
  const { windows } = [window, order].reduce(applyWindowingOrder, emptyWindowModel());
  const icon = windows.get(5)?.icons.small?.icon;
  expect(icon).toMatchObject({ bpp: 8, colorTable: undefined });
  expect(icon && iconToRgba(icon).rgba).toEqual(Uint8Array.of(200, 200, 200, 255));
});
