import { BitmapFlags, BitmapUpdate, FastPathUpdateCode, FrameAction, SurfaceCommands } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BitsPerPixel } from "../connection/color-depth.js";
import type { EncodeTile } from "./bitmap-update.js";
import { frameUpdates } from "./frame-updates.js";
import { Region, type Rectangle } from "./region.js";
import type { UpdateBody } from "./update-body.js";
import type { UpdateChoice } from "./update-choice.js";

const choice: UpdateChoice = {
  kind: "bitmap",
  bitsPerPixel: 32,
  maximumSize: 0x3fff - 6,
  frameMarkers: true,
  maximumFrames: 2,
  compressionHeader: false,
};

/** An image whose pixels all differ. */
function imageOf(width: number, height: number) {
  const stride = width * 4 + 8;
  const pixels = Uint8Array.from({ length: stride * height }, (_, at) => Math.imul(at + 1, 0x9e37_79b1) >>> 24);
  return { width, height, stride, pixels };
}

/** What is left of 8 bits when only the highest ones are sent, spread over 8 again. */
const kept = (value: number, bits: number): number => {
  const high = value >> (8 - bits);
  return bits === 8 ? value : (high << (8 - bits)) | (high >> (2 * bits - 8));
};
const colorBits: Record<BitsPerPixel, readonly [number, number, number]> = {
  15: [5, 5, 5],
  16: [5, 6, 5],
  24: [8, 8, 8],
  32: [8, 8, 8],
};

/** Blue, green and red of one pixel as it was sent. */
function colorOf(data: Uint8Array, index: number, bits: number): readonly number[] {
  if (bits >= 24) {
    const at = index * (bits / 8);
    return [...data.subarray(at, at + 3)];
  }
  const value = (data[index * 2] as number) | ((data[index * 2 + 1] as number) << 8);
  const green = bits === 16 ? 6 : 5;
  const fields = [
    [value & 0x1f, 5],
    [(value >> 5) & (2 ** green - 1), green],
    [(value >> (5 + green)) & 0x1f, 5],
  ] as const;
  return fields.map(([field, size]) => (field << (8 - size)) | (field >> (2 * size - 8)));
}

interface Painted extends Rectangle {
  /** Pixels of a row as it was sent. */
  readonly rowPixels: number;
  readonly bits: number;
  readonly data: Uint8Array;
}

function rectanglesOf({ updateCode, data }: UpdateBody): Painted[] {
  if (updateCode === FastPathUpdateCode.bitmap) {
    return BitmapUpdate.decode(data).rectangles.map((each) => {
      expect(each.width % 4).toBe(0);
      expect(each.height).toBe(each.destBottom - each.destTop + 1);
      return {
        left: each.destLeft,
        top: each.destTop,
        right: each.destRight + 1,
        bottom: each.destBottom + 1,
        rowPixels: each.width,
        bits: each.bitsPerPixel,
        data: each.bitmapData.bitmapDataStream,
      };
    });
  }
  return SurfaceCommands.decode(data).surfaceCommands.flatMap(({ command }) => {
    if (command.type !== "setSurfaceBits" && command.type !== "streamSurfaceBits") return [];
    expect([command.destRight - command.destLeft, command.destBottom - command.destTop]).toEqual([
      command.width,
      command.height,
    ]);
    return [
      {
        left: command.destLeft,
        top: command.destTop,
        right: command.destRight,
        bottom: command.destBottom,
        rowPixels: command.width,
        bits: command.bpp,
        data: command.bitmapData,
      },
    ];
  });
}

const kinds = ["bitmap", "setSurfaceBits", "streamSurfaceBits"] as const;
const rectangle = fc.record({
  left: fc.integer({ min: -3, max: 70 }),
  top: fc.integer({ min: -3, max: 20 }),
  right: fc.integer({ min: 0, max: 75 }),
  bottom: fc.integer({ min: 0, max: 25 }),
});

describe.each(kinds)("%s", (kind) => {
  test.each([15, 16, 24, 32] as const)("shows a region as it is in the image, and nothing else: %i bits", (bits) => {
    const image = imageOf(70, 21);
    fc.assert(
      fc.property(fc.array(rectangle, { maxLength: 4 }), fc.integer({ min: 60, max: 3000 }), (rectangles, size) => {
        const region = Region.of(...rectangles);
        const updates = [...frameUpdates({ ...choice, kind, bitsPerPixel: bits, maximumSize: size }, image, region)];
        expect(Math.max(0, ...updates.map(({ data }) => data.length))).toBeLessThanOrEqual(size);
        const shown = new Map<number, readonly number[]>();
        let pixels = 0;
        for (const { left, top, right, bottom, rowPixels, bits: sent, data } of updates.flatMap(rectanglesOf)) {
          expect([sent, data.length]).toEqual([bits, rowPixels * (bottom - top) * Math.ceil(bits / 8)]);
          for (let y = top; y < bottom; y++) {
            const row = (bottom - 1 - y) * rowPixels;
            for (let x = left; x < right; x++, pixels++) shown.set(y * 70 + x, colorOf(data, row + x - left, bits));
          }
        }
        const expected = new Map<number, readonly number[]>();
        for (const { left, top, right, bottom } of region.intersect({ left: 0, top: 0, right: 70, bottom: 21 })
          .rectangles) {
          for (let y = top; y < bottom; y++) {
            for (let x = left; x < right; x++) {
              const color = image.pixels.subarray(y * image.stride + x * 4);
              expected.set(
                y * 70 + x,
                colorBits[bits].map((kept8, at) => kept(color[at] as number, kept8)),
              );
            }
          }
        }
        expect(shown).toEqual(expected);
        // None is sent twice.
        expect(pixels).toBe(expected.size);
      }),
      { numRuns: 25 },
    );
  });
});

describe("frames", () => {
  const image = imageOf(300, 200);
  const all = Region.of({ left: 0, top: 0, right: 300, bottom: 200 });

  test("of surface commands begin and end with their id", () => {
    const updates = [...frameUpdates({ ...choice, kind: "setSurfaceBits" }, image, all, { frameId: 7 })];
    const actions = [updates[0], updates.at(-1)].map((each) => SurfaceCommands.decode((each as UpdateBody).data));
    expect(actions.map(({ surfaceCommands }) => surfaceCommands[0]?.command)).toMatchObject([
      { type: "frameMarker", frameAction: FrameAction.SURFACECMD_FRAMEACTION_BEGIN, frameId: 7 },
      { type: "frameMarker", frameAction: FrameAction.SURFACECMD_FRAMEACTION_END, frameId: 7 },
    ]);
  });

  test("have no marks for a client that does not know them, or without an id", () => {
    const marks = (updates: Iterable<UpdateBody>) => [...updates].filter(({ data }) => data[0] === 4).length;
    expect(marks(frameUpdates({ ...choice, kind: "setSurfaceBits" }, image, all))).toBe(0);
    const unmarked = { ...choice, kind: "setSurfaceBits", frameMarkers: false } as const;
    expect(marks(frameUpdates(unmarked, image, all, { frameId: 7 }))).toBe(0);
  });

  test("without pixels are nothing at all", () => {
    const beside = Region.of({ left: 300, top: 0, right: 400, bottom: 10 });
    expect([...frameUpdates({ ...choice, kind: "setSurfaceBits" }, image, beside, { frameId: 7 })]).toEqual([]);
  });

  test("pixels that are not shown do not show other parts of the image", () => {
    const narrow = [
      { left: 0, top: 0, right: 8, bottom: 1 },
      { left: 0, top: 2, right: 5, bottom: 3 },
    ];
    const updates = [...frameUpdates({ ...choice, maximumSize: 62 }, image, Region.of(...narrow))];
    const [, second] = updates.flatMap(rectanglesOf);
    expect(second?.rowPixels).toBe(8);
    expect([...(second?.data.subarray(20) ?? [])]).toEqual(Array.from({ length: 12 }, () => 0));
  });
});

describe("compressed tiles", () => {
  const image = imageOf(150, 70);
  const all = Region.of({ left: 3, top: 0, right: 150, bottom: 70 });
  const sizes: number[][] = [];
  const shrink: EncodeTile = ({ bgra, stride, width, height }, bits) => {
    sizes.push([width, height, bits]);
    return bgra.slice(stride * (height - 1), stride * (height - 1) + 4);
  };

  test("have at most 64 times 64 pixels, and stand beside others", () => {
    sizes.length = 0;
    const updates = [...frameUpdates({ ...choice, maximumSize: 0x1_0000 }, image, all, { encodeTile: shrink })];
    expect(updates.length).toBe(1);
    const { rectangles } = BitmapUpdate.decode((updates[0] as UpdateBody).data);
    expect(rectangles.map(({ width, height }) => [width, height, 32])).toEqual(sizes);
    expect(sizes).toEqual([
      [64, 64, 32],
      [64, 64, 32],
      [20, 64, 32],
      [64, 6, 32],
      [64, 6, 32],
      [20, 6, 32],
    ]);
    const [first] = rectangles;
    expect(first?.flags).toBe(BitmapFlags.BITMAP_COMPRESSION | BitmapFlags.NO_BITMAP_COMPRESSION_HDR);
    const corner = image.pixels.slice(63 * image.stride + 12, 63 * image.stride + 15);
    expect([...(first?.bitmapData.bitmapDataStream ?? [])]).toEqual([...corner, 0xff]);
  });

  test("have a header for clients that need one", () => {
    const old = { ...choice, compressionHeader: true, bitsPerPixel: 16 } as const;
    const updates = [...frameUpdates(old, image, all, { encodeTile: shrink })];
    const { rectangles } = BitmapUpdate.decode((updates[0] as UpdateBody).data);
    expect(rectangles[2]).toMatchObject({
      flags: BitmapFlags.BITMAP_COMPRESSION,
      bitmapData: {
        bitmapComprHdr: {
          cbCompFirstRowSize: 0,
          cbCompMainBodySize: 4,
          cbScanWidth: 20,
          cbUncompressedSize: 20 * 64 * 2,
        },
      },
    });
  });

  test("go as they are if they do not get smaller", () => {
    const grow: EncodeTile = ({ width, height }) => new Uint8Array(width * height * 4);
    const bytes = (encodeTile: EncodeTile) =>
      [...frameUpdates(choice, image, all, { encodeTile })].flatMap(rectanglesOf);
    expect(bytes(grow)).toEqual(bytes(() => undefined));
    for (const update of frameUpdates(choice, image, all, { encodeTile: grow })) {
      expect(update.data.length).toBeLessThanOrEqual(choice.maximumSize);
      for (const { flags } of BitmapUpdate.decode(update.data).rectangles) expect(flags).toBe(0);
    }
  });
});

test("a desktop that is wider than places can be named is sent as far as they can", () => {
  const wide = { width: 70_000, height: 1, stride: 280_000, pixels: new Uint8Array(280_000) };
  const all = Region.of({ left: 0, top: 0, right: 70_000, bottom: 1 });
  for (const kind of kinds) {
    const area = [...frameUpdates({ ...choice, kind }, wide, all)]
      .flatMap(rectanglesOf)
      .reduce((sum, { left, right }) => sum + right - left, 0);
    expect(area).toBe(0xffff);
  }
});
