import { DecodeError, EncodeError, leaves, sourceOf, tilingFault } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyPartsOf, layoutOf, primaryOrderTypes } from "../testing/primary-order-arbitraries.js";
import { PrimaryOrder, PrimaryOrderType } from "./pdu/primary-order.js";
import type { PrimaryField } from "./primary-order-fields.js";
import type { PrimaryFieldValue, PrimaryOrderParts } from "./primary-order-parts.js";
import { encodePrimaryOrder, primaryOrderSpans } from "./primary-order-write.js";
import { PrimaryOrders, type DecodedPrimaryOrder } from "./primary-orders.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const read = (bytes: Uint8Array, history = new PrimaryOrders()): DecodedPrimaryOrder =>
  history.read(sourceOf(bytes), 0, bytes.length);
const readHex = (hex: string, history?: PrimaryOrders): DecodedPrimaryOrder => read(bytesOf(hex), history);

describe.each(primaryOrderTypes)("%s", (_name, orderType) => {
  test("whatever stands on the wire comes back, and its spans cover each byte once", () => {
    fc.assert(
      fc.property(anyPartsOf(orderType), fc.uint8Array({ maxLength: 3 }), (parts, after) => {
        const bytes = encodePrimaryOrder(parts);
        const order = read(Uint8Array.from([...bytes, ...after]));
        expect(order).toMatchObject({ length: bytes.length, orderType, fields: parts.fields });
        expect(hexOf(encodePrimaryOrder(order))).toBe(hexOf(bytes));
        expect(tilingFault(primaryOrderSpans(order), bytes.length)).toBe(-1);
        const { fields, deviations } = PrimaryOrder.inspect(bytes);
        expect(tilingFault(fields, bytes.length)).toBe(-1);
        expect(deviations).toEqual([]);
        expect(hexOf(PrimaryOrder.encode(PrimaryOrder.decode(bytes)))).toBe(hexOf(bytes));
      }),
    );
  });

  test("each prefix is refused where it ends, and changes nothing", () => {
    fc.assert(
      fc.property(anyPartsOf(orderType), fc.nat(), (parts, cut) => {
        const bytes = encodePrimaryOrder(parts);
        const at = cut % bytes.length;
        const history = new PrimaryOrders();
        const padded = Uint8Array.from([0xff, ...bytes]);
        const refused = (): unknown => history.read(sourceOf(padded), 1, 1 + at);
        expect(refused).toThrow(DecodeError);
        expect(refused).toThrow("not enough bytes");
        expect(history).toEqual(new PrimaryOrders());
      }),
    );
  });
});

test.each([
  // Bytes that the type takes at most, as its section states.
  ["dstBlt", 5, 1, 9],
  ["patBlt", 12, 2, 26],
  ["scrBlt", 7, 1, 13],
  ["drawNineGrid", 5, 1, 10],
  ["multiDrawNineGrid", 7, 1, 396],
  ["lineTo", 10, 2, 19],
  ["opaqueRect", 7, 1, 11],
  ["saveBitmap", 6, 1, 13],
  ["memBlt", 9, 2, 17],
  ["mem3Blt", 16, 3, 34],
  ["multiDstBlt", 7, 1, 395],
  ["multiPatBlt", 14, 2, 412],
  ["multiScrBlt", 9, 2, 399],
  ["multiOpaqueRect", 9, 2, 397],
  ["fastIndex", 15, 2, 285],
  ["polygonSC", 7, 1, 249],
  ["polygonCB", 13, 2, 263],
  ["polyline", 7, 1, 148],
  ["fastGlyph", 15, 2, 285],
  ["ellipseSC", 7, 1, 13],
  ["ellipseCB", 13, 2, 27],
  ["glyphIndex", 22, 3, 297],
] as const)("%s has %i fields, %i bytes of flags and at most %i bytes", (name, count, flagBytes, most) => {
  const orderType = PrimaryOrderType[name];
  const { fields } = layoutOf(orderType);
  /** 45 rectangles; 56 points, of a polyline 32; 255 bytes of glyphs. */
  const runs = { long: 383, short: name === "polyline" ? 136 : name.startsWith("polygon") ? 238 : 255 };
  const longest = (kind: PrimaryField["kind"]): PrimaryFieldValue => {
    if (kind === "brushExtra") return new Uint8Array(7);
    return kind === "long" || kind === "short" ? new Uint8Array(runs[kind]) : 1;
  };
  const bytes = encodePrimaryOrder({
    controlFlags: 0x09,
    orderType,
    fieldFlags: 2 ** fields.length - 1,
    fields: Object.fromEntries(fields.map((field) => [field.name, longest(field.kind)])),
  });
  expect(fields).toHaveLength(count);
  expect(bytes).toHaveLength(2 + flagBytes + most);
});

test("spans carry the names of the specification", () => {
  const spans = primaryOrderSpans(readHex("0d 16 63 41 0a00 05 0100 0200 02 03 aabbcc"));
  expect([...leaves(spans)].map(({ name, type, length }) => `${name} ${type} ${length}`)).toEqual([
    "controlFlags u8 1",
    "orderType u8 1",
    "fieldFlags u8 1",
    "bounds.flags u8 1",
    "bounds.left i16 2",
    "bounds.right i8 1",
    "xStart i16 2",
    "yStart i16 2",
    "numDeltaEntries u8 1",
    "codedDeltaListLength u8 1",
    "codedDeltaList bytes 3",
  ]);
});

describe("an encoder refuses", () => {
  const good: PrimaryOrderParts = { controlFlags: 0x09, orderType: 0, fieldFlags: 1, fields: { nLeftRect: 1 } };
  test.each([
    ["a field without its flag", { fieldFlags: 0 }, "DSTBLT_ORDER.nLeftRect: given, and its flag is not set"],
    ["a flag without its field", { fieldFlags: 3 }, "DSTBLT_ORDER.nTopRect: value missing"],
    ["a field of another order", { fields: { nLeftRect: 1, x: 1 } }, "DSTBLT_ORDER.x: not a field of this order"],
    [
      "a coordinate of more than 16 bits",
      { fields: { nLeftRect: 40_000 } },
      "value out of range: 40000, allowed -32768 to 32767",
    ],
    ["a large difference", { controlFlags: 0x19, fields: { nLeftRect: 200 } }, "allowed -128 to 127"],
    ["bytes for a number", { fields: { nLeftRect: new Uint8Array(2) } }, "DSTBLT_ORDER.nLeftRect: value out of range"],
    [
      "flags in bytes that are not sent",
      { controlFlags: 0x49 },
      "DSTBLT_ORDER.fieldFlags: value out of range: 1, allowed 0, as none is sent",
    ],
    ["an unknown type", { orderType: 3 }, "PRIMARY_DRAWING_ORDER.orderType: value out of range: 3"],
    ["another class", { controlFlags: 0x0b }, "DSTBLT_ORDER.controlFlags: value out of range: 11"],
    [
      "a rectangle that is not announced",
      { bounds: { left: 1 } },
      "DSTBLT_ORDER.bounds.left: given, and its flag is not set",
    ],
    ["bounds without flags", { controlFlags: 0x0d }, "DSTBLT_ORDER.bounds.flags: value missing"],
  ])("%s", (_, change, message) => {
    expect(encodePrimaryOrder(good)).toEqual(bytesOf("09 00 01 0100"));
    expect(() => encodePrimaryOrder({ ...good, ...change })).toThrow(message);
    expect(() => encodePrimaryOrder({ ...good, ...change })).toThrow(EncodeError);
  });
});
