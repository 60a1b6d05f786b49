import { expect, test } from "vitest";
import { FastPathOutput } from "./index.js";

/** A packet of `size` bytes with one empty-coded update that fills it. */
function packet(size: number, wide: boolean): Uint8Array {
  const length = wide ? [0x80 | (size >> 8), size & 0xff] : [size];
  const data = size - 1 - length.length - 3;
  return Uint8Array.of(0, ...length, 0, data & 0xff, data >> 8, ...new Uint8Array(data));
}

// At 128 bytes the short form would make the packet short enough for the short form.
test.each([10, 126, 127, 128, 129, 130, 400])("a packet of %d bytes keeps the form of its length", (size) => {
  for (const wide of size < 128 ? [true, false] : [true]) {
    const bytes = packet(size, wide);
    expect(FastPathOutput.encode(FastPathOutput.decode(bytes))).toEqual(bytes);
  }
});
