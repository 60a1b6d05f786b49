import {
  CodecId,
  PixelFormat,
  type EgfxClientOutput,
  type EgfxDrawing,
  type EgfxSurface,
  type SurfaceMapping,
} from "@railvail/egfx";
import { compressPlanar } from "@railvail/transport";
import { describe, expect, test } from "vitest";
import { SurfacePictures } from "./surface-pictures.js";

const surface = (surfaceId: number, changes: Partial<EgfxSurface> = {}): EgfxClientOutput => ({
  type: "surfaceCreated",
  surface: { surfaceId, width: 8, height: 6, pixelFormat: PixelFormat.argb8888, mapping: undefined, ...changes },
});

const toWindow = (surfaceId: number, windowId: bigint): EgfxClientOutput => {
  const sizes = { mappedWidth: 8, mappedHeight: 6, targetWidth: 8, targetHeight: 6 };
  return { type: "mapped", surfaceId, mapping: { type: "window", windowId, ...sizes } };
};

const pixels = (width: number, height: number): Uint8Array =>
  Uint8Array.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 ? 128 : at % 100));

function wire(left: number, top: number, width: number, height: number, changes = {}): EgfxClientOutput {
  const destRect = { left, top, right: left + width, bottom: top + height };
  const value = { surfaceId: 1, codecId: CodecId.uncompressed, pixelFormat: PixelFormat.argb8888, destRect };
  const message = { message: "wireToSurface1", value: { ...value, bitmapData: pixels(width, height), ...changes } };
  return { type: "draw", message: message as EgfxDrawing };
}

const began: EgfxClientOutput = {
  type: "frameStarted",
  frameId: 1,
  timestamp: { hour: 0, minute: 0, second: 0, millisecond: 0 } as never,
};
const over: EgfxClientOutput = { type: "frameEnded", frameId: 1 };

function after(...outputs: readonly EgfxClientOutput[]) {
  const told: unknown[] = [];
  const pictures = new SurfacePictures(1000, {
    windowFrame: (windowId, box) => told.push({ windowId, box }),
    output: (image, left, top) =>
      told.push({ left, top, width: image.width, height: image.height, first: [...image.pixels.subarray(0, 4)] }),
    outputReset: (size) => told.push(size),
    problem: ({ rule, detail }) => told.push(`${rule}: ${detail}`),
  });
  for (const output of outputs) pictures.heard(output);
  return { pictures, told };
}

describe("surfaces as pictures", () => {
  test("show what was drawn, once the frame ends", () => {
    const { pictures, told } = after(surface(1), toWindow(1, 5n), began, wire(2, 1, 3, 2), wire(4, 4, 2, 2));
    expect(told).toEqual([{ windowId: 5, box: { left: 0, top: 0, width: 8, height: 6 } }]);
    pictures.heard(over);
    expect(told.slice(1)).toEqual([{ windowId: 5, box: { left: 2, top: 1, width: 4, height: 5 } }]);
    const picture = pictures.picture(5);
    expect(picture).toMatchObject({ width: 8, height: 6, opaque: false, path: "egfx" });
    expect(picture?.pixels.subarray(1 * 32 + 2 * 4, 1 * 32 + 5 * 4)).toEqual(pixels(3, 2).subarray(0, 12));
    // Only what changed is copied again.
    pictures.heard(wire(0, 0, 1, 1));
    expect(pictures.picture(5)?.pixels.subarray(0, 4)).toEqual(pixels(1, 1));
  });

  test("show a window's newest surface, and none that was deleted", () => {
    const { pictures } = after(surface(1), toWindow(1, 5n), surface(2, { width: 9 }));
    expect(pictures.picture(5)?.stride).toBe(32);
    pictures.heard({ type: "unmapped", surfaceId: 1, mapping: {} as SurfaceMapping, replacedBy: 2 });
    pictures.heard(toWindow(2, 5n));
    expect(pictures.picture(5)?.stride).toBe(36);
    pictures.heard({ type: "surfaceDeleted", surfaceId: 2 });
    expect(pictures.picture(5)).toBeUndefined();
  });

  test("paint the desktop where they are mapped to the output", () => {
    const mapping = { type: "output", outputOriginX: 100, outputOriginY: 50, targetWidth: 8, targetHeight: 6 } as const;
    const { told } = after(
      { type: "graphicsReset", width: 300, height: 200, monitors: [] },
      surface(1, { pixelFormat: PixelFormat.xrgb8888 }),
      { type: "mapped", surfaceId: 1, mapping },
      began,
      wire(2, 1, 3, 2),
      over,
    );
    expect(told).toEqual([
      { width: 300, height: 200 },
      { left: 100, top: 50, width: 8, height: 6, first: [0, 0, 0, 255] },
      { left: 102, top: 51, width: 3, height: 2, first: [0, 1, 2, 255] },
    ]);
  });

  test("have planar bitmaps decoded", () => {
    const bitmapData = compressPlanar({ bgra: pixels(3, 2), stride: 12, width: 3, height: 2 }, { alpha: true });
    const { pictures, told } = after(
      surface(1),
      toWindow(1, 5n),
      wire(2, 1, 3, 2, { codecId: CodecId.planar, bitmapData }),
    );
    expect(told).toHaveLength(2);
    expect(pictures.picture(5)?.pixels.subarray(2 * 32 + 2 * 4, 2 * 32 + 5 * 4)).toEqual(pixels(3, 2).subarray(12));
  });

  test("tell once of each codec that is not decoded, and of data that is damaged", () => {
    const video = wire(0, 0, 1, 1, { codecId: CodecId.avc420 });
    const planar = wire(0, 0, 2, 2, { codecId: CodecId.planar, bitmapData: Uint8Array.of(0x20, 1) });
    const { told } = after(surface(1), video, video, planar, wire(0, 0, 2, 2, { bitmapData: new Uint8Array(3) }));
    expect(told).toMatchObject([
      `surface-trouble: wireToSurface1 of codec ${CodecId.avc420}: codec-not-decoded`,
      expect.stringMatching(/^surface-trouble: wireToSurface1: planar at byte/),
      "surface-trouble: wireToSurface1 of codec 0: payload-refused",
    ]);
  });
});
