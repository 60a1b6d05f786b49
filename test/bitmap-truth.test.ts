import { crc32 } from "node:zlib";
import { RfxPainter } from "@railvail/egfx";
import { bitmapData, bitmapPixels, BitmapUpdate, SurfaceCommands, Update, type BitmapData } from "@railvail/transport";
import { describe, expect, test } from "vitest";
import { captureFile, captures, isMessage, walk, whyLess } from "./recordings.js";

/** The rectangles of all bitmap updates of a session, in order. */
async function rectanglesOf(name: string): Promise<BitmapData[]> {
  const rectangles: BitmapData[] = [];
  // The memory of messages is used again.
  const keep = (rectangle: BitmapData): void => {
    const { bitmapComprHdr, bitmapDataStream } = rectangle.bitmapData;
    rectangles.push({ ...rectangle, bitmapData: { bitmapComprHdr, bitmapDataStream: bitmapDataStream.slice() } });
  };
  await walk(captureFile(name), (record) => {
    if (!isMessage(record) || record.value === undefined) return;
    if (record.pdu === BitmapUpdate) (record.value as BitmapUpdate).rectangles.forEach(keep);
    else if (record.pdu === Update) {
      const { update } = record.value as Update;
      if (update.type === "bitmap") update.rectangles.forEach(keep);
    }
  });
  return rectangles;
}

/**
 * What FreeRDP's library (2.11) made of the same rectangles: the CRC-32 of all their pixels. Those of
 * 16 bits it gave as they are; it has colors of 6 bits a little brighter than others.
 */
const sessions = [
  { name: "debian-xrdp-desktop", bitsPerPixel: 32, count: 217, crc: 0x832a2d63 },
  { name: "debian-xrdp-rail", bitsPerPixel: 16, count: 269, crc: 0x6d8e3960 },
  { name: "debian-shadow-gfx-avc420", bitsPerPixel: 32, count: 80, crc: 0xf30703cb },
] as const;

describe.skipIf(captures.length === 0)(`bitmaps of recorded sessions (${whyLess})`, () => {
  test.each(sessions)("$name has the pixels that another decoder sees", async ({ name, bitsPerPixel, count, crc }) => {
    const rectangles = await rectanglesOf(name);
    expect(rectangles.length).toBe(count);
    expect(new Set(rectangles.map((each) => each.bitsPerPixel))).toEqual(new Set([bitsPerPixel]));
    expect(rectangles.reduce((sum, each) => crc32(bitmapPixels(each).bgra, sum), 0)).toBe(crc);
  });

  test.each(sessions)("$name is not longer when we compress it", async ({ name, bitsPerPixel }) => {
    let theirs = 0;
    let ours = 0;
    for (const rectangle of await rectanglesOf(name)) {
      const { left, top, width, height, bgra } = bitmapPixels({ ...rectangle, destRight: 0xffff, destBottom: 0xffff });
      const pixels = { bgra, stride: width * 4, width, height };
      const made = bitmapData(left, top, pixels, { bitsPerPixel, compress: true, noHeader: true });
      expect(Buffer.compare(bitmapPixels(made).bgra, bgra)).toBe(0);
      theirs += rectangle.bitmapData.bitmapDataStream.length;
      ours += made.bitmapData.bitmapDataStream.length;
    }
    expect(ours).toBeLessThanOrEqual(theirs);
  });

  test("the frames of debian-shadow-rfx make the picture that we had compared", async () => {
    const target = { pixels: new Uint8Array(480 * 320 * 4), stride: 480 * 4, width: 480, height: 320 };
    const painter = new RfxPainter();
    let frames = 0;
    await walk(captureFile("debian-shadow-rfx"), (record) => {
      if (!isMessage(record) || record.value === undefined || record.pdu !== SurfaceCommands) return;
      for (const { command } of (record.value as SurfaceCommands).surfaceCommands) {
        if (command.type !== "streamSurfaceBits") continue;
        expect(painter.paint(command.bitmapData, target)).toHaveLength(1);
        frames++;
      }
    });
    expect(frames).toBe(17);
    // FreeRDP's library has the same or 1 less everywhere: it does not round.
    expect(crc32(target.pixels)).toBe(0xe0cf628f);
  });
});
