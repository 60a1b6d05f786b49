import { DecodeError, EncodeError, sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyPartsOf, anyWish } from "../testing/primary-order-arbitraries.js";
import { PrimaryOrderType } from "./pdu/primary-order.js";
import { encodePrimaryOrder } from "./primary-order-write.js";
import { PrimaryOrders, type DecodedPrimaryOrder } from "./primary-orders.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const read = (bytes: Uint8Array, history = new PrimaryOrders()): DecodedPrimaryOrder =>
  history.read(sourceOf(bytes), 0, bytes.length);
const readHex = (hex: string, history?: PrimaryOrders): DecodedPrimaryOrder => read(bytesOf(hex), history);

describe("the history", () => {
  test("what one side encodes, the other decodes, over any number of orders", () => {
    fc.assert(
      fc.property(fc.array(anyWish, { maxLength: 20 }), (wishes) => {
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
    const whole = { nLeftRect: 5, bRop: 0, brushExtra: new Uint8Array(7) };
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
    const order = readHex("1d 0a 01 12 05 ff00 09", history);
    expect(order.values).toMatchObject({ nLeftRect: undefined, nTopRect: undefined, blue: undefined });
    expect(order.clip).toEqual({ left: undefined, top: 255, right: undefined, bottom: undefined });
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

  test("an encoder that refuses leaves it as it was", () => {
    const history = new PrimaryOrders();
    expect(() => history.encode(PrimaryOrderType.dstBlt, { nLeftRect: 1, y: 1 })).toThrow(
      "DSTBLT_ORDER.y: not a field of this order",
    );
    expect(() => history.encode(PrimaryOrderType.dstBlt, { bRop: 256 })).toThrow(EncodeError);
    expect(() => history.encode(0x03, {})).toThrow(EncodeError);
    expect(history).toEqual(new PrimaryOrders());
  });
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
    expect(readHex("0d 00 00 0f 0a00 1400 1e00 2800", history).clip).toEqual({
      left: 10,
      top: 20,
      right: 30,
      bottom: 40,
    });
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

  test("an encoder sends what has changed, in as few bytes as it can", () => {
    const history = new PrimaryOrders();
    const next = (...wished: Parameters<PrimaryOrders["encode"]>): string => hexOf(history.encode(...wished));
    const { opaqueRect } = PrimaryOrderType;
    expect(next(opaqueRect, { nLeftRect: 300, nTopRect: 10, green: 5 })).toBe("090a232c010a0005");
    expect(next(opaqueRect, { nLeftRect: 310, nTopRect: 10, green: 5 })).toBe("11010a");
    expect(next(opaqueRect, { nLeftRect: 310 })).toBe("41");
    const clip = { left: 0, top: 1, right: 500, bottom: -1 };
    expect(next(opaqueRect, {}, clip)).toBe("45a401f401ff");
    expect(next(opaqueRect, {}, clip)).toBe("65");
    history.lost();
    expect(next(opaqueRect, { nLeftRect: 310 }, { ...clip, left: 0 })).toBe("0d0a010f00000100f401ffff3601");
  });
});

describe("hostile input", () => {
  test("is refused, or read and written back", () => {
    const start = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      anyPartsOf(PrimaryOrderType.glyphIndex).map(encodePrimaryOrder),
    );
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
    [
      "03",
      "PRIMARY_DRAWING_ORDER.controlFlags at byte 0: value out of range: 3, allowed TS_STANDARD without TS_SECONDARY",
    ],
    ["09 03", "PRIMARY_DRAWING_ORDER.orderType at byte 1: value out of range: 3, allowed types of primary orders"],
    ["0d 00 00", "DSTBLT_ORDER.bounds.flags at byte 3: not enough bytes: needed 1, have 0"],
    ["0d 00 00 30 01", "DSTBLT_ORDER.bounds.top at byte 5: not enough bytes: needed 1, have 0"],
    ["09 12 0001 ffff 00", "MULTI_OPAQUERECT_ORDER.codedDeltaList at byte 6: not enough bytes: needed 65535, have 1"],
  ])("%s", (hex, message) => {
    expect(() => readHex(hex)).toThrow(DecodeError);
    expect(() => readHex(hex)).toThrow(message);
  });
});
