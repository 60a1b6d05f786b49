import { BitmapFlags, bitmapPixels, BitmapUpdate, DrawingFlags } from "@railvail/transport";
import { describe, expect, test } from "vitest";
import { withCapabilities, type ClientCapability } from "../connection/capability-list.js";
import { clientCapabilities } from "../connection/client-capabilities.js";
import { tileCompressor } from "./compress-tile.js";
import { frameUpdates } from "./frame-updates.js";
import { Region } from "./region.js";
import { chooseUpdates, type UpdateChoice } from "./update-choice.js";

const choices = { desktopWidth: 640, desktopHeight: 480, rail: false, keyboardLayout: 0, keyboardType: 4 };
const usual = clientCapabilities(choices);
const stating = (changes: object) => {
  const bitmap = usual.find(({ type }) => type === "bitmap") as Extract<ClientCapability, { type: "bitmap" }>;
  return withCapabilities(usual, [{ ...bitmap, ...changes }]);
};
const skipsAlpha = stating({ drawingFlags: DrawingFlags.DRAW_ALLOW_SKIP_ALPHA });

const [width, height] = [131, 75];
/** Stripes that repeat, and a part that does not. */
const pixels = Uint8Array.from({ length: width * height * 4 }, (_, at) => {
  const [x, y] = [Math.floor(at / 4) % width, Math.floor(at / 4 / width)];
  return at % 4 === 3 ? 0xff : x < 100 ? (y & 0x18) * 8 : (x * 40) & 0xf8;
});
const image = { width, height, stride: width * 4, pixels };

describe.each([15, 16, 24, 32] as const)("tiles of %i bits", (bitsPerPixel) => {
  const choice: UpdateChoice = {
    kind: "bitmap",
    bitsPerPixel,
    maximumSize: 16_377,
    frameMarkers: false,
    maximumFrames: undefined,
    compressionHeader: false,
  };

  test("are small, and open to what they were", () => {
    const encodeTile = tileCompressor(skipsAlpha);
    const shown = new Uint8Array(pixels.length);
    let [bytes, compressed] = [0, 0];
    const all = Region.of({ left: 0, top: 0, right: width, bottom: height });
    for (const { data } of frameUpdates(choice, image, all, { encodeTile })) {
      bytes += data.length;
      for (const rectangle of BitmapUpdate.decode(data).rectangles) {
        if ((rectangle.flags & BitmapFlags.BITMAP_COMPRESSION) !== 0) compressed++;
        const tile = bitmapPixels(rectangle);
        for (let y = 0; y < tile.height; y++) {
          const row = tile.bgra.subarray(y * tile.width * 4, (y + 1) * tile.width * 4);
          shown.set(row, ((tile.top + y) * width + tile.left) * 4);
        }
      }
    }
    // The lowest bits of colours are those that the highest ones repeat, if not all are sent.
    const lost = bitsPerPixel < 24 ? 0xf8 : 0xff;
    const highest = (of: Uint8Array) => of.map((byte, at) => (at % 4 === 3 ? byte : byte & lost));
    expect(Buffer.compare(highest(shown), highest(pixels))).toBe(0);
    expect(compressed).toBe(6);
    expect(bytes).toBeLessThan(pixels.length / 10);
  });
});

test("a client that opens no compressed tiles gets none", () => {
  expect(tileCompressor(stating({ bitmapCompressionFlag: 0 }))).toBeUndefined();
  expect(tileCompressor([])).toBeUndefined();
});

test("a client that needs alpha gets it, opaque everywhere", () => {
  const bitsPerPixel = 32;
  const tile = { bgra: new Uint8Array(64).fill(9), stride: 16, width: 4, height: 4 };
  const [needed, skipped] = [stating({ drawingFlags: 0 }), skipsAlpha].map(
    (stated) => tileCompressor(stated)?.(tile, bitsPerPixel) as Uint8Array,
  );
  expect(needed?.length).toBeGreaterThan(skipped?.length ?? 0);
  const square = {
    width: 8,
    height: 8,
    stride: 32,
    pixels: new Uint8Array(256).map((_, at) => (at % 4 === 3 ? at : 9)),
  };
  const choice = chooseUpdates(stating({ drawingFlags: 0 }), { surfaceCommands: false }) as UpdateChoice;
  const encodeTile = tileCompressor(stating({ drawingFlags: 0 }));
  const all = Region.of({ left: 0, top: 0, right: 8, bottom: 8 });
  const [update] = [...frameUpdates(choice, square, all, { encodeTile })];
  const [rectangle] = BitmapUpdate.decode(update?.data ?? new Uint8Array(0)).rectangles;
  const { bgra } = bitmapPixels(rectangle as BitmapUpdate["rectangles"][number], { keepAlpha: true });
  expect([...bgra]).toEqual(Array.from({ length: 64 }, () => [9, 9, 9, 0xff]).flat());
});
