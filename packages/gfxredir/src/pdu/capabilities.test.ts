import { DecodeError } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { CapsAdvertise, CapsConfirm } from "./capabilities.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));

/** An advertise of one set that states `length` and has four bytes of data. */
function stating(length: number): Uint8Array {
  const wire = bytesOf("08000000 18000000 43415053 00200000 00000000 00000000");
  new DataView(wire.buffer).setUint32(16, length, true);
  return wire;
}

describe("capability sets", () => {
  test.each([0, 1, 11, 17, 0x8000_0000, 0xffff_ffff])("a length of %i is refused", (length) => {
    expect(() => CapsAdvertise.decode(stating(length))).toThrow(DecodeError);
  });

  test("an offer may be empty", () => {
    const wire = bytesOf("08000000 08000000");
    expect(CapsAdvertise.decode(wire)).toEqual({ capsSets: [] });
  });

  test("several versions, known and unknown, are kept", () => {
    const wire = bytesOf(
      `08000000 34000000 43415053 01000000 0c000000 43415053 00200000 10000000 07000000
       43415053 01200000 10000000 aabbccdd`,
    );
    const value = CapsAdvertise.decode(wire);
    expect(value.capsSets.map((each) => each.capsData)).toEqual([
      { type: "version1" },
      { type: "version2", supportedFeatures: 7 },
      { type: "unknown", tag: 0x2001, data: bytesOf("aabbccdd") },
    ]);
    expect(CapsAdvertise.encode(value)).toEqual(wire);
  });

  test("the answer echoes data of any length", () => {
    const wire = bytesOf("09000000 1a000000 43415053 00200000 12000000 00000000 aabb");
    const value = CapsConfirm.decode(wire);
    expect(value.capsSet.capsData).toMatchObject({ trailing: bytesOf("aabb") });
    expect(CapsConfirm.encode(value)).toEqual(wire);
  });

  test("another signature is refused", () => {
    const wire = stating(16);
    wire[8] = 0;
    expect(() => CapsAdvertise.decode(wire)).toThrow(DecodeError);
  });
});
