import { expect, test } from "vitest";
import { withCapabilities } from "../connection/capability-list.js";
import { clientCapabilities } from "../connection/client-capabilities.js";
import { choosePointers } from "./pointer-choice.js";

const all = clientCapabilities({
  desktopWidth: 800,
  desktopHeight: 600,
  rail: true,
  keyboardLayout: 0,
  keyboardType: 4,
});

test("a client that knows all gets pointers with alpha, of every size", () => {
  expect(choosePointers(all)).toEqual({ bitsPerPixel: 32, largest: 384, largestUsual: 96, cacheSize: 25 });
});

test.each([
  [0, 0x80_0000, 32, 32],
  [1, 0x80_0000, 96, 96],
  [2, 0x80_0000, 384, 32],
  [3, 608_298, 96, 96],
  [3, 608_299, 384, 96],
  [1, 38_054, 32, 32],
  [1, 38_055, 96, 96],
])(
  "sizes follow the flags %i and the largest update of %i bytes",
  (largePointerSupportFlags, maxRequestSize, largest, largestUsual) => {
    const stated = withCapabilities(all, [
      { type: "largePointer", largePointerSupportFlags },
      { type: "multifragmentUpdate", maxRequestSize },
    ]);
    expect(choosePointers(stated)).toMatchObject({ largest, largestUsual });
  },
);

test("a client without New Pointer Updates gets colour pointers, none of them large", () => {
  const stated = (pointerCacheSize: number | undefined) =>
    withCapabilities(all, [{ type: "pointer", colorPointerFlag: 1, colorPointerCacheSize: 7, pointerCacheSize }]);
  const expected = { bitsPerPixel: 24, largest: 96, largestUsual: 96, cacheSize: 7 };
  expect(choosePointers(stated(undefined))).toEqual(expected);
  expect(choosePointers(stated(0))).toEqual(expected);
  expect(choosePointers([])).toEqual({ bitsPerPixel: 24, largest: 32, largestUsual: 32, cacheSize: 0 });
});
