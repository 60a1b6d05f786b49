import { bitmapData, FrameAction, type BitmapData, type SurfaceCommands } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ViewerServer } from "../../testing/viewer-server.js";
import { copyPart } from "./copy-pixels.js";
import type { Picture } from "./picture.js";

const size = { width: 40, height: 30 };
const plain = { size, clipboard: undefined, audioOutput: undefined, egfx: false };
/** The server's bitmap capability set says how large the desktop is. */
const pairOf = (settings = {}): ViewerServer => new ViewerServer({ ...plain, ...settings });

const noise = (width: number, height: number, seed = 1): Uint8Array =>
  Uint8Array.from({ length: width * height * 4 }, (_, at) =>
    at % 4 === 3 ? 255 : Math.imul(at + seed, 0x9e37_79b1) >>> 24,
  );

const tile = (left: number, top: number, width: number, height: number, compress = false): BitmapData =>
  bitmapData(
    left,
    top,
    { bgra: noise(width, height), stride: width * 4, width, height },
    { bitsPerPixel: 32, compress, noHeader: true },
  );

type SurfaceBits = Extract<SurfaceCommands["surfaceCommands"][number]["command"], { type: "setSurfaceBits" }>;

/** Surface bits have rows from the bottom. */
function surfaceBits(left: number, top: number, width: number, height: number, codecId = 0): SurfaceBits {
  const rows = Array.from({ length: height }, (_, row) =>
    noise(width, height).subarray(row * width * 4, (row + 1) * width * 4),
  );
  return {
    type: "setSurfaceBits",
    destLeft: left,
    destTop: top,
    destRight: left + width,
    destBottom: top + height,
    bpp: 32,
    flags: 0,
    codecId,
    width,
    height,
    exBitmapDataHeader: undefined,
    bitmapData: Uint8Array.from(rows.toReversed().flatMap((row) => [...row])),
  };
}

/** A part of a picture, without padding. */
function part(picture: Picture | undefined, left: number, top: number, width: number, height: number): Uint8Array {
  const into = { width, height, stride: width * 4, pixels: new Uint8Array(width * height * 4) };
  if (picture !== undefined) copyPart(picture, { left, top, width, height }, into, 0, 0);
  return into.pixels;
}

describe("the desktop of a viewer", () => {
  test("is what bitmap updates paint, compressed or not, and one frame is told for all of it", () => {
    const pair = pairOf();
    expect(pair.viewer.desktop).toBeUndefined();
    pair.bitmaps(tile(0, 0, 8, 8), tile(20, 10, 16, 8, true));
    const { desktop } = pair.viewer;
    expect(desktop).toMatchObject({ ...size, opaque: true, path: "composed" });
    expect(part(desktop, 0, 0, 8, 8)).toEqual(noise(8, 8));
    expect(part(desktop, 20, 10, 16, 8)).toEqual(noise(16, 8));
    expect([...part(desktop, 39, 29, 1, 1)]).toEqual([0, 0, 0, 255]);
    expect(pair.of("frame")).toEqual([
      { type: "frame", windowId: undefined, path: "composed", box: { left: 0, top: 0, width: 36, height: 18 } },
    ]);
    expect(pair.violations).toEqual([]);
  });

  test("is what surface bits paint; frames are acknowledged", () => {
    const pair = pairOf();
    const marker = (frameAction: number) => ({ type: "frameMarker", frameAction, frameId: 7 }) as const;
    pair.surfaceCommands(marker(FrameAction.SURFACECMD_FRAMEACTION_BEGIN), surfaceBits(3, 4, 10, 6));
    expect(pair.of("frame")).toEqual([]);
    pair.surfaceCommands(surfaceBits(0, 0, 1, 1), marker(FrameAction.SURFACECMD_FRAMEACTION_END));
    expect(pair.of("frame")).toMatchObject([{ box: { left: 0, top: 0, width: 13, height: 10 } }]);
    expect(pair.heard.filter(({ type }) => type === "frameAcknowledged")).toEqual([
      { type: "frameAcknowledged", frameId: 7 },
    ]);
    expect(part(pair.viewer.desktop, 3, 4, 10, 6)).toEqual(noise(10, 6));
    expect(pair.violations).toEqual([]);
  });

  test("is cut where it ends, and what cannot be decoded is left out", () => {
    const pair = pairOf();
    const short = {
      ...tile(0, 0, 8, 8),
      bitmapData: { bitmapComprHdr: undefined, bitmapDataStream: new Uint8Array(9) },
    };
    pair.bitmaps(tile(36, 28, 8, 8), short);
    pair.surfaceCommands(surfaceBits(0, 0, 4, 4, 3));
    expect(pair.violations).toEqual([
      "desktop: peer outside-desktop",
      "desktop: peer bitmap-malformed",
      "desktop: peer codec-not-offered",
    ]);
    expect(part(pair.viewer.desktop, 36, 28, 4, 2)).toEqual(part({ ...whole(8, 8) }, 0, 0, 4, 2));
  });

  test("takes no memory for a size that is not allowed", () => {
    const pair = pairOf({ limits: { desktopPixels: 1000, vailBytes: 0, surfacePixels: 0 } });
    pair.bitmaps(tile(0, 0, 8, 8));
    expect(pair.viewer.desktop).toBeUndefined();
    expect(pair.violations).toEqual(["desktop: peer desktop-size"]);
  });

  test("shows nothing if it has no pixels", () => {
    const pair = pairOf();
    pair.bitmaps(tile(0, 0, 8, 8));
    pair.take(pair.server.command({ type: "reactivate", desktop: { width: 20, height: 0 } }, 0));
    pair.settle();
    pair.bitmaps(tile(0, 0, 8, 8));
    expect(pair.viewer.desktop).toBeUndefined();
    expect(pair.violations).toContain("desktop: peer desktop-size");
  });

  test("keeps what is on it when it gets another size", () => {
    const pair = pairOf();
    pair.bitmaps(tile(0, 0, 8, 8));
    pair.take(pair.server.command({ type: "reactivate", desktop: { width: 20, height: 6 } }, 0));
    pair.settle();
    expect(pair.of("desktopSize")).toEqual([{ type: "desktopSize", width: 20, height: 6 }]);
    expect(pair.viewer.desktop).toMatchObject({ width: 20, height: 6 });
    expect(part(pair.viewer.desktop, 0, 0, 8, 6)).toEqual(noise(8, 8).subarray(0, 8 * 6 * 4));
  });

  test("tells of nothing that is past it when it became smaller within a frame", () => {
    const pair = pairOf();
    const marker = (frameAction: number) => ({ type: "frameMarker", frameAction, frameId: 7 }) as const;
    pair.surfaceCommands(marker(FrameAction.SURFACECMD_FRAMEACTION_BEGIN), surfaceBits(3, 2, 30, 20));
    pair.take(pair.server.command({ type: "reactivate", desktop: { width: 20, height: 6 } }, 0));
    pair.settle();
    pair.surfaceCommands(marker(FrameAction.SURFACECMD_FRAMEACTION_END));
    expect(pair.of("frame")).toMatchObject([{ box: { left: 3, top: 2, width: 17, height: 4 } }]);
  });
});

const whole = (width: number, height: number): Picture => ({
  width,
  height,
  stride: width * 4,
  pixels: noise(width, height),
  left: 0,
  top: 0,
  opaque: true,
  rotation: 0,
  path: "composed",
});

test("parts of images are copied pixel by pixel, as far as both have them", () => {
  const coordinate = fc.integer({ min: -5, max: 12 });
  const length = fc.integer({ min: 0, max: 14 });
  fc.assert(
    fc.property(coordinate, coordinate, length, length, coordinate, coordinate, (left, top, width, height, x, y) => {
      const from = whole(7, 6);
      const into = { ...whole(9, 5), pixels: new Uint8Array(9 * 5 * 4) };
      const expected = into.pixels.slice();
      let drawn = 0;
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const [fromX, fromY, toX, toY] = [left + column, top + row, x + column, y + row];
          if (fromX < 0 || fromY < 0 || fromX >= 7 || fromY >= 6) continue;
          if (toX < 0 || toY < 0 || toX >= 9 || toY >= 5) continue;
          const at = (fromY * 7 + fromX) * 4;
          expected.set(from.pixels.subarray(at, at + 4), (toY * 9 + toX) * 4);
          drawn++;
        }
      }
      const box = copyPart(from, { left, top, width, height }, into, x, y);
      expect(into.pixels).toEqual(expected);
      expect((box?.width ?? 0) * (box?.height ?? 0)).toBe(drawn);
    }),
  );
});
