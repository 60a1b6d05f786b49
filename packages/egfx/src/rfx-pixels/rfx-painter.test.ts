import { existsSync, readFileSync } from "node:fs";
import { DecodeError } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeFrame, flatCoefficients, plainQuant, type TestFrame } from "../../testing/rfx-encoder.js";
import { RfxPainter, type RfxTarget } from "./rfx-painter.js";

const target = (width: number, height: number): RfxTarget => ({
  pixels: new Uint8Array(width * height * 4),
  stride: width * 4,
  width,
  height,
});
const pixelAt = ({ pixels, stride }: RfxTarget, x: number, y: number): number[] => [
  ...pixels.subarray(y * stride + x * 4, y * stride + x * 4 + 4),
];

const none = flatCoefficients(0);
/** A tile of one color: luma is around 128. */
const flat = (x: number, y: number, luma: number, cb = 0, cr = 0): TestFrame["tiles"][number] => ({
  x,
  y,
  components: [flatCoefficients(luma - 128), flatCoefficients(cb), flatCoefficients(cr)],
});
const whole = { x: 0, y: 0, width: 1000, height: 1000 };

describe("RemoteFX frames", () => {
  test("a tile is painted where the region has it, and nowhere else", () => {
    const rect = fc.record({ x: fc.nat(150), y: fc.nat(150), width: fc.nat(90), height: fc.nat(90) });
    fc.assert(
      fc.property(
        fc.array(rect, { minLength: 1, maxLength: 4 }),
        fc.uniqueArray(fc.nat(8), { maxLength: 9 }),
        (rects, at) => {
          const to = target(150, 140);
          const tiles = at.map((index) => flat(index % 3, Math.floor(index / 3), 100 + index));
          const painted = new RfxPainter().paint(encodeFrame({ rects, tiles }), to);
          let wrong = 0;
          for (let y = 0; y < 140; y++) {
            for (let x = 0; x < 150; x++) {
              const index = (y >> 6) * 3 + (x >> 6);
              const wanted = rects.some((r) => x >= r.x && y >= r.y && x < r.x + r.width && y < r.y + r.height);
              const expected = wanted && at.includes(index) ? 100 + index : 0;
              if (pixelAt(to, x, y)[0] !== expected) wrong++;
              const told = painted.some((r) => x >= r.left && y >= r.top && x < r.right && y < r.bottom);
              if (told !== wanted) wrong++;
            }
          }
          expect(wrong).toBe(0);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("colors, in either order, are opaque and kept within 0 to 255", () => {
    for (const [cb, cr, blue, green, red] of [
      [0, 0, 100, 100, 100],
      [0, 40, 100, 71, 156],
      [40, 0, 171, 86, 100],
      [100, 127, 255, 0, 255],
      [-128, -128, 0, 235, 0],
    ] as const) {
      const frame = encodeFrame({ rects: [whole], tiles: [flat(0, 0, 100, cb, cr)] });
      const [bgra, rgba] = [target(2, 2), target(2, 2)];
      new RfxPainter().paint(frame, bgra);
      new RfxPainter({ order: "rgba" }).paint(frame, rgba);
      expect(pixelAt(bgra, 1, 1)).toEqual([blue, green, red, 255]);
      expect(pixelAt(rgba, 1, 1)).toEqual([red, green, blue, 255]);
    }
  });

  test("a region without rectangles is all, and a target may be part of larger memory", () => {
    const pixels = new Uint8Array(100 * 80 * 4);
    const to = { pixels, offset: 8 * 400 + 40, stride: 400, width: 70, height: 66 };
    const tiles = [flat(0, 0, 50), flat(1, 0, 60), flat(0, 1, 70), flat(1, 1, 80)];
    expect(new RfxPainter().paint(encodeFrame({ rects: [], tiles, entropy: 1 }), to)).toEqual([
      { left: 0, top: 0, right: 70, bottom: 66 },
    ]);
    const at = (x: number, y: number): number | undefined => pixels[y * 400 + x * 4];
    expect([at(9, 8), at(10, 7), at(10, 8), at(79, 8), at(10, 73), at(79, 73), at(80, 73), at(79, 74)]).toEqual([
      0, 0, 50, 60, 70, 80, 0, 0,
    ]);
  });

  const refusals: [string, Partial<TestFrame>, string][] = [
    ["entropy coding that is unknown", { entropy: 2 }, "properties.et at byte 0: value out of range: 2"],
    ["tiles of another size", { tileSize: 32 }, "content.tileSize at byte 0: value out of range: 32"],
    [
      "factors that are not there",
      { quantIndex: 1 },
      "content.tiles[0].quantIdxY at byte 0: value out of range: 1, allowed 0 to 0",
    ],
    [
      "factors below 6",
      { quantVals: [{ ...plainQuant, lh2: 5 }] },
      "content.quantVals[0].lh2 at byte 0: value out of range: 5",
    ],
    [
      "more tiles than places",
      { tiles: Array.from({ length: 5 }, () => flat(0, 0, 1)) },
      "content.tiles at byte 0: limit exceeded: 5, at most 4",
    ],
    [
      "rectangles on top of each other",
      { rects: Array.from({ length: 5 }, () => whole) },
      "content.tiles[0] at byte 0: limit exceeded: 20480",
    ],
  ];
  test.each(refusals)("%s are refused", (_, frame, message) => {
    const bytes = encodeFrame({ rects: [whole], tiles: [flat(0, 0, 1)], ...frame });
    expect(() => new RfxPainter().paint(bytes, target(128, 128))).toThrow(DecodeError);
    expect(() => new RfxPainter().paint(bytes, target(128, 128))).toThrow(message);
  });

  test("as many comparisons as a large region would need are refused", () => {
    const tiles = Array.from({ length: 100 }, () => flat(500, 500, 1));
    const bytes = encodeFrame({ rects: Array.from({ length: 60_000 }, () => whole), tiles });
    expect(() => new RfxPainter().paint(bytes, target(640, 640))).toThrow("limit exceeded: 6000000");
  });

  test("damaged messages give DecodeError or a picture", () => {
    const noise = Int16Array.from({ length: 4096 }, (_, at) => (Math.imul(at, 0x9e37_79b1) >> 27) % 9);
    const message = encodeFrame({ rects: [whole], tiles: [{ x: 0, y: 0, components: [noise, none, noise] }] });
    const painter = new RfxPainter();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(message.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(),
        (bytes, cut) => {
          const copy = message.slice(0, cut % 3 === 0 ? cut % message.length : undefined);
          for (const [at, value] of bytes) if (at < copy.length) copy[at] = value;
          try {
            painter.paint(copy, target(70, 70));
          } catch (error) {
            if (!(error instanceof DecodeError)) throw error;
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

const folder = "../shared/vectors/open";

describe.skipIf(!existsSync(folder))("RemoteFX of the specification (skipped without ../shared/vectors)", () => {
  test("the message of [MS-RDPRFX] 4.2 gives its picture, but for 1 of 255 here and there", () => {
    const vectors = JSON.parse(readFileSync(`${folder}/codec-rfx.json`, "utf8")) as { name: string; hex: string }[];
    const message = vectors.find(({ name }) => name === "codec-rfx.message")?.hex ?? "";
    const rgb = readFileSync(`${folder}/codec-rfx.message.bin`);
    const to = target(64, 64);
    const painted = new RfxPainter({ order: "rgba" }).paint(Uint8Array.from(Buffer.from(message, "hex")), to);
    expect(painted).toEqual([{ left: 0, top: 0, right: 64, bottom: 64 }]);
    const differences = [...rgb].map((value, at) =>
      Math.abs(value - (to.pixels[Math.floor(at / 3) * 4 + (at % 3)] as number)),
    );
    expect(Math.max(...differences)).toBe(1);
    expect(differences.filter((difference) => difference > 0).length).toBeLessThan(800);
  });
});
