import { FastPathUpdateCode, fastPathUpdateBody, type LargePointer } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UpdateBody } from "../pixels/update-body.js";
import { fitPointer } from "./fit-pointer.js";
import type { PointerChoice } from "./pointer-choice.js";
import { PointerImages, type PointerChange, type PointerImage } from "./pointer-images.js";
import { straight } from "./pointer-masks.js";
import type { Pointer, PointerShape } from "./pointer-shape.js";
import { PointerUpdates } from "./pointer-updates.js";

const deep: PointerChoice = { bitsPerPixel: 32, largest: 96, largestUsual: 96, cacheSize: 4 };
const codes = FastPathUpdateCode;

/** Pixels of every kind: opaque, half there, not there. */
function shapeOf(width: number, height: number, seed: number, padding = 0): PointerShape {
  const stride = width * 4 + padding;
  const pixels = new Uint8Array(stride * height).fill(0x55);
  for (let at = 0; at < width * height; at++) {
    const noise = Math.imul(at + seed + 1, 0x9e37_79b1) >>> 0;
    const alpha = [0xff, 0, noise & 0xff, 0xff][at % 4] as number;
    const color = [noise >>> 8, noise >>> 16, noise >>> 24].map((byte) => Math.round(((byte & 0xff) * alpha) / 255));
    pixels.set([...color, alpha], Math.floor(at / width) * stride + (at % width) * 4);
  }
  return { width, height, stride, pixels, hotX: width >> 1, hotY: height >> 2 };
}

const pixelOf = ({ pixels, stride }: PointerShape, x: number, y: number): number[] => [
  ...pixels.subarray(y * stride + x * 4, y * stride + x * 4 + 4),
];

/** What a client shows of a shape that it can take as it is. */
function imageOf(shape: PointerShape, bitsPerPixel: 24 | 32): PointerImage {
  const { width, height, hotX, hotY } = shape;
  const rgba: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [blue = 0, green = 0, red = 0, alpha = 0] = pixelOf(shape, x, y);
      if (bitsPerPixel === 32) rgba.push(...(alpha === 0 ? [0, 0, 0, 0] : [red, green, blue, alpha]));
      else if (alpha < 128) rgba.push(0, 0, 0, 0);
      else rgba.push(straight(red, alpha), straight(green, alpha), straight(blue, alpha), 255);
    }
  }
  return { width, height, hotX, hotY, rgba: Uint8Array.from(rgba) };
}

/** A client that takes what a server sends. */
class Client {
  readonly images: PointerImages;
  readonly updates: number[] = [];
  shown: PointerChange | undefined;

  constructor(cacheSize: number) {
    this.images = new PointerImages(cacheSize);
  }

  take(update: UpdateBody | undefined): void {
    if (update === undefined) return;
    const { updateCode, data } = update;
    this.updates.push(updateCode);
    this.shown = this.images.update({ updateCode, value: fastPathUpdateBody(updateCode)?.decode(data) });
  }
}

const choice = fc.record({
  bitsPerPixel: fc.constantFrom(24 as const, 32 as const),
  largest: fc.constantFrom(32 as const, 96 as const, 384 as const),
  largestUsual: fc.constantFrom(32 as const, 96 as const),
  cacheSize: fc.integer({ min: 0, max: 5 }),
});
const size = fc.integer({ min: 1, max: 20 });
const shape = fc.tuple(size, size, fc.integer({ min: 0, max: 2 }), fc.nat({ max: 9 })).map((of) => shapeOf(...of));

test("a client shows what the server's application wants, whatever the sizes of the cache", () => {
  const known = fc.array(shape, { minLength: 1, maxLength: 8 });
  const wish = fc.oneof(fc.constantFrom("hidden" as const, "default" as const), fc.nat({ max: 7 }));
  fc.assert(
    fc.property(choice, known, fc.array(wish, { maxLength: 20 }), (of, shapes, wishes) => {
      const server = new PointerUpdates(of);
      const client = new Client(of.cacheSize);
      for (const each of wishes) {
        const pointer: Pointer = typeof each === "number" ? (shapes[each % shapes.length] as PointerShape) : each;
        client.take(server.show(pointer));
        const expected = typeof pointer === "string" ? pointer : imageOf(pointer, of.bitsPerPixel);
        const { shown } = client;
        if (typeof expected === "string" || expected.rgba.every((byte) => byte === 0)) {
          // Nothing that can be seen is the same as none, whether the client is told so or not.
          const empty =
            typeof expected !== "string" && shown?.type === "shape" && shown.shape.rgba.every((b) => b === 0);
          if (!empty) expect(shown).toEqual({ type: typeof expected === "string" ? expected : "hidden" });
        } else expect(shown).toEqual({ type: "shape", shape: expected });
      }
    }),
    { numRuns: 60 },
  );
});

describe("the server", () => {
  const three = [1, 2, 3].map((seed) => shapeOf(8, 8, seed));
  const [a, b, c] = three as [PointerShape, PointerShape, PointerShape];

  test("does not send a shape again that the client has", () => {
    const server = new PointerUpdates(deep);
    const client = new Client(4);
    for (const each of [a, a, b, a, "hidden", "hidden", a, "default", b] as const) client.take(server.show(each));
    expect(client.updates).toEqual([
      codes.newPointer,
      codes.newPointer,
      codes.cachedPointer,
      codes.pointerHidden,
      codes.cachedPointer,
      codes.pointerDefault,
      codes.cachedPointer,
    ]);
  });

  test("gives up the shape that was used longest ago", () => {
    const server = new PointerUpdates({ ...deep, cacheSize: 2 });
    const client = new Client(2);
    for (const each of [a, b, a, c, a, b]) client.take(server.show(each));
    expect(client.updates).toEqual([
      codes.newPointer,
      codes.newPointer,
      codes.cachedPointer,
      codes.newPointer,
      codes.cachedPointer,
      codes.newPointer,
    ]);
    expect(client.shown).toEqual({ type: "shape", shape: imageOf(b, 32) });
  });

  test("sees that pixels were changed in place", () => {
    const server = new PointerUpdates(deep);
    const changing = { ...a, pixels: a.pixels.slice() };
    expect(server.show(changing)).toBeDefined();
    expect(server.show(changing)).toBeUndefined();
    changing.pixels[0] = (changing.pixels[0] as number) ^ 1;
    expect(server.show(changing)?.updateCode).toBe(codes.newPointer);
    expect(server.show({ ...changing, hotX: 0 })?.updateCode).toBe(codes.newPointer);
  });

  test("uses the large pointer update only where it has to", () => {
    const large = new PointerUpdates({ ...deep, largest: 384 });
    expect(large.show(shapeOf(96, 96, 1))?.updateCode).toBe(codes.newPointer);
    const without96 = new PointerUpdates({ ...deep, largest: 384, largestUsual: 32 });
    expect(without96.show(shapeOf(33, 8, 1))?.updateCode).toBe(codes.largePointer);
    expect(without96.show(shapeOf(32, 32, 1))?.updateCode).toBe(codes.newPointer);
    const update = large.show(shapeOf(20, 97, 1));
    expect(update?.updateCode).toBe(codes.largePointer);
    const value = fastPathUpdateBody(codes.largePointer)?.decode((update as UpdateBody).data) as LargePointer;
    expect(value).toMatchObject({ xorBpp: 32, width: 20, height: 97, hotSpot: { xPos: 10, yPos: 24 } });
    expect([value.xorMaskData.length, value.andMaskData.length]).toEqual([20 * 97 * 4, 4 * 97]);
  });

  test("sends to old clients rows of an even number of bytes", () => {
    const update = new PointerUpdates({ ...deep, bitsPerPixel: 24 }).show(shapeOf(7, 3, 1)) as UpdateBody;
    const value = fastPathUpdateBody(codes.colorPointer)?.decode(update.data) as LargePointer;
    expect([update.updateCode, value.xorMaskData.length, value.andMaskData.length]).toEqual([
      codes.colorPointer,
      22 * 3,
      2 * 3,
    ]);
  });

  test("moves the pointer to places that exist", () => {
    const server = new PointerUpdates(deep);
    const client = new Client(4);
    for (const [x, y] of [
      [3.4, 70_000],
      [-5, Number.NaN],
    ] as const)
      client.take(server.move(x, y));
    expect(client.shown).toEqual({ type: "position", x: 0, y: 0 });
    client.take(server.move(3.4, 70_000));
    expect(client.shown).toEqual({ type: "position", x: 3, y: 0xffff });
  });

  test("takes a shape with fewer bytes than its size needs as a lower one, or as none", () => {
    const server = new PointerUpdates(deep);
    const client = new Client(4);
    client.take(server.show({ ...a, pixels: a.pixels.subarray(0, a.stride * 3 + 8) }));
    expect(client.shown).toMatchObject({ type: "shape", shape: { width: 8, height: 3 } });
    client.take(server.show({ ...a, pixels: new Uint8Array(0) }));
    expect(client.shown).toEqual({ type: "hidden" });
  });
});

describe("a shape that is too large", () => {
  test("loses the space around it first", () => {
    const inner = shapeOf(10, 12, 4);
    const pixels = new Uint8Array(100 * 100 * 4);
    for (let y = 0; y < 12; y++) {
      pixels.set(inner.pixels.subarray(y * inner.stride, (y + 1) * inner.stride), ((y + 30) * 100 + 20) * 4);
    }
    const around = { width: 100, height: 100, stride: 400, pixels, hotX: 22, hotY: 25 };
    const fitted = fitPointer(around, 32);
    // The hot spot lies above what can be seen.
    expect(fitted).toMatchObject({ width: 10, height: 17, hotX: 2, hotY: 0 });
    expect([...(fitted?.pixels.subarray(5 * 40) ?? [])]).toEqual([...inner.pixels]);
  });

  test("gets smaller, and points to the same place", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 33, max: 90 }), fc.boolean(), (x, y, turn) => {
        const of = turn ? shapeOf(x, y, 1, 8) : shapeOf(y, x, 1);
        const fitted = fitPointer(of, 32);
        expect(Math.max(fitted?.width ?? 0, fitted?.height ?? 0)).toBeLessThanOrEqual(32);
        const [right, bottom] = [(fitted?.hotX ?? 0) + 1, (fitted?.hotY ?? 0) + 1];
        expect(right).toBeLessThanOrEqual(fitted?.width ?? 0);
        expect(bottom).toBeLessThanOrEqual(fitted?.height ?? 0);
      }),
      { numRuns: 30 },
    );
  });

  test("of one colour stays of that colour", () => {
    const pixels = new Uint8Array(70 * 50 * 4);
    for (let at = 0; at < pixels.length; at += 4) pixels.set([40, 80, 120, 200], at);
    const fitted = fitPointer({ width: 70, height: 50, stride: 280, pixels, hotX: 69, hotY: 49 }, 32);
    expect(fitted).toMatchObject({ width: 32, height: 23, hotX: 31, hotY: 22 });
    expect(fitted?.pixels.every((byte, at) => byte === [40, 80, 120, 200][at % 4])).toBe(true);
  });
});

describe("the client", () => {
  const small = { hotSpot: { xPos: 9, yPos: 9 }, width: 2, height: 1, pad: undefined };
  const pointer = {
    ...small,
    xorBpp: 24,
    cacheIndex: 0,
    xorMaskData: new Uint8Array(6),
    andMaskData: new Uint8Array(2),
  };
  const update = (updateCode: number, value: unknown) => ({ updateCode, value });

  test.each([
    ["a slot beyond its cache", codes.newPointer, { ...pointer, cacheIndex: 4 }, "cache"],
    ["a slot in which nothing is", codes.cachedPointer, { cacheIndex: 3 }, "cache"],
    ["a shape with too few bytes", codes.colorPointer, { ...pointer, xorMaskData: new Uint8Array(5) }, "malformed"],
    ["a shape without pixels", codes.newPointer, { ...pointer, width: 0 }, "malformed"],
    ["a depth that it does not know", codes.newPointer, { ...pointer, xorBpp: 23 }, "malformed"],
    ["a shape larger than any", codes.largePointer, { ...pointer, width: 385 }, "malformed"],
  ])("says what is wrong with %s, and keeps what it has", (_, updateCode, value, problem) => {
    const images = new PointerImages(4);
    const before = images.update(update(codes.newPointer, pointer));
    expect(images.update(update(updateCode, value))).toMatchObject({ type: "problem", problem });
    expect(images.update(update(codes.cachedPointer, { cacheIndex: 0 }))).toEqual(before);
  });

  test("leaves alone what is not about the pointer, and keeps hot spots inside", () => {
    const images = new PointerImages(4);
    expect(images.update(update(codes.bitmap, {}))).toBeUndefined();
    expect(images.update(update(codes.newPointer, pointer))).toMatchObject({ shape: { hotX: 1, hotY: 0 } });
  });

  test("shows pointers of a palette in its colours", () => {
    const palette = Uint8Array.from({ length: 1024 }, (_, at) => at & 0xff);
    const images = new PointerImages(4, () => palette);
    const value = { ...pointer, xorBpp: 8, xorMaskData: Uint8Array.of(1, 2) };
    expect(images.update(update(codes.newPointer, value))).toMatchObject({
      shape: { rgba: Uint8Array.of(6, 5, 4, 255, 10, 9, 8, 255) },
    });
  });
});
