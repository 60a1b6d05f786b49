/** RemoteFX reaches the decoder and what it decodes the right place; the codec's own tests are those of egfx. */
import { existsSync, readFileSync } from "node:fs";
import { CodecId, PixelFormat, type EgfxDrawing } from "@railvail/egfx";
import { describe, expect, test } from "vitest";
import { ViewerServer } from "../../testing/viewer-server.js";
import { SurfacePictures } from "./surface-pictures.js";

const folder = "../shared/vectors/open";
const [width, height] = [64, 64];

const bits = (bitmapData: Uint8Array, destLeft: number, destTop: number) =>
  ({
    type: "streamSurfaceBits",
    destLeft,
    destTop,
    destRight: destLeft + width,
    destBottom: destTop + height,
    bpp: 32,
    flags: 0,
    codecId: 3,
    width,
    height,
    exBitmapDataHeader: undefined,
    bitmapData,
  }) as const;

const plain = { size: { width: 100, height: 90 }, clipboard: undefined, audioOutput: undefined, egfx: false };

const drawing = (bitmapData: Uint8Array): EgfxDrawing => ({
  message: "wireToSurface1",
  value: {
    surfaceId: 1,
    codecId: CodecId.caVideo,
    pixelFormat: PixelFormat.xrgb8888,
    bitmapData,
    destRect: { left: 8, top: 4, right: 8 + width, bottom: 4 + height },
  },
});

function surfaces() {
  const told: unknown[] = [];
  const pictures = new SurfacePictures(10_000, {
    windowFrame: (windowId, box) => told.push({ windowId, box }),
    output: () => {},
    outputReset: () => {},
    problem: ({ rule }) => told.push(rule),
  });
  const surface = { surfaceId: 1, width: 80, height: 70, pixelFormat: PixelFormat.xrgb8888, mapping: undefined };
  pictures.heard({ type: "surfaceCreated", surface });
  const sizes = { mappedWidth: 80, mappedHeight: 70, targetWidth: 80, targetHeight: 70 };
  pictures.heard({ type: "mapped", surfaceId: 1, mapping: { type: "window", windowId: 9n, ...sizes } });
  told.length = 0;
  return { pictures, told };
}

describe("RemoteFX", () => {
  test("that is damaged is left out", () => {
    const pair = new ViewerServer({ ...plain, remoteFx: true });
    pair.surfaceCommands(bits(Uint8Array.of(1, 2, 3), 0, 0));
    expect(pair.violations).toEqual(["desktop: peer bitmap-malformed"]);
    const { pictures, told } = surfaces();
    pictures.heard({ type: "draw", message: drawing(Uint8Array.of(1, 2, 3)) });
    expect(told).toContain("surface-trouble");
  });

  test("that was not offered is left out", () => {
    const pair = new ViewerServer(plain);
    pair.surfaceCommands(bits(Uint8Array.of(1, 2, 3), 0, 0));
    expect(pair.violations).toEqual(["desktop: peer codec-not-offered"]);
  });

  test.skipIf(!existsSync(folder))("paints desktops and surfaces alike (skipped without ../shared/vectors)", () => {
    const vectors = JSON.parse(readFileSync(`${folder}/codec-rfx.json`, "utf8")) as { name: string; hex: string }[];
    const hex = vectors.find(({ name }) => name === "codec-rfx.message")?.hex ?? "";
    const message = Uint8Array.from(Buffer.from(hex, "hex"));
    const rgb = readFileSync(`${folder}/codec-rfx.message.bin`);
    const pair = new ViewerServer({ ...plain, remoteFx: true });
    pair.surfaceCommands(bits(message, 8, 4), bits(message, 60, 50));
    const { pictures, told } = surfaces();
    pictures.heard({ type: "draw", message: drawing(message) });
    expect(told).toEqual([{ windowId: 9, box: { left: 8, top: 4, width, height } }]);
    expect(pair.violations).toEqual([]);
    for (const picture of [pair.viewer.desktop, pictures.picture(9)]) {
      let farthest = 0;
      for (let y = 0; y < 40; y++) {
        for (let x = 0; x < 50; x++) {
          const at = (y + 4) * (picture?.stride ?? 0) + (x + 8) * 4;
          for (const color of [0, 1, 2]) {
            const seen = picture?.pixels[at + 2 - color] ?? -1;
            farthest = Math.max(farthest, Math.abs(seen - (rgb[(y * width + x) * 3 + color] ?? 0)));
          }
        }
      }
      expect(farthest).toBeLessThanOrEqual(1);
    }
  });
});
