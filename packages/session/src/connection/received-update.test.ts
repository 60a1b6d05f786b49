import {
  BitmapUpdate,
  CachedPointer,
  ColorPointer,
  FastPathUpdateCode,
  Fragmentation,
  NewPointer,
  OrdersUpdate,
  PaletteUpdate,
  PointerPosition,
  PointerUpdate,
  Update,
} from "@railvail/transport";
import { describe, expect, test } from "vitest";
import { activePair, type Pair } from "../../testing/pair.js";
import { hand, updatePacket } from "../../testing/sent-bytes.js";

const rectangle = {
  destLeft: 1,
  destTop: 2,
  destRight: 3,
  destBottom: 4,
  width: 4,
  height: 4,
  bitsPerPixel: 32,
  flags: 0,
  bitmapData: { bitmapDataStream: new Uint8Array(64) },
};
const bitmap = { rectangles: [rectangle] };
const palette = { paletteEntries: [{ red: 1, green: 2, blue: 3 }] };
const orders = { numberOrders: 2, orderData: new Uint8Array([9, 8, 7]) };
const position = { xPos: 5, yPos: 6 };
const color = {
  cacheIndex: 1,
  hotSpot: { xPos: 0, yPos: 1 },
  width: 2,
  height: 2,
  xorMaskData: new Uint8Array(12),
  andMaskData: new Uint8Array(4),
};
const pointer = { xorBpp: 24, ...color };

/** The same update over the fast path and the slow one. */
const both: readonly [keyof typeof FastPathUpdateCode, Uint8Array, (pair: Pair) => unknown][] = [
  ["orders", OrdersUpdate.encode(orders), (pair) => slow(pair, { type: "orders", ...orders })],
  ["bitmap", BitmapUpdate.encode(bitmap), (pair) => slow(pair, { type: "bitmap", ...bitmap })],
  ["palette", PaletteUpdate.encode(palette), (pair) => slow(pair, { type: "palette", ...palette })],
  ["synchronize", new Uint8Array(0), (pair) => slow(pair, { type: "synchronize" })],
  ["pointerHidden", new Uint8Array(0), (pair) => slowPointer(pair, { type: "system", systemPointerType: 0 })],
  ["pointerDefault", new Uint8Array(0), (pair) => slowPointer(pair, { type: "system", systemPointerType: 0x7f00 })],
  ["pointerPosition", PointerPosition.encode(position), (pair) => slowPointer(pair, { type: "position", ...position })],
  ["colorPointer", ColorPointer.encode(color), (pair) => slowPointer(pair, { type: "color", ...color })],
  ["newPointer", NewPointer.encode(pointer), (pair) => slowPointer(pair, { type: "pointer", ...pointer })],
  [
    "cachedPointer",
    CachedPointer.encode({ cacheIndex: 3 }),
    (pair) => slowPointer(pair, { type: "cached", cacheIndex: 3 }),
  ],
];

const slow = (pair: Pair, update: Update["update"]) => pair.server.sendShareData(Update, { update });
const slowPointer = (pair: Pair, pointerAttributeData: PointerUpdate["pointerAttributeData"]) =>
  pair.server.sendShareData(PointerUpdate, { pointerAttributeData });

describe("an update", () => {
  test.each(both)("%s is the same over the fast path and the slow one", (name, body, send) => {
    const pair = activePair();
    pair.take("server", pair.server.sendUpdate(FastPathUpdateCode[name], body));
    pair.take("server", send(pair) as never);
    pair.settle();
    const [fast, other] = pair.of("client", "update");
    expect(fast).toMatchObject({ update: name, updateCode: FastPathUpdateCode[name] });
    expect(other).toEqual(fast);
    expect(pair.of("client", "pdu")).toEqual([]);
    expect(pair.violations).toEqual([]);
  });

  test("of unknown code is handed up with its bytes", () => {
    const pair = activePair();
    hand(pair, "client", updatePacket({ updateCode: 13, updateData: new Uint8Array([1, 2]) }));
    expect(pair.of("client", "update")).toEqual([
      { type: "update", update: "unknown", updateCode: 13, value: new Uint8Array([1, 2]) },
    ]);
  });

  test("that cannot be decoded is dropped with a reason", () => {
    const pair = activePair();
    hand(pair, "client", updatePacket({ updateCode: FastPathUpdateCode.bitmap, updateData: new Uint8Array(3) }));
    expect(pair.of("client", "update")).toEqual([]);
    expect(pair.violations).toEqual([expect.stringContaining("client: peer malformed")]);
  });

  test("whose share ends before it is whole is given up", () => {
    const pair = activePair();
    const part = { updateCode: FastPathUpdateCode.orders, updateData: new Uint8Array(4) };
    hand(pair, "client", updatePacket({ ...part, fragmentation: Fragmentation.first }));
    pair.take("server", pair.server.command({ type: "reactivate" }, 0));
    pair.settle();
    hand(pair, "client", updatePacket({ ...part, fragmentation: Fragmentation.last }));
    expect(pair.of("client", "update")).toEqual([]);
    expect(pair.violations).toEqual(["client: peer fragment no-first"]);
  });

  test("of the slow path that is of no known kind is handed up as the PDU that it is", () => {
    const pair = activePair();
    pair.take("server", slowPointer(pair, { type: "system", systemPointerType: 77 }));
    pair.take("server", slow(pair, { type: "unknown", tag: 9, data: new Uint8Array(2) }));
    pair.settle();
    expect(pair.of("client", "update")).toEqual([]);
    expect(pair.of("client", "pdu").map(({ pdu }) => pdu)).toEqual([PointerUpdate, Update]);
  });
});
