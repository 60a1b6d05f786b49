import { DecodeError, EncodeError, leaves, sourceOf, tilingFault } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PrimaryOrder, PrimaryOrderType } from "./pdu/primary-order.js";
import { primaryOrderLayouts, type PrimaryField } from "./primary-order-fields.js";
import type { PrimaryFieldValue, PrimaryOrderParts } from "./primary-order-parts.js";
import { encodePrimaryOrder, primaryOrderSpans } from "./primary-order-write.js";
import { PrimaryOrders, type DecodedPrimaryOrder } from "./primary-orders.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const read = (bytes: Uint8Array, history = new PrimaryOrders()): DecodedPrimaryOrder =>
  history.read(sourceOf(bytes), 0, bytes.length);
const readHex = (hex: string, history?: PrimaryOrders): DecodedPrimaryOrder => read(bytesOf(hex), history);
const types = Object.entries(PrimaryOrderType);

const coordinate = fc.oneof(fc.integer({ min: -0x8000, max: 0x7fff }), fc.integer({ min: -99, max: 99 }));
const delta = fc.integer({ min: -0x80, max: 0x7f });
const byte = fc.integer({ min: 0, max: 0xff });

function valueOf({ kind }: PrimaryField, isDelta: boolean): fc.Arbitrary<PrimaryFieldValue> {
  switch (kind) {
    case "coord":
      return isDelta ? delta : coordinate;
    case "i16":
      return coordinate;
    case "u8":
      return byte;
    case "u16":
      return fc.integer({ min: 0, max: 0xffff });
    case "color":
      return fc.integer({ min: 0, max: 0xff_ffff });
    case "u32":
      return fc.integer({ min: 0, max: 0xffff_ffff });
    case "brushExtra":
      return fc.uint8Array({ minLength: 7, maxLength: 7 });
    case "short":
      return fc.uint8Array({ maxLength: 255, size: "max" });
    case "long":
      return fc.uint8Array({ maxLength: 500, size: "max" });
  }
}

/** Any order of the type, as it may stand on the wire: odd flags, and bits without a field. */
const partsOf = (orderType: number): fc.Arbitrary<PrimaryOrderParts> => {
  const { fields } = primaryOrderLayouts[orderType]!;
  const flagBytes = Math.ceil((fields.length + 1) / 8);
  const bits = fc.record({ controlFlags: byte, fieldFlags: fc.nat({ max: 0xff_ffff }), boundsFlags: byte });
  return bits.chain((drawn) => {
    const controlFlags = (drawn.controlFlags & 0xfc) | 0x09;
    const sent = Math.max(0, flagBytes - (controlFlags >>> 6));
    const fieldFlags = drawn.fieldFlags & (2 ** (8 * sent) - 1);
    const present = fields.filter((_, bit) => (fieldFlags & (1 << bit)) !== 0);
    const edge = (bit: number): fc.Arbitrary<number | undefined> => {
      if ((drawn.boundsFlags & (0x01 << bit)) !== 0) return coordinate;
      return (drawn.boundsFlags & (0x10 << bit)) !== 0 ? delta : fc.constant(undefined);
    };
    const isDelta = (controlFlags & 0x10) !== 0;
    const values = Object.fromEntries(present.map((field) => [field.name, valueOf(field, isDelta)]));
    const bounds = fc.record({ left: edge(0), top: edge(1), right: edge(2), bottom: edge(3) });
    return fc.tuple(fc.record(values), bounds).map(([given, rectangle]) => {
      const common = { controlFlags, orderType, fieldFlags, fields: given };
      const sends = (controlFlags & 0x24) === 0x04;
      return sends ? { ...common, boundsFlags: drawn.boundsFlags, bounds: rectangle } : common;
    });
  });
};

describe.each(types)("%s", (_name, orderType) => {
  test("whatever stands on the wire comes back, and its spans cover each byte once", () => {
    fc.assert(
      fc.property(partsOf(orderType), fc.uint8Array({ maxLength: 3 }), (parts, after) => {
        const bytes = encodePrimaryOrder(parts);
        const order = read(Uint8Array.from([...bytes, ...after]));
        expect(order).toMatchObject({ length: bytes.length, orderType, fields: parts.fields });
        expect(hexOf(encodePrimaryOrder(order))).toBe(hexOf(bytes));
        expect(tilingFault(primaryOrderSpans(order), bytes.length)).toBe(-1);
        const { fields, value, deviations } = PrimaryOrder.inspect(bytes);
        expect(tilingFault(fields, bytes.length)).toBe(-1);
        expect(deviations).toEqual([]);
        expect(hexOf(PrimaryOrder.encode(value!))).toBe(hexOf(bytes));
      }),
    );
  });

  test("each prefix is refused where it ends, and changes nothing", () => {
    fc.assert(
      fc.property(partsOf(orderType), fc.nat(), (parts, cut) => {
        const bytes = encodePrimaryOrder(parts);
        const at = cut % bytes.length;
        const history = new PrimaryOrders();
        const padded = Uint8Array.from([0xff, ...bytes]);
        const refused = (): unknown => history.read(sourceOf(padded), 1, 1 + at);
        expect(refused).toThrow(DecodeError);
        expect(refused).toThrow(expect.objectContaining({ issue: { code: "not-enough-bytes", needed: expect.any(Number), available: expect.any(Number) } }));
        expect(history).toEqual(new PrimaryOrders());
      }),
    );
  });
});

/** Some fields of a random type, as a painter would give them. */
const wish = fc
  .constantFrom(...types.map(([, orderType]) => orderType), PrimaryOrderType.opaqueRect, PrimaryOrderType.lineTo)
  .chain((orderType) => {
    const { fields } = primaryOrderLayouts[orderType]!;
    const values = Object.fromEntries(fields.map((field) => [field.name, valueOf(field, false)]));
    const clip = fc.record({ left: coordinate, top: coordinate, right: coordinate, bottom: coordinate });
    return fc.record({
      orderType: fc.constant(orderType),
      values: fc.record(values, { requiredKeys: [] }),
      clip: fc.option(clip, { nil: undefined }),
    });
  });

describe("the history", () => {
  test("what one side encodes, the other decodes, over any number of orders", () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 20 }), (wishes) => {
        const sender = new PrimaryOrders();
        const receiver = new PrimaryOrders();
        const inForce = new Map<number, object>();
        for (const { orderType, values, clip } of wishes) {
          const expected = { ...inForce.get(orderType), ...values };
          inForce.set(orderType, expected);
          const order = read(sender.encode(orderType, values, clip), receiver);
          expect(order).toMatchObject({ orderType, values: expected });
          expect(order.clip).toEqual(clip);
        }
        expect(receiver).toEqual(sender);
      }),
    );
  });

  test("starts with PatBlt and zeros, and again after a reset", () => {
    const history = new PrimaryOrders();
    const whole = expect.objectContaining({ nLeftRect: 5, bRop: 0, brushExtra: new Uint8Array(7) });
    expect(readHex("51 01 05", history)).toMatchObject({ name: "PATBLT_ORDER", values: whole });
    readHex("19 0a 01 07", history);
    history.reset();
    expect(readHex("51 01 05", history)).toMatchObject({ name: "PATBLT_ORDER", values: whole });
  });

  test("after a loss the type must be stated, and values are unknown until they are sent", () => {
    const history = new PrimaryOrders();
    readHex("0d 0a 01 0f 0100 0200 0300 0400 6400", history);
    history.lost();
    expect(() => readHex("01 01 6400", history)).toThrow(
      "PRIMARY_DRAWING_ORDER.controlFlags at byte 0: value out of range: 1, allowed TS_TYPE_CHANGE",
    );
    const order = readHex("1d 0a 01 12 0500 ff 09", history);
    expect(order.values).toMatchObject({ nLeftRect: undefined, nTopRect: undefined, blue: undefined });
    expect(order.clip).toEqual({ left: undefined, top: undefined, right: undefined, bottom: undefined });
    expect(order.fields).toEqual({ nLeftRect: 9 });
  });

  test("keeps no view of the source", () => {
    const history = new PrimaryOrders();
    const bytes = bytesOf("09 16 60 03 02 aabb");
    const order = read(bytes, history);
    bytes.fill(0);
    expect(order.fields["codedDeltaList"]).toEqual(bytesOf("0000"));
    expect(readHex("01 00", history).values["codedDeltaList"]).toEqual(bytesOf("aabb"));
  });

  test("coordinates wrap at 16 bits", () => {
    const history = new PrimaryOrders();
    readHex("09 00 01 ff7f", history);
    expect(readHex("11 01 02", history).values["nLeftRect"]).toBe(-0x7fff);
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
  const { fields } = primaryOrderLayouts[orderType]!;
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

describe("examples", () => {
  test("as documented ([MS-RDPEGDI] 4.1.12)", () => {
    const order = readHex("19 0b 1b 74450000 79 70 10");
    expect(order).toMatchObject({ name: "SAVEBITMAP_ORDER", spec: "[MS-RDPEGDI] 2.2.2.2.1.1.2.12", length: 10 });
    expect(order.fields).toEqual({
      savedBitmapPosition: 17780,
      nLeftRect: 121,
      nRightRect: 112,
      nBottomRect: 16,
    });
  });

  test("a bounding rectangle with two edges in full, one as a difference and one kept", () => {
    const history = new PrimaryOrders();
    // All edges in full; then the left kept, the top moved, the others in full; then as it is.
    expect(readHex("0d 00 00 0f 0a00 1400 1e00 2800", history).clip).toEqual({ left: 10, top: 20, right: 30, bottom: 40 });
    const moved = readHex("05 00 2c fe 6400 c800", history);
    expect(moved).toMatchObject({ boundsFlags: 0x2c, bounds: { top: -2, right: 100, bottom: 200 } });
    expect(moved.clip).toEqual({ left: 10, top: 18, right: 100, bottom: 200 });
    expect(readHex("01 00", history).clip).toBeUndefined();
    expect(readHex("25 00", history)).toMatchObject({ length: 2, clip: moved.clip });
  });

  test("an edge flagged both ways is in full", () => {
    expect(readHex("05 0000 11 0a00")).toMatchObject({ boundsFlags: 0x11, clip: { left: 10 } });
  });

  test("bytes of field flags that are not sent are zero, from the last", () => {
    const glyphs = (control: string, flags: string): DecodedPrimaryOrder => readHex(`${control} 1b ${flags} 07`);
    expect(glyphs("09", "010000").fields).toEqual({ cacheId: 7 });
    expect(glyphs("49", "0100").fields).toEqual({ cacheId: 7 });
    expect(glyphs("89", "01").fields).toEqual({ cacheId: 7 });
    expect(readHex("c9 1b")).toMatchObject({ length: 2, fieldFlags: 0, fields: {} });
    // A count above what the type has.
    expect(readHex("c9 00")).toMatchObject({ length: 2, fieldFlags: 0 });
  });

  test("colours are three bytes, red first; only glyph indices have coordinates that are never differences", () => {
    expect(readHex("19 09 1e02 03 b1 0e a6 5bef00").fields).toEqual({
      nXStart: 3,
      nYStart: -79,
      nXEnd: 14,
      nYEnd: -90,
      penColor: 0x00ef5b,
    });
    expect(readHex("19 1b 400000 6a02").fields).toEqual({ bkLeft: 0x26a });
    expect(readHex("19 13 1000 6a").fields).toEqual({ bkLeft: 0x6a });
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

  test("an encoder sends what has changed, in as few bytes as it can", () => {
    const history = new PrimaryOrders();
    const next = (...wished: Parameters<PrimaryOrders["encode"]>): string => hexOf(history.encode(...wished));
    const { opaqueRect } = PrimaryOrderType;
    expect(next(opaqueRect, { nLeftRect: 300, nTopRect: 10, green: 5 })).toBe("090a232c010a0005");
    expect(next(opaqueRect, { nLeftRect: 310, nTopRect: 10, green: 5 })).toBe("11010a");
    expect(next(opaqueRect, { nLeftRect: 310 })).toBe("41");
    const clip = { left: 0, top: 1, right: 500, bottom: -1 };
    expect(next(opaqueRect, {}, clip)).toBe("45a401f401ff".replace("a401f401ff", "a401f401ff"));
    expect(next(opaqueRect, {}, clip)).toBe("65");
    history.lost();
    expect(next(opaqueRect, { nLeftRect: 310 }, { ...clip, left: 0 })).toBe("0d0a010f00000100f401ffff3601");
  });
});

describe("hostile input", () => {
  test("is refused, or read and written back", () => {
    const start = fc.oneof(fc.uint8Array({ maxLength: 40 }), partsOf(PrimaryOrderType.glyphIndex).map(encodePrimaryOrder));
    fc.assert(
      fc.property(fc.array(start, { maxLength: 5 }), fc.boolean(), (chunks, whole) => {
        const history = new PrimaryOrders();
        if (!whole) history.lost();
        for (const bytes of chunks) {
          try {
            const order = read(bytes, history);
            expect(hexOf(encodePrimaryOrder(order))).toBe(hexOf(bytes.subarray(0, order.length)));
          } catch (error) {
            expect(error).toBeInstanceOf(DecodeError);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ["", "PRIMARY_DRAWING_ORDER.controlFlags at byte 0: not enough bytes: needed 1, have 0"],
    ["03", "PRIMARY_DRAWING_ORDER.controlFlags at byte 0: value out of range: 3, allowed TS_STANDARD without TS_SECONDARY"],
    ["09 03", "PRIMARY_DRAWING_ORDER.orderType at byte 1: value out of range: 3, allowed types of primary orders"],
    ["0d 00 00", "DSTBLT_ORDER.bounds.flags at byte 3: not enough bytes: needed 1, have 0"],
    ["0d 00 00 30 01", "DSTBLT_ORDER.bounds.top at byte 5: not enough bytes: needed 1, have 0"],
    ["09 12 0001 ffff 00", "MULTI_OPAQUERECT_ORDER.codedDeltaList at byte 6: not enough bytes: needed 65535, have 1"],
  ])("%s", (hex, message) => {
    expect(() => readHex(hex)).toThrow(new DecodeError("", "", 0, { code: "limit-exceeded", value: 0, limit: 0 }).constructor as never);
    expect(() => readHex(hex)).toThrow(message);
  });
});

describe("an encoder refuses", () => {
  const good: PrimaryOrderParts = { controlFlags: 0x09, orderType: 0, fieldFlags: 1, fields: { nLeftRect: 1 } };
  test.each([
    ["a field without its flag", { fieldFlags: 0 }, "DSTBLT_ORDER.nLeftRect: given, and its flag is not set"],
    ["a flag without its field", { fieldFlags: 3 }, "DSTBLT_ORDER.nTopRect: value missing"],
    ["a field of another order", { fields: { nLeftRect: 1, x: 1 } }, "DSTBLT_ORDER.x: not a field of this order"],
    ["a coordinate of more than 16 bits", { fields: { nLeftRect: 40_000 } }, "value out of range: 40000, allowed -32768 to 32767"],
    ["a large difference", { controlFlags: 0x19, fields: { nLeftRect: 200 } }, "allowed -128 to 127"],
    ["bytes for a number", { fields: { nLeftRect: new Uint8Array(2) } }, "DSTBLT_ORDER.nLeftRect: value out of range"],
    ["flags in bytes that are not sent", { controlFlags: 0x49 }, "DSTBLT_ORDER.fieldFlags: value out of range: 1, allowed 0, as none is sent"],
    ["an unknown type", { orderType: 3 }, "PRIMARY_DRAWING_ORDER.orderType: value out of range: 3"],
    ["another class", { controlFlags: 0x0b }, "DSTBLT_ORDER.controlFlags: value out of range: 11"],
    ["a rectangle that is not announced", { bounds: { left: 1 } }, "DSTBLT_ORDER.bounds.left: given, and its flag is not set"],
    ["bounds without flags", { controlFlags: 0x0d }, "DSTBLT_ORDER.bounds.flags: value missing"],
  ])("%s", (_, change, message) => {
    expect(encodePrimaryOrder(good)).toEqual(bytesOf("09 00 01 0100"));
    expect(() => encodePrimaryOrder({ ...good, ...change })).toThrow(message);
    expect(() => encodePrimaryOrder({ ...good, ...change })).toThrow(EncodeError);
  });

  test("and leaves the history as it was", () => {
    const history = new PrimaryOrders();
    expect(() => history.encode(PrimaryOrderType.dstBlt, { nLeftRect: 1, y: 1 })).toThrow("DSTBLT_ORDER.y: not a field of this order");
    expect(() => history.encode(PrimaryOrderType.dstBlt, { bRop: 256 })).toThrow(EncodeError);
    expect(() => history.encode(0x03, {})).toThrow(EncodeError);
    expect(history).toEqual(new PrimaryOrders());
  });
});
