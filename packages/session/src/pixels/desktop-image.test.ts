import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DesktopImage } from "./desktop-image.js";
import { blendRow } from "./paint-layer.js";
import { placeOf, type Layer } from "./pixel-image.js";
import { Region } from "./region.js";

const [width, height] = [24, 18];
const background = { red: 10, green: 20, blue: 30 };

const layer: fc.Arbitrary<Layer> = fc
  .record({
    left: fc.integer({ min: -6, max: width }),
    top: fc.integer({ min: -6, max: height }),
    width: fc.integer({ min: 0, max: 16 }),
    height: fc.integer({ min: 0, max: 12 }),
    padding: fc.integer({ min: 0, max: 9 }),
    seed: fc.nat(),
    opaque: fc.boolean(),
  })
  .map(({ padding, seed, ...rest }) => {
    const stride = rest.width * 4 + padding;
    return { ...rest, stride, pixels: noise(stride * rest.height, seed) };
  });

/** Bytes that differ from one to the next; every fourth pixel is opaque, every other fourth not there. */
function noise(size: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, at) => {
    const kind = (Math.floor(at / 4) + seed) % 4;
    const byte = Math.imul(at + seed + 1, 0x9e37_79b1) >>> 24;
    return kind === 0 ? (at % 4 === 3 ? 255 : byte) : kind === 1 ? 0 : byte;
  });
}

/** The four bytes of a pixel without the last one, which means nothing. */
const colorsOf = ({ pixels }: { pixels: Uint8Array }): Uint8Array => pixels.filter((_, at) => at % 4 !== 3);

function composed(layers: readonly Layer[]): DesktopImage {
  const image = new DesktopImage(width, height, background);
  image.compose(layers);
  return image;
}

/** What one pixel of the desktop is, by the definition. */
function colorAt(layers: readonly Layer[], x: number, y: number): number[] {
  let color = [background.blue, background.green, background.red];
  for (const each of layers) {
    const [column, row] = [x - each.left, y - each.top];
    if (column < 0 || row < 0 || column >= each.width || row >= each.height) continue;
    const [blue = 0, green = 0, red = 0, stated = 0] = each.pixels.subarray(row * each.stride + column * 4);
    const alpha = each.opaque ? 255 : stated;
    color = [blue, green, red].map((upper, channel) =>
      Math.min(255, upper + Math.round(((color[channel] as number) * (255 - alpha)) / 255)),
    );
  }
  return color;
}

describe("a composed desktop", () => {
  test("is its layers one over the other", () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 5 }), (layers) => {
        const expected: number[] = [];
        for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) expected.push(...colorAt(layers, x, y));
        expect([...colorsOf(composed(layers))]).toEqual(expected);
      }),
    );
  });

  test("is the same when only what changed is painted again", () => {
    const change = fc.tuple(fc.constantFrom("put", "take", "raise"), fc.nat({ max: 5 }), layer);
    fc.assert(
      fc.property(fc.array(change, { maxLength: 10 }), fc.array(layer, { maxLength: 5 }), (changes, start) => {
        const layers = [...start];
        const image = composed(layers);
        for (const [what, index, next] of changes) {
          const at = Math.min(index, layers.length);
          const before = layers[at];
          if (before !== undefined) image.damage(placeOf(before));
          if (what === "put") {
            layers[at] = next;
            image.damage(placeOf(next));
          } else if (before !== undefined) {
            layers.splice(at, 1);
            if (what === "raise") layers.push(before);
          }
          // Some changes wait for the next ones.
          if (index % 2 === 0) image.compose(layers);
        }
        image.compose(layers);
        expect(colorsOf(image)).toEqual(colorsOf(composed(layers)));
      }),
    );
  });

  test("is painted nowhere but in the damage", () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 5 }), layer, (layers, where) => {
        const image = composed([]);
        image.pixels.fill(7);
        image.damage(placeOf(where));
        const painted = image.compose(layers);
        expect(painted.subtract(placeOf(where)).isEmpty).toBe(true);
        for (const { left, top, right, bottom } of Region.of(image.bounds).subtract(painted).rectangles) {
          for (let y = top; y < bottom; y++) {
            expect(image.pixels.subarray((y * width + left) * 4, (y * width + right) * 4).every((b) => b === 7)).toBe(
              true,
            );
          }
        }
      }),
    );
  });
});

test("nothing is read of a layer that is hidden", () => {
  const hidden = { left: 2, top: 2, width: 4, height: 4, stride: 16, opaque: false };
  const cover = { ...hidden, left: 1, top: 1, width: 6, height: 6, stride: 24, opaque: true };
  const refuse: ProxyHandler<Uint8Array> = {
    get: (of, name) => {
      if (name === "length") return of.length;
      throw new Error("read");
    },
  };
  const unreadable = new Proxy(new Uint8Array(64), refuse);
  const pixels = new Uint8Array(144).fill(9);
  const image = new DesktopImage(10, 10);
  expect(() => image.compose([{ ...hidden, pixels: unreadable }])).toThrow("read");
  image.damage(image.bounds);
  image.compose([
    { ...hidden, pixels: unreadable },
    { ...cover, pixels },
  ]);
  expect(image.pixels[(3 * 10 + 3) * 4]).toBe(9);
});

test("many small windows over each other look as they should", () => {
  // More holes than are kept apart: then hidden parts are painted, and painted over.
  const small = (left: number, top: number, value: number): Layer => ({
    left,
    top,
    width: 1,
    height: 1,
    stride: 4,
    pixels: new Uint8Array(4).fill(value),
    opaque: true,
  });
  const under: Layer = { ...small(0, 0, 0), width: 64, height: 64, stride: 256, pixels: noise(64 * 256, 3) };
  const dots = Array.from({ length: 800 }, (_, at) => small((at * 2) % 64, Math.floor(at / 32) * 2, at));
  const image = new DesktopImage(64, 64);
  image.compose([under, ...dots]);
  const seen = dots.map(({ left, top }) => [left, left + 1].map((x) => image.pixels[(top * 64 + x) * 4]));
  const dotAndBeside = dots.map(({ left, top }, at) => [at & 0xff, under.pixels[(top * 64 + left + 1) * 4]]);
  expect(seen).toEqual(dotAndBeside);
});

test("a layer with fewer bytes than its size takes is cut off, not read beyond its end", () => {
  const short = { left: 0, top: 0, width: 4, height: 4, stride: 20, opaque: true };
  expect(placeOf({ ...short, pixels: new Uint8Array(20 + 16) })).toMatchObject({ right: 4, bottom: 2 });
  expect(placeOf({ ...short, pixels: new Uint8Array(20 + 15) })).toMatchObject({ right: 4, bottom: 1 });
  expect(placeOf({ ...short, pixels: new Uint8Array(0) })).toMatchObject({ bottom: 0 });
  expect(placeOf({ ...short, stride: 8, pixels: new Uint8Array(80) })).toMatchObject({ right: 2, bottom: 4 });
  expect(placeOf({ ...short, stride: 0, pixels: new Uint8Array(80) })).toMatchObject({ right: 0, bottom: 0 });
});

test("blending rounds to the nearest and stops at white", () => {
  for (let alpha = 0; alpha < 255; alpha++) {
    for (let under = 0; under < 256; under++) {
      const row = Uint8Array.of(under, under, under, 0);
      blendRow(row, 0, Uint8Array.of(0, alpha, 255, alpha), 0, 4);
      const through = Math.round((under * (255 - alpha)) / 255);
      // Comparisons are slow, and there are 65,280 of them.
      if (row[0] === through && row[1] === alpha + through && row[2] === Math.min(255, 255 + through)) continue;
      expect([alpha, under, ...row]).toEqual([alpha, under, through, alpha + through, 255, 0]);
    }
  }
});
