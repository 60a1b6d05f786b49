import { tilingFault } from "@railvail/wire";
import { expect, test } from "vitest";
import { AlphaBitmapStream } from "./alpha-bitmap-stream.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));

test("raw data is one run of bytes", () => {
  expect(AlphaBitmapStream.decode(bytesOf("4c410000010203"))).toEqual({
    compressed: 0,
    alpha: bytesOf("010203"),
  });
});

test("each run shows its factors and where they stand", () => {
  const wire = bytesOf("4c410100 0702 08ff2c01 09ffffff70110100");
  const value = AlphaBitmapStream.decode(wire);
  expect(value.segments).toEqual([
    { runValue: 7, runLengthFactor1: 2 },
    { runValue: 8, runLengthFactor1: 0xff, runLengthFactor2: 300 },
    { runValue: 9, runLengthFactor1: 0xff, runLengthFactor2: 0xffff, runLengthFactor3: 70_000 },
  ]);
  expect(AlphaBitmapStream.encode(value)).toEqual(wire);
  expect(tilingFault(AlphaBitmapStream.inspect(wire).fields, wire.length)).toBe(-1);
});
