import { DecodeError, EncodeError } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { iconOf, iconPixels } from "./icon.js";
import type { AppIcon } from "./pdu/update-app-list.js";

const size = fc.integer({ min: 1, max: 12 });
const image = fc.tuple(size, size).chain(([width, height]) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    rgba: fc.uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 }),
  }),
);

/** The same icon with `gap` bytes after each row but the highest, which is the last. */
function withStride(icon: AppIcon, gap: number): AppIcon {
  const stride = icon.stride + gap;
  const bits = new Uint8Array((icon.height - 1) * stride + icon.stride).fill(0xee);
  for (let y = 0; y < icon.height; y++) {
    bits.set(icon.bits.subarray(y * icon.stride, (y + 1) * icon.stride), y * stride);
  }
  return { ...icon, stride, bits };
}

describe("iconPixels", () => {
  test("gives back what iconOf was given, whatever the stride", () => {
    fc.assert(
      fc.property(image, fc.nat(9), (pixels, gap) => {
        expect(iconPixels(withStride(iconOf(pixels), gap))).toEqual(pixels);
      }),
    );
  });

  test("turns rows upside down and B, G, R, A into R, G, B, A", () => {
    const bits = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const icon = { flags: 0, width: 1, height: 2, stride: 4, bpp: 32, format: 2, bits };
    expect(iconPixels(icon).rgba).toEqual(Uint8Array.of(7, 6, 5, 8, 3, 2, 1, 4));
    expect([...bits]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test("any header over few bits gives few pixels or a DecodeError", () => {
    const u32 = fc.oneof(fc.nat(8), fc.integer({ min: 0, max: 0xffff_ffff }));
    const bits = fc.uint8Array({ maxLength: 64 });
    const header = { width: u32, height: u32, stride: u32 };
    fc.assert(
      fc.property(fc.record({ ...header, bits }), (icon) => {
        try {
          const { rgba } = iconPixels({ flags: 0, bpp: 32, format: 2, ...icon });
          expect(rgba.length).toBeLessThanOrEqual(icon.bits.length);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 500 },
    );
  });

  const good: AppIcon = {
    flags: 0,
    width: 2,
    height: 2,
    stride: 8,
    bpp: 32,
    format: 2,
    bits: new Uint8Array(16),
  };
  test.each([
    ["format", { format: 1 }, 20],
    ["bpp", { bpp: 24 }, 16],
    ["width", { width: 0 }, 4],
    ["height", { height: 0 }, 8],
    ["stride", { stride: 7 }, 12],
    ["bits", { bits: new Uint8Array(15) }, 28],
    ["bits", { height: 3 }, 28],
  ])("refuses a wrong %s: %j", (field, change, offset) => {
    expect(() => iconPixels({ ...good, ...change })).toThrow(
      expect.objectContaining({ name: "DecodeError", field, offset }) as Error,
    );
  });

  test("iconOf refuses pixels of another number", () => {
    expect(() => iconOf({ width: 2, height: 2, rgba: new Uint8Array(15) })).toThrow(EncodeError);
  });
});
