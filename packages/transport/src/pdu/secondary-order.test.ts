import { sourceOf } from "@railvail/wire";
import { expect, test } from "vitest";
import { OrderStream } from "../order-stream.js";
import { SecondaryOrder, SecondaryOrderType } from "./secondary-order.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const windowOrder = "2e0b000000002105000000";

// The same rule for all: the stated length is 13 less than the order has, so below 0 for short ones.
test.each([
  ["2.2.2.2.1.2.2", "cacheBitmapUncompressed", "03 0600 0004 00", "00 00 02 02 08 0400 0100 01020304"],
  ["2.2.2.2.1.2.2", "cacheBitmapCompressed", "03 0600 0004 02", "00 00 02 02 08 0400 0100 01020304"],
  ["2.2.2.2.1.2.3", "cacheBitmapUncompressedRev2", "03 ffff a10c 04", "20 03 00 aabbcc"],
  ["2.2.2.2.1.2.3", "cacheBitmapCompressedRev2", "03 ffff a10c 05", "20 03 00 aabbcc"],
  ["2.2.2.2.1.2.4", "cacheColorTable", "03 fc03 0000 01", `00 0001 ${"00ff8800".repeat(256)}`],
  ["2.2.2.2.1.2.5", "cacheGlyph", "03 0d00 0000 03", "07 01 0300 0000 f8ff 0800 0800 1122334455667788"],
  ["2.2.2.2.1.2.6", "cacheGlyph", "03 0600 2701 03", "03 00 48 08 08 1122334455667788"],
  ["2.2.2.2.1.2.7", "cacheBrush", "03 0700 0000 07", "00 01 08 08 81 08 aa55aa55aa55aa55"],
  ["2.2.2.2.1.2.7", "cacheBrush", "03 ffff 0000 07", "00 01 08 08 03 00"],
  [
    "2.2.2.2.1.2.8",
    "cacheBitmapCompressedRev3",
    "03 1300 300c 08",
    "ff7f 35500000 74520000 20 00 00 00 0100 0100 04000000 aabbccdd",
  ],
] as const)("%s %s is as long as it states", (_section, type, header, body) => {
  const order = bytesOf(header + body);
  const bytes = bytesOf(windowOrder + header + body + windowOrder);
  const spans = [...new OrderStream().walk(sourceOf(bytes), 0, bytes.length, 3)];
  const end = 11 + order.length;
  expect(spans).toMatchObject([
    { kind: "window", offset: 0, end: 11 },
    { kind: "secondary", offset: 11, end, orderType: SecondaryOrderType[type] },
    { kind: "window", offset: end, end: end + 11 },
  ]);
  const value = SecondaryOrder.decode(order);
  expect(value).toMatchObject({ orderType: SecondaryOrderType[type], data: bytesOf(body) });
  expect(SecondaryOrder.encode(value)).toEqual(order);
});
