import { DecodeError } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { CapsAdvertise, CapsConfirm, CapsVersion } from "./capabilities.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));

describe("capability sets", () => {
  test("every version is an arm of its own", () => {
    for (const [type, version] of Object.entries(CapsVersion)) {
      const size = type === "version101" ? 16 : 4;
      const wire = new Uint8Array(16 + size);
      const view = new DataView(wire.buffer);
      view.setUint16(0, 0x13, true);
      view.setUint32(4, wire.length, true);
      view.setUint32(8, version, true);
      view.setUint32(12, size, true);
      expect(CapsConfirm.decode(wire).capsSet.capsData).toMatchObject({ type });
      expect(CapsConfirm.encode(CapsConfirm.decode(wire))).toEqual(wire);
    }
  });

  test("a version without its flags is refused", () => {
    const wire = bytesOf("1200 0000 12000000 0100 01070a00 00000000");
    expect(() => CapsAdvertise.decode(wire)).toThrow(DecodeError);
  });

  test("a version that is not known is kept", () => {
    const right = bytesOf("1200 0000 1f000000 0200 00000b00 01000000 aa 01070a00 04000000 80000000");
    const value = CapsAdvertise.decode(right);
    expect(value.capsSets).toEqual([
      { capsData: { type: "unknown", tag: 0x000b_0000, data: bytesOf("aa") } },
      { capsData: { type: "version107", flags: 0x80 } },
    ]);
    expect(CapsAdvertise.encode(value)).toEqual(right);
    const { deviations } = CapsAdvertise.inspect(right);
    expect(deviations.map(({ rule }) => rule)).toEqual(["unknown-tag"]);
  });

  test("the reserved bytes of version 10.1 deviate if they are not zero", () => {
    const wire = bytesOf(`1300 0000 20000000 00010a00 10000000 01 ${"00".repeat(15)}`);
    expect(CapsConfirm.inspect(wire).deviations).toMatchObject([{ rule: "reserved-not-zero", offset: 16 }]);
  });

  test("more bytes than a version needs are kept", () => {
    const wire = bytesOf("1300 0000 16000000 04000800 06000000 02000000 aabb");
    const value = CapsConfirm.decode(wire);
    const trailing = bytesOf("aabb");
    expect(value.capsSet.capsData).toEqual({ type: "version8", flags: 2, trailing });
    expect(CapsConfirm.encode(value)).toEqual(wire);
  });
});
