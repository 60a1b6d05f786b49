import type { Pdu } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PaintedSurfaces, type Command } from "../testing/painted-surfaces.js";
import { encodeFrame, flatCoefficients } from "../testing/rfx-encoder.js";
import {
  CacheToSurface,
  CodecId,
  CreateSurface,
  DeleteSurface,
  encodeAlpha,
  encodeUniformAlpha,
  EvictCacheEntry,
  PixelFormat,
  ResetGraphics,
  SolidFill,
  SurfaceCanvases,
  SurfaceToCache,
  SurfaceToSurface,
  WireToSurface1,
  WireToSurface2,
  type Rect16,
} from "./index.js";

const id = fc.integer({ min: 1, max: 2 });
const slot = fc.integer({ min: 1, max: 2 });
const edge = fc.integer({ min: 0, max: 6 });
const rect: fc.Arbitrary<Rect16> = fc.record({ left: edge, top: edge, right: edge, bottom: edge });
const points = fc.array(fc.record({ x: edge, y: edge }), { maxLength: 3 });
const byte = fc.nat(255);
const color = fc.record({ b: byte, g: byte, r: byte, xa: byte });
const format = fc.constantFrom(PixelFormat.xrgb8888, PixelFormat.argb8888);
const areaOf = ({ left, top, right, bottom }: Rect16): number => Math.max(0, right - left) * Math.max(0, bottom - top);

/** A command and its value; a payload is as long as its rectangle asks for, most of the time. */
const wire = fc
  .record({
    surfaceId: id,
    codecId: fc.constantFrom(CodecId.uncompressed, CodecId.alpha, CodecId.planar),
    pixelFormat: format,
    destRect: rect,
    seed: byte,
    wrong: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ seed, wrong, ...value }) => {
    const size = areaOf(value.destRect) + (wrong === 0 ? 1 : 0);
    const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => (seed + i * 7) & 0xff);
    return { ...value, bitmapData: value.codecId === CodecId.alpha ? encodeAlpha(bytes(size)) : bytes(size * 4) };
  });

const of = <T>(pdu: Pdu<T>, values: fc.Arbitrary<T>): fc.Arbitrary<Command> =>
  values.map((value) => [pdu as Pdu, value] as const);

const command = fc.oneof(
  of(CreateSurface, fc.record({ surfaceId: id, width: edge, height: edge, pixelFormat: format })),
  { weight: 4, arbitrary: of(WireToSurface1, wire) },
  of(SolidFill, fc.record({ surfaceId: id, fillPixel: color, fillRects: fc.array(rect, { maxLength: 3 }) })),
  of(SurfaceToSurface, fc.record({ surfaceIdSrc: id, surfaceIdDest: id, rectSrc: rect, destPts: points })),
  of(SurfaceToCache, fc.record({ surfaceId: id, cacheKey: fc.constant(1n), cacheSlot: slot, rectSrc: rect })),
  of(CacheToSurface, fc.record({ cacheSlot: slot, surfaceId: id, destPts: points })),
  of(EvictCacheEntry, fc.record({ cacheSlot: slot })),
  of(DeleteSurface, fc.record({ surfaceId: id })),
  of(
    WireToSurface2,
    fc.record({ surfaceId: id, codecId: byte, codecContextId: byte, pixelFormat: format, bitmapData: fc.uint8Array() }),
  ),
);
const begin: Command[] = [1, 2].map((surfaceId) => [
  CreateSurface as Pdu,
  { surfaceId, width: 6, height: 5, pixelFormat: surfaceId === 1 ? PixelFormat.xrgb8888 : PixelFormat.argb8888 },
]);

describe("surfaces", () => {
  test("are what a painter who knows every pixel would paint, and say what he does not know", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (more) => {
        const canvases = new SurfaceCanvases();
        const painter = new PaintedSurfaces();
        for (const [pdu, value] of [...begin, ...more]) {
          canvases.apply(pdu, value);
          painter.apply(pdu, value);
        }
        expect(new Set(canvases.surfaceIds())).toEqual(new Set(painter.surfaces.keys()));
        for (const [surfaceId, painted] of painter.surfaces) {
          const surface = canvases.surface(surfaceId);
          expect([...(surface?.rgba ?? [])]).toEqual(painted.flat().flatMap(({ color: pixel }) => pixel));
          const unknown = painted.flatMap((row, y) => row.flatMap((pixel, x) => (pixel.unknown ? [{ x, y }] : [])));
          const said = surface?.unknown ?? [];
          expect(surface?.incomplete).toBe(unknown.length > 0);
          expect(said.reduce((sum, each) => sum + areaOf(each), 0)).toBe(unknown.length);
          for (const { x, y } of unknown) {
            expect(said.some(({ left, top, right, bottom }) => left <= x && x < right && top <= y && y < bottom)).toBe(
              true,
            );
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("never hold more pixels than allowed, whatever is asked for", () => {
    const pixelLimit = 40;
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
        const canvases = new SurfaceCanvases({ pixelLimit });
        for (const [pdu, value] of commands) {
          canvases.apply(pdu, value);
          const sizes = canvases.surfaceIds().map((each) => canvases.surface(each)?.rgba.length ?? 0);
          expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(pixelLimit * 4);
        }
      }),
      { numRuns: 100 },
    );
  });
});

const apply = (canvases: SurfaceCanvases, [pdu, value]: Command): unknown => canvases.apply(pdu, value);
const surface = (surfaceId: number, width: number, height: number): Command => [
  CreateSurface,
  { surfaceId, width, height, pixelFormat: PixelFormat.argb8888 },
];
const fill = (surfaceId: number, ...fillRects: Rect16[]): Command => [
  SolidFill,
  { surfaceId, fillPixel: { b: 1, g: 2, r: 3, xa: 4 }, fillRects },
];
const whole = { left: 0, top: 0, right: 4, bottom: 4 };

describe("what cannot be done is said", () => {
  test("no room for a surface, until another is deleted", () => {
    const canvases = new SurfaceCanvases({ pixelLimit: 20 });
    expect(apply(canvases, surface(1, 4, 4))).toBeUndefined();
    expect(apply(canvases, surface(2, 4, 4))).toBe("limit-exceeded");
    expect(canvases.surface(2)).toBeUndefined();
    expect(apply(canvases, fill(2, whole))).toBe("unknown-surface");
    expect(apply(canvases, [DeleteSurface as Pdu, { surfaceId: 1 }])).toBeUndefined();
    expect(apply(canvases, surface(2, 4, 4))).toBeUndefined();
    expect(apply(new SurfaceCanvases(), surface(1, 0xffff, 0xffff))).toBe("limit-exceeded");
  });

  test("more pixels in one command than a whole limit", () => {
    const canvases = new SurfaceCanvases({ pixelLimit: 50 });
    apply(canvases, surface(1, 4, 4));
    expect(apply(canvases, fill(1, whole, whole, whole))).toBeUndefined();
    expect(apply(canvases, fill(1, whole, whole, whole, whole))).toBe("limit-exceeded");
    expect(canvases.surface(1)?.incomplete).toBe(true);
  });

  test("what is not there, or not on the surface", () => {
    const canvases = new SurfaceCanvases();
    const to = (cacheSlot: number): Command => [CacheToSurface, { cacheSlot, surfaceId: 1, destPts: [{ x: 1, y: 2 }] }];
    apply(canvases, surface(1, 4, 4));
    expect(apply(canvases, fill(1, { ...whole, right: 5 }))).toBe("outside-surface");
    expect(apply(canvases, [EvictCacheEntry as Pdu, { cacheSlot: 9 }])).toBe("unknown-slot");
    expect(apply(canvases, to(9))).toBe("unknown-slot");
    expect(canvases.surface(1)?.unknown).toEqual([{ left: 1, top: 2, right: 4, bottom: 4 }]);
    expect(apply(canvases, fill(1, whole))).toBeUndefined();
    expect(canvases.surface(1)?.incomplete).toBe(false);
  });

  test("a rectangle to cache that is not on the surface, whatever was in the slot before", () => {
    const canvases = new SurfaceCanvases();
    const store = (rectSrc: Rect16): unknown =>
      apply(canvases, [SurfaceToCache, { surfaceId: 1, cacheKey: 1n, cacheSlot: 3, rectSrc }]);
    const show = (): unknown =>
      apply(canvases, [CacheToSurface, { cacheSlot: 3, surfaceId: 1, destPts: [{ x: 0, y: 0 }] }]);
    apply(canvases, surface(1, 4, 4));
    expect(store(whole)).toBeUndefined();
    expect(show()).toBeUndefined();
    expect(store({ ...whole, right: 5 })).toBe("outside-surface");
    expect(show()).toBe("unknown-slot");
    expect(store(whole)).toBeUndefined();
    apply(canvases, [DeleteSurface, { surfaceId: 1 }]);
    expect(store(whole)).toBe("unknown-surface");
    apply(canvases, surface(1, 4, 4));
    expect(show()).toBe("unknown-slot");
  });

  test("a payload that is damaged, and a codec that needs a decoder", () => {
    const canvases = new SurfaceCanvases();
    apply(canvases, surface(1, 4, 4));
    const put = (codecId: number, bitmapData: Uint8Array): unknown =>
      apply(canvases, [WireToSurface1, { surfaceId: 1, codecId, pixelFormat: 0x21, destRect: whole, bitmapData }]);
    expect(put(CodecId.uncompressed, new Uint8Array(63))).toBe("payload-refused");
    expect(put(CodecId.alpha, new Uint8Array(4))).toBe("payload-refused");
    expect(put(CodecId.avc420, new Uint8Array(4))).toBe("codec-not-decoded");
    expect(put(CodecId.uncompressed, new Uint8Array(64))).toBeUndefined();
  });

  test("RemoteFX is painted where its rectangle is, as far as the surface goes, and opacity stays", () => {
    const canvases = new SurfaceCanvases();
    apply(canvases, surface(1, 80, 70));
    const put = (codecId: number, destRect: Rect16, bitmapData: Uint8Array): unknown =>
      apply(canvases, [WireToSurface1, { surfaceId: 1, codecId, pixelFormat: 0x21, destRect, bitmapData }]);
    const all = { left: 0, top: 0, right: 80, bottom: 70 };
    put(CodecId.avc420, all, new Uint8Array(4));
    put(CodecId.alpha, all, encodeUniformAlpha(0x40, 80 * 70));
    const components = [flatCoefficients(150 - 128), flatCoefficients(0), flatCoefficients(0)] as const;
    const frame = encodeFrame({ rects: [{ x: 0, y: 0, width: 64, height: 64 }], tiles: [{ x: 0, y: 0, components }] });
    expect(put(CodecId.caVideo, { left: 20, top: 10, right: 84, bottom: 74 }, frame)).toBe("outside-surface");
    const { rgba = new Uint8Array(0), unknown } = canvases.surface(1) ?? {};
    const at = (x: number, y: number): number[] => [...rgba.subarray((y * 80 + x) * 4, (y * 80 + x) * 4 + 4)];
    expect(at(20, 10)).toEqual([150, 150, 150, 0x40]);
    expect(at(79, 69)).toEqual([150, 150, 150, 0x40]);
    expect(at(19, 10)).toEqual([0, 0, 0, 0x40]);
    expect(unknown).toEqual([
      { left: 0, top: 0, right: 80, bottom: 10 },
      { left: 0, top: 10, right: 20, bottom: 70 },
    ]);
    expect(put(CodecId.caVideo, all, frame.subarray(0, frame.length - 1))).toBe("payload-refused");
  });

  test("of a progressive payload, the rectangles of its regions", () => {
    const canvases = new SurfaceCanvases();
    apply(canvases, surface(1, 100, 100));
    const put = (hex: string): unknown => {
      const bitmapData = Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
      const value = { surfaceId: 1, codecId: CodecId.caProgressive, codecContextId: 1, pixelFormat: 0x21, bitmapData };
      return apply(canvases, [WireToSurface2, value]);
    };
    expect(put("c4cc 1a000000 40 0100 00 00 00 0000 00000000 0500060007000800")).toBe("codec-not-decoded");
    expect(canvases.surface(1)?.unknown).toEqual([{ left: 5, top: 6, right: 12, bottom: 14 }]);
    put("c4cc");
    expect(canvases.surface(1)?.unknown).toEqual([{ left: 0, top: 0, right: 100, bottom: 100 }]);
  });

  test("messages that draw nothing are ignored", () => {
    expect(
      new SurfaceCanvases().apply(ResetGraphics as Pdu, { width: 1, height: 1, monitorDefArray: [] }),
    ).toBeUndefined();
  });
});
