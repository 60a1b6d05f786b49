import fc from "fast-check";

/** Numbers of pixels of one size, and how wide their rows are. */
export interface ValueBitmap {
  readonly values: Uint32Array;
  readonly width: number;
  readonly height: number;
}

/** How the next pixels come about: what screens show, and what is hard to compress. */
type Stroke = readonly [kind: "run" | "above" | "below" | "mask" | "dither" | "noise", length: number, seed: number];

const stroke: fc.Arbitrary<Stroke> = fc.tuple(
  fc.constantFrom("run", "above", "below", "mask", "dither", "noise"),
  fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 600 })),
  fc.nat(0xff_ffff),
);

/** Bitmaps of pixels of so many bits, made of strokes of different kinds. */
export function valueBitmaps(bits: number): fc.Arbitrary<ValueBitmap> {
  const limit = 2 ** bits - 1;
  return fc
    .record({
      width: fc.integer({ min: 1, max: 70 }),
      height: fc.integer({ min: 1, max: 24 }),
      colors: fc.tuple(fc.nat(limit), fc.nat(limit), fc.constantFrom(0, limit)),
      strokes: fc.array(stroke, { minLength: 1, maxLength: 30 }),
    })
    .map(({ width, height, colors, strokes }) => {
      const values = new Uint32Array(width * height);
      let at = 0;
      for (let index = 0; at < values.length; index = (index + 1) % strokes.length) {
        const [kind, length, seed] = strokes[index] as Stroke;
        for (const end = Math.min(values.length, at + length); at < end; at++) {
          values[at] = pixelOf(kind, seed, at, values[at - width] ?? 0, colors) & limit;
        }
      }
      return { values, width, height };
    });
}

function pixelOf(kind: Stroke[0], seed: number, at: number, above: number, colors: readonly number[]): number {
  const color = colors[seed % colors.length] as number;
  switch (kind) {
    case "run":
      return color;
    case "above":
      return above;
    case "below":
      return above ^ color;
    case "mask":
      return ((seed >> (at % 23)) & 1) === 0 ? above : above ^ color;
    case "dither":
      return (at & 1) === 0 ? color : seed;
    case "noise":
      return Math.imul(at + 1, 0x9e37_79b1) ^ seed;
  }
}

/** Places of single bits that are turned over, and where the bytes end. */
export const damages = fc.record({
  flips: fc.array(fc.tuple(fc.nat(), fc.nat(7)), { maxLength: 5 }),
  cut: fc.option(fc.nat(), { nil: undefined }),
});

/** The bytes with some bits turned over, perhaps cut off. */
export function damaged(bytes: Uint8Array, { flips, cut }: { flips: [number, number][]; cut: number | undefined }) {
  const result = bytes.slice(0, cut === undefined ? undefined : cut % (bytes.length + 1));
  for (const [place, bit] of flips) {
    if (result.length > 0) result[place % result.length] = (result[place % result.length] as number) ^ (1 << bit);
  }
  return result;
}
