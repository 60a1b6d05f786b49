import { Arena } from "@railvail/wire";
import { expect, test } from "vitest";
import { WireToSurface1 } from "./wire-to-surface.js";

const bitmapData = new Uint8Array(1000).fill(7);
const value = {
  surfaceId: 1,
  codecId: 0,
  pixelFormat: 0x21,
  destRect: { left: 0, top: 0, right: 25, bottom: 10 },
  bitmapData,
};

test("bitmap data is handed on without being copied", () => {
  const [head, payload, ...more] = WireToSurface1.segments(value, new Arena(64));
  expect(head).toHaveLength(25);
  expect(payload).toBe(bitmapData);
  expect(more).toEqual([]);
  const joined = Buffer.concat([head as Uint8Array, bitmapData]);
  expect(joined).toEqual(Buffer.from(WireToSurface1.encode(value)));
});

test("decoded bitmap data is a view of the input", () => {
  const wire = WireToSurface1.encode(value);
  const decoded = WireToSurface1.decode(wire).bitmapData;
  expect(decoded.buffer).toBe(wire.buffer);
  expect(decoded.byteOffset).toBe(25);
});

test("unknown codecs and pixel formats are kept and reported", () => {
  const wire = WireToSurface1.encode({ ...value, codecId: 0x77, pixelFormat: 0x22 });
  expect(WireToSurface1.decode(wire)).toMatchObject({ codecId: 0x77, pixelFormat: 0x22 });
  const { deviations } = WireToSurface1.inspect(wire);
  expect(deviations.map(({ field }) => field)).toEqual(["codecId", "pixelFormat"]);
});
