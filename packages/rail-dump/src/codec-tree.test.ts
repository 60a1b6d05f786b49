import { Avc420BitmapStream, CodecId, PixelFormat, WireToSurface1 } from "@railvail/egfx";
import { expect, test } from "vitest";
import { messageOf } from "../testing/messages.js";
import { codecParts, type CodecPart } from "./codec-tree.js";

const region = { left: 1, top: 2, right: 3, bottom: 4 };
const stream = Avc420BitmapStream.encode({ regionRects: [region], frame: Uint8Array.of(0x16, 100, 0, 0, 0, 1, 9) });

function partsOf(codecId: number, bitmapData: Uint8Array): CodecPart[] {
  const pixelFormat = PixelFormat.xrgb8888;
  const bytes = WireToSurface1.encode({ surfaceId: 1, codecId, pixelFormat, destRect: region, bitmapData });
  const message = messageOf(WireToSurface1, bytes);
  return codecParts(message, WireToSurface1.inspect(bytes));
}

test("a codec's structures are found where they stand in the message", () => {
  expect(partsOf(CodecId.avc420, stream)).toMatchObject([
    {
      offset: 25,
      inspection: { pdu: "RFX_AVC420_BITMAP_STREAM", fields: [{ name: "numRegionRects", value: 1 }, {}, {}] },
    },
  ]);
});

test("what is damaged is shown as far as it can be read", () => {
  expect(partsOf(CodecId.avc420, stream.subarray(0, 7))).toMatchObject([
    { inspection: { error: { issue: { code: "not-enough-bytes" } } } },
  ]);
});

test("plain pixels and unknown codecs have none", () => {
  expect(partsOf(CodecId.uncompressed, new Uint8Array(16))).toEqual([]);
  expect(partsOf(0x7777, stream)).toEqual([]);
});
