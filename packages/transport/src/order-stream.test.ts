import { existsSync, readFileSync } from "node:fs";
import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyPartsOf, primaryOrderTypes } from "../testing/primary-order-arbitraries.js";
import { OrderStream, type OrderSpan } from "./order-stream.js";
import {
  CompDeskOrder,
  CreateNineGridBitmapOrder,
  CreateOffscreenBitmapOrder,
  FrameMarkerOrder,
  StreamBitmapFirstOrder,
  StreamBitmapNextOrder,
  SwitchSurfaceOrder,
} from "./pdu/altsec-orders.js";
import {
  GdiPlusCacheEndOrder,
  GdiPlusCacheFirstOrder,
  GdiPlusCacheNextOrder,
  GdiPlusEndOrder,
  GdiPlusFirstOrder,
  GdiPlusNextOrder,
} from "./pdu/gdi-plus-orders.js";
import { PrimaryOrder, PrimaryOrderType } from "./pdu/primary-order.js";
import { SecondaryOrder } from "./pdu/secondary-order.js";
import { OrdersUpdate } from "./pdu/update.js";
import { encodePrimaryOrder } from "./primary-order-write.js";
import { PrimaryOrders } from "./primary-orders.js";

interface Vector {
  readonly name: string;
  readonly hex: string;
}
const folder = new URL("../../../../shared/vectors/open/", import.meta.url);
const present = existsSync(folder);
const load = (area: string): Vector[] =>
  present ? (JSON.parse(readFileSync(new URL(`${area}.json`, folder), "utf8")) as Vector[]) : [];
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const walk = (bytes: Uint8Array, numberOrders: number): OrderSpan[] => [
  ...new OrderStream().walk(sourceOf(bytes), 0, bytes.length, numberOrders),
];
const walkHex = (hex: string, numberOrders: number): OrderSpan[] => walk(bytesOf(hex), numberOrders);

const windowOrder = bytesOf("2e0b000000002105000000");
const block = bytesOf("0102030405");
/** One of each alternate secondary order but the windowing one. */
const altsec: readonly Uint8Array[] = [
  SwitchSurfaceOrder.encode({ bitmapId: 0xffff }),
  CreateOffscreenBitmapOrder.encode({ offscreenBitmapId: 7, deleteListPresent: 0, cx: 64, cy: 32 }),
  CreateOffscreenBitmapOrder.encode({
    offscreenBitmapId: 7,
    deleteListPresent: 0,
    cx: 64,
    cy: 32,
    deleteList: [1, 2, 3],
  }),
  StreamBitmapFirstOrder.encode({
    bitmapFlags: 0,
    bitmapBpp: 32,
    bitmapType: 1,
    bitmapWidth: 4,
    bitmapHeight: 4,
    bitmapSize: 64,
    bitmapBlock: block,
  }),
  StreamBitmapFirstOrder.encode({
    bitmapFlags: 4,
    bitmapBpp: 32,
    bitmapType: 1,
    bitmapWidth: 400,
    bitmapHeight: 400,
    bitmapSize: 640_000,
    bitmapBlock: block,
  }),
  StreamBitmapNextOrder.encode({ bitmapFlags: 1, bitmapType: 1, bitmapBlock: block }),
  CreateNineGridBitmapOrder.encode({
    bitmapBpp: 32,
    bitmapId: 1,
    cx: 8,
    cy: 8,
    nineGridInfo: {
      flFlags: 1,
      ulLeftWidth: 1,
      ulRightWidth: 1,
      ulTopHeight: 1,
      ulBottomHeight: 1,
      crTransparent: 0,
    },
  }),
  GdiPlusFirstOrder.encode({ cbTotalSize: 9, cbTotalEmfSize: 9, emfRecords: block }),
  GdiPlusNextOrder.encode({ emfRecords: block }),
  GdiPlusEndOrder.encode({ cbTotalSize: 9, cbTotalEmfSize: 9, emfRecords: block }),
  GdiPlusCacheFirstOrder.encode({
    flags: 1,
    cacheType: 1,
    cacheIndex: 2,
    cbTotalSize: 9,
    emfRecords: block,
  }),
  GdiPlusCacheNextOrder.encode({ flags: 0, cacheType: 1, cacheIndex: 2, emfRecords: block }),
  GdiPlusCacheEndOrder.encode({
    flags: 0,
    cacheType: 1,
    cacheIndex: 2,
    cbTotalSize: 9,
    emfRecords: block,
  }),
  CompDeskOrder.encode({ operation: 3, data: block }),
  FrameMarkerOrder.encode({ action: 0 }),
];
const secondaryOrder = SecondaryOrder.encode({
  extraFlags: 0,
  orderType: 2,
  data: new Uint8Array(20),
});
const join = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

describe("the order stream", () => {
  test("the caches of GDI+ and the bitmap type are tables", () => {
    const cache = (cacheType: number) =>
      GdiPlusCacheNextOrder.encode({ flags: 0, cacheType, cacheIndex: 2, emfRecords: block });
    const stream = (bitmapType: number) =>
      StreamBitmapNextOrder.encode({ bitmapFlags: 1, bitmapType, bitmapBlock: block });
    const unknown = [{ rule: "unknown-value" }];
    expect(GdiPlusCacheNextOrder.inspect(cache(5)).deviations).toEqual([]);
    expect(GdiPlusCacheNextOrder.inspect(cache(6)).deviations).toMatchObject(unknown);
    expect(StreamBitmapNextOrder.inspect(stream(1)).deviations).toEqual([]);
    expect(StreamBitmapNextOrder.inspect(stream(2)).deviations).toMatchObject(unknown);
  });

  test("walks any mix of orders and finds each again", () => {
    const any = fc.oneof(
      fc.constantFrom(windowOrder, secondaryOrder, ...altsec),
      fc
        .constantFrom(...primaryOrderTypes)
        .chain(([, type]) => anyPartsOf(type))
        .map(encodePrimaryOrder),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (orders) => {
        const bytes = join(orders);
        const spans = walk(bytes, orders.length);
        expect(spans.map(({ offset, end }) => hexOf(bytes.subarray(offset, end)))).toEqual(orders.map(hexOf));
        for (const span of spans) {
          if ("pdu" in span) expect(() => span.pdu.read(sourceOf(bytes), span.offset, span.end)).not.toThrow();
          else expect(span.kind).toBe("window");
        }
      }),
    );
  });

  test("covers any bytes exactly once and never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat({ max: 20 }), (bytes, numberOrders) => {
        let at = 0;
        for (const span of walk(bytes, numberOrders)) {
          expect(span.offset).toBe(at);
          expect(span.end).toBeGreaterThanOrEqual(at);
          at = span.end;
        }
        expect(at).toBe(numberOrders === 0 || bytes.length > 0 ? bytes.length : 0);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["a primary order of unknown type", "0903ff00", 2, "unknown-type", 2],
    ["a primary order cut off", "0901ff00", 2, "truncated", 2],
    ["a run of bytes in a primary order cut off", "09120001ffff00", 2, "truncated", 2],
    ["a control byte without a class", "00", 1, "unknown-class", 1],
    ["an alternate secondary order of unknown type", "3a00", 1, "unknown-type", 1],
    ["a windowing order cut off", "2e0b0000", 1, "truncated", 1],
    ["a windowing order without room for its flags", "2e0300", 1, "bad-length", 1],
    ["a secondary order of negative length", "03f0ff000000", 1, "bad-length", 1],
    ["fewer orders than announced", "", 3, "missing-orders", 3],
    ["more bytes than orders", "2e", 0, "extra-bytes", 0],
  ])("%s", (_, hex, numberOrders, reason, left) => {
    const spans = walkHex(hex, numberOrders);
    expect(spans).toEqual([{ kind: "unparsed", offset: 0, end: hex.length / 2, reason, left }]);
  });

  test("a frame marker in front of window orders does not hide them", () => {
    const bytes = join([FrameMarkerOrder.encode({ action: 0 }), windowOrder, windowOrder]);
    expect(walk(bytes, 3).map(({ kind }) => kind)).toEqual(["altsec", "window", "window"]);
  });

  test("primary orders follow from those before them, across updates", () => {
    const stream = new OrderStream();
    const walkOn = (hex: string, numberOrders: number): OrderSpan[] => {
      const bytes = bytesOf(hex);
      return [...stream.walk(sourceOf(bytes), 0, bytes.length, numberOrders)];
    };
    // OpaqueRect in full; a window order between; the same rectangle 5 further right.
    const first = walkOn(`090a0f0a0014001e002800${hexOf(windowOrder)}110105`, 3);
    expect(first.map(({ kind, end }) => [kind, end])).toEqual([
      ["primary", 11],
      ["window", 22],
      ["primary", 25],
    ]);
    const values = { nLeftRect: 20, nTopRect: 20, nWidth: 30, nHeight: 40 };
    expect(walkOn("110105", 1)).toMatchObject([
      { kind: "primary", orderType: PrimaryOrderType.opaqueRect, pdu: PrimaryOrder, order: { values } },
    ]);
    // What is not read may have changed the type, a broken order too.
    expect(walkOn("3a00", 1)).toMatchObject([{ kind: "unparsed", reason: "unknown-type" }]);
    expect(walkOn("110105", 1)).toMatchObject([{ kind: "unparsed", reason: "lost-type" }]);
    expect(walkOn("190a0105110105", 2)).toMatchObject([
      { kind: "primary", order: { fields: { nLeftRect: 5 }, values: { nLeftRect: undefined } } },
      { kind: "primary" },
    ]);
    stream.lost();
    expect(walkOn("41", 1)).toMatchObject([{ kind: "unparsed", reason: "lost-type", left: 1 }]);
    stream.reset();
    expect(walkOn("1101", 1)).toMatchObject([{ kind: "unparsed", reason: "truncated" }]);
    stream.reset();
    expect(walkOn("51010503", 1)).toMatchObject([
      { kind: "primary", orderType: PrimaryOrderType.patBlt, end: 3 },
      { kind: "unparsed", reason: "extra-bytes" },
    ]);
    expect(walkOn("510105", 1)).toMatchObject([{ order: { values: { nLeftRect: 10 } } }]);
  });

  test("a long stream of primary orders is walked in time and memory in proportion", () => {
    const orders = new Uint8Array(60_000).fill(0xc1);
    let count = 0;
    const spans = new OrderStream().walk(sourceOf(orders), 0, orders.length, 65_535);
    for (const span of spans) if (span.kind === "primary") count++;
    expect(count).toBe(60_000);
  });

  test("what a server encodes is walked without losing its place", () => {
    const painter = new PrimaryOrders();
    const { memBlt, glyphIndex } = PrimaryOrderType;
    const orders = Array.from({ length: 50 }, (_, at) => {
      if (at % 7 === 3) return secondaryOrder;
      const variableBytes = new Uint8Array(at);
      if (at % 5 === 0) return painter.encode(glyphIndex, { bkLeft: at * 40, variableBytes });
      return painter.encode(memBlt, { cacheId: at, nLeftRect: at * 40 });
    });
    const spans = walk(join(orders), orders.length);
    expect(spans.map(({ offset, end }) => end - offset)).toEqual(orders.map(({ length }) => length));
  });

  test("an order of desktop composition as documented ([MS-RDPEDC] 4.3.2)", () => {
    const hex = "3203160009000000200084010507000000004000000040000000";
    expect(walkHex(hex, 1)).toMatchObject([{ kind: "altsec", orderType: 0x0c, end: 26 }]);
    expect(CompDeskOrder.decode(bytesOf(hex))).toMatchObject({
      operation: 3,
      data: bytesOf(hex.slice(8)),
    });
  });
});

describe.skipIf(!present)("the order stream against vectors (skipped without ../shared/vectors)", () => {
  const find = (name: string): Uint8Array =>
    bytesOf(load("window").find((each) => each.name === `window.${name}`)?.hex ?? "");

  test("mixed with another order", () => {
    const { numberOrders, orderData } = OrdersUpdate.decode(find("mixed-with-other-order"));
    expect(walk(orderData, numberOrders)).toMatchObject([
      { kind: "window", offset: 0, end: 11 },
      { kind: "unparsed", offset: 11, end: 12, reason: "unknown-class" },
    ]);
  });

  test("a wrong order size keeps the bytes and says why; its source refuses it", () => {
    const { numberOrders, orderData } = OrdersUpdate.decode(find("wrong-order-size"));
    expect(walk(orderData, numberOrders)).toEqual([
      { kind: "unparsed", offset: 0, end: 11, reason: "truncated", left: 1 },
    ]);
  });

  test("slow path", () => {
    expect(walk(find("slow-path-deleted").subarray(6), 1)).toEqual([{ kind: "window", offset: 0, end: 11 }]);
  });
});
