import { DecodeError, sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { OpenPool } from "./pool.js";

const ids = { poolId: 1n, poolSize: 4096n };

test("the length of the name is in UTF-16 units and counts the NUL", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 50 }), (sectionName) => {
      fc.pre(!sectionName.endsWith("\0"));
      const wire = OpenPool.encode({ ...ids, sectionName });
      expect(sourceOf(wire).view.getUint32(24, true)).toBe(sectionName.length + 1);
      expect(wire).toHaveLength(28 + 2 * (sectionName.length + 1));
      expect(OpenPool.decode(wire).sectionName).toBe(sectionName);
    }),
  );
});

test("a length that the bytes cannot hold is refused, also where doubling it overflows", () => {
  const wire = OpenPool.encode({ ...ids, sectionName: "ab" });
  for (const units of [4, 0x8000_0000, 0xffff_ffff]) {
    sourceOf(wire).view.setUint32(24, units, true);
    expect(() => OpenPool.decode(wire)).toThrow(DecodeError);
  }
});

test("a name without NUL is read and reported", () => {
  const wire = OpenPool.encode({ ...ids, sectionName: "ab" });
  wire[32] = 0x63;
  expect(OpenPool.decode(wire).sectionName).toBe("abc");
  expect(OpenPool.inspect(wire).deviations).toMatchObject([{ rule: "missing-terminator" }]);
});
