import { sourceOf, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { gfxredirMessages } from "./messages.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));
const wide = (number: number): string => `${number.toString(16).padStart(2, "0")}00000000000000`;

const name = "{a3491864-a1a5-403b-b861-6576767f0f60}";
const capsSet = { capsData: { type: "version2", supportedFeatures: 0 } };
const capsSetHex = "43415053 00200000 10000000 00000000";

/** Each message: its value and its bytes, written by hand from the layout. */
const examples: Readonly<Record<string, readonly [object, string]>> = {
  GFXREDIR_LEGACY_CAPS_PDU: [{ version: 1 }, "01000000 0a000000 0100"],
  GFXREDIR_ERROR_PDU: [{ errorCode: 5 }, "06000000 0c000000 05000000"],
  GFXREDIR_CAPS_ADVERTISE_PDU: [{ capsSets: [capsSet] }, `08000000 18000000 ${capsSetHex}`],
  GFXREDIR_CAPS_CONFIRM_PDU: [{ capsSet }, `09000000 18000000 ${capsSetHex}`],
  GFXREDIR_OPEN_POOL_PDU: [
    { poolId: 1n, poolSize: 0x7000n, sectionName: name },
    `0a000000 6a000000 ${wide(1)} 0070000000000000 27000000
     ${Buffer.from(`${name}\0`, "utf16le").toString("hex")}`,
  ],
  GFXREDIR_CLOSE_POOL_PDU: [{ poolId: 1n }, `0b000000 10000000 ${wide(1)}`],
  GFXREDIR_CREATE_BUFFER_PDU: [
    { poolId: 1n, bufferId: 1n, offset: 0n, stride: 400, width: 100, height: 70, format: 2 },
    `0c000000 30000000 ${wide(1)} ${wide(1)} ${wide(0)} 90010000 64000000 46000000 02000000`,
  ],
  GFXREDIR_DESTROY_BUFFER_PDU: [{ bufferId: 1n }, `0d000000 10000000 ${wide(1)}`],
  GFXREDIR_PRESENT_BUFFER_PDU: [
    {
      timestamp: 0n,
      presentId: 1n,
      windowId: 5n,
      bufferId: 1n,
      orientation: 0,
      targetWidth: 100,
      targetHeight: 70,
      dirtyRect: { left: 0, top: 0, width: 100, height: 70 },
      opaqueRects: [],
    },
    `0e000000 58000000 ${wide(0)} ${wide(1)} ${wide(5)} ${wide(1)} 00000000 64000000 46000000
     00000000 00000000 64000000 46000000 00000000 ${"00".repeat(16)}`,
  ],
  GFXREDIR_PRESENT_BUFFER_ACK_PDU: [{ windowId: 5n, presentId: 1n }, `0f000000 18000000 ${wide(5)} ${wide(1)}`],
};

describe("gfxredirMessages", () => {
  test("have an example each", () => {
    expect(gfxredirMessages.members.map((member) => member.name).toSorted()).toEqual(Object.keys(examples).toSorted());
  });

  test.each(gfxredirMessages.members.map((member) => [member.name, member] as const))(
    "%s is written and read as its example",
    (pdu, member: Pdu) => {
      const [value, hex] = examples[pdu] as readonly [object, string];
      const wire = bytesOf(hex);
      expect(member.encode(value)).toEqual(wire);
      expect(member.decode(wire)).toEqual(value);
      expect(member.inspect(wire).deviations).toEqual([]);
      expect(gfxredirMessages.match(sourceOf(wire), 0, wire.length, "server")).toBe(member);
    },
  );

  test("do not know the numbers that are not assigned", () => {
    for (const number of [0, 2, 3, 4, 5, 7, 0x10]) {
      expect(gfxredirMessages.member(number, "server")).toBeUndefined();
    }
  });
});
