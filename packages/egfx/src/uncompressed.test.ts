import { DecodeError } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { PixelFormat, uncompressedToRgba } from "./index.js";

const size = fc.integer({ min: 0, max: 6 });

test("pixels change the order of their bytes, and have alpha only where their format has it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(0x20, 0x21, 0x22), (bytes, format) => {
      const pixels = Math.floor(bytes.length / 4);
      const data = bytes.subarray(0, pixels * 4);
      const rgba = uncompressedToRgba(data, pixels, 1, format);
      expect(uncompressedToRgba(data, 1, pixels, format)).toEqual(rgba);
      for (let at = 0; at < data.length; at += 4) {
        const [b, g, r, a] = data.subarray(at, at + 4);
        expect([...rgba.subarray(at, at + 4)]).toEqual([r, g, b, format === PixelFormat.argb8888 ? a : 255]);
      }
    }),
  );
});

test("data of another size is refused before anything is allocated", () => {
  fc.assert(
    fc.property(size, size, fc.nat(200), (width, height, length) => {
      fc.pre(length !== width * height * 4);
      expect(() => uncompressedToRgba(new Uint8Array(length), width, height, 0x20)).toThrow(DecodeError);
    }),
  );
  expect(() => uncompressedToRgba(new Uint8Array(4), 0xffff, 0xffff, 0x20)).toThrow("declared 17179344900, found 4");
});
