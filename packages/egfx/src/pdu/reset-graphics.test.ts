import { DecodeError } from "@railvail/wire";
import { expect, test } from "vitest";
import { monitorLimit, ResetGraphics } from "./reset-graphics.js";

const monitor = { left: 0, top: 0, right: 1, bottom: 1, flags: 0 };
const monitors = (count: number): (typeof monitor)[] => Array.from({ length: count }, () => monitor);

test.each([0, 1, monitorLimit])("with %i monitors it has 340 bytes", (count) => {
  const value = { width: 1, height: 1, monitorDefArray: monitors(count) };
  const wire = ResetGraphics.encode(value);
  expect(wire).toHaveLength(340);
  expect(ResetGraphics.decode(wire)).toEqual(value);
});

test("17 monitors make it longer", () => {
  const value = { width: 1, height: 1, monitorDefArray: monitors(17) };
  expect(ResetGraphics.encode(value)).toHaveLength(360);
});

test("a count that the bytes cannot hold is refused", () => {
  const wire = ResetGraphics.encode({ width: 1, height: 1, monitorDefArray: [] });
  new DataView(wire.buffer).setUint32(16, 0xffff_ffff, true);
  expect(() => ResetGraphics.decode(wire)).toThrow(DecodeError);
});
