import { sourceOf, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { egfxCommands } from "./commands.js";
import { WireToSurface1 } from "./pdu/wire-to-surface.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));

/** Each command by name: its value and its bytes, written by hand from the layout. */
const examples: Readonly<Record<string, readonly [object, string]>> = {
  RDPGFX_WIRE_TO_SURFACE_PDU_1: [
    {
      surfaceId: 1,
      codecId: 12,
      pixelFormat: 0x21,
      destRect: { left: 0, top: 0, right: 100, bottom: 70 },
      bitmapData: bytesOf("4c410100ffffffff"),
    },
    "0100 0000 21000000 0100 0c00 21 0000000064004600 08000000 4c410100ffffffff",
  ],
  RDPGFX_WIRE_TO_SURFACE_PDU_2: [
    { surfaceId: 1, codecId: 9, codecContextId: 7, pixelFormat: 0x20, bitmapData: bytesOf("c0cc") },
    "0200 0000 17000000 0100 0900 07000000 20 02000000 c0cc",
  ],
  RDPGFX_DELETE_ENCODING_CONTEXT_PDU: [{ surfaceId: 1, codecContextId: 7 }, "0300 0000 0e000000 0100 07000000"],
  RDPGFX_SOLIDFILL_PDU: [
    {
      surfaceId: 1,
      fillPixel: { b: 1, g: 2, r: 3, xa: 4 },
      fillRects: [{ left: 1, top: 2, right: 3, bottom: 4 }],
    },
    "0400 0000 18000000 0100 01020304 0100 0100020003000400",
  ],
  RDPGFX_SURFACE_TO_SURFACE_PDU: [
    {
      surfaceIdSrc: 1,
      surfaceIdDest: 2,
      rectSrc: { left: 1, top: 2, right: 3, bottom: 4 },
      destPts: [
        { x: 5, y: 6 },
        { x: 7, y: 8 },
      ],
    },
    "0500 0000 1e000000 0100 0200 0100020003000400 0200 05000600 07000800",
  ],
  RDPGFX_SURFACE_TO_CACHE_PDU: [
    {
      surfaceId: 1,
      cacheKey: 0x0807060504030201n,
      cacheSlot: 3,
      rectSrc: { left: 1, top: 2, right: 3, bottom: 4 },
    },
    "0600 0000 1c000000 0100 0102030405060708 0300 0100020003000400",
  ],
  RDPGFX_CACHE_TO_SURFACE_PDU: [
    { cacheSlot: 3, surfaceId: 1, destPts: [{ x: 5, y: 6 }] },
    "0700 0000 12000000 0300 0100 0100 05000600",
  ],
  RDPGFX_EVICT_CACHE_ENTRY_PDU: [{ cacheSlot: 3 }, "0800 0000 0a000000 0300"],
  RDPGFX_CREATE_SURFACE_PDU: [
    { surfaceId: 1, width: 100, height: 70, pixelFormat: 0x21 },
    "0900 0000 0f000000 0100 6400 4600 21",
  ],
  RDPGFX_DELETE_SURFACE_PDU: [{ surfaceId: 1 }, "0a00 0000 0a000000 0100"],
  RDPGFX_START_FRAME_PDU: [
    { timestamp: { milliseconds: 999, seconds: 59, minutes: 1, hours: 23 }, frameId: 9 },
    "0b00 0000 10000000 e7efc105 09000000",
  ],
  RDPGFX_END_FRAME_PDU: [{ frameId: 9 }, "0c00 0000 0c000000 09000000"],
  RDPGFX_FRAME_ACKNOWLEDGE_PDU: [
    { queueDepth: 0xffff_ffff, frameId: 9, totalFramesDecoded: 10 },
    "0d00 0000 14000000 ffffffff 09000000 0a000000",
  ],
  RDPGFX_RESET_GRAPHICS_PDU: [
    {
      width: 1024,
      height: 768,
      monitorDefArray: [{ left: -1, top: 0, right: 1022, bottom: 767, flags: 1 }],
    },
    `0e00 0000 54010000 00040000 00030000 01000000
     ffffffff 00000000 fe030000 ff020000 01000000 ${"00".repeat(300)}`,
  ],
  RDPGFX_MAP_SURFACE_TO_OUTPUT_PDU: [
    { surfaceId: 1, outputOriginX: 2, outputOriginY: 3 },
    "0f00 0000 14000000 0100 0000 02000000 03000000",
  ],
  RDPGFX_CACHE_IMPORT_OFFER_PDU: [
    { cacheEntries: [{ cacheKey: 0x0807060504030201n, bitmapLength: 16384 }] },
    "1000 0000 16000000 0100 0102030405060708 00400000",
  ],
  RDPGFX_CACHE_IMPORT_REPLY_PDU: [{ cacheSlots: [1, 2] }, "1100 0000 0e000000 0200 0100 0200"],
  RDPGFX_CAPS_ADVERTISE_PDU: [
    {
      capsSets: [{ capsData: { type: "version8", flags: 1 } }, { capsData: { type: "version101" } }],
    },
    `1200 0000 2e000000 0200 04000800 04000000 01000000
     00010a00 10000000 ${"00".repeat(16)}`,
  ],
  RDPGFX_CAPS_CONFIRM_PDU: [
    { capsSet: { capsData: { type: "version107", flags: 0xa0 } } },
    "1300 0000 14000000 01070a00 04000000 a0000000",
  ],
  RDPGFX_MAP_SURFACE_TO_WINDOW_PDU: [
    { surfaceId: 1, windowId: 5n, mappedWidth: 100, mappedHeight: 70 },
    "1500 0000 1a000000 0100 0500000000000000 64000000 46000000",
  ],
  RDPGFX_QOE_FRAME_ACKNOWLEDGE_PDU: [
    { frameId: 9, timestamp: 10, timeDiffSE: 11, timeDiffEDR: 12 },
    "1600 0000 14000000 09000000 0a000000 0b00 0c00",
  ],
  RDPGFX_MAP_SURFACE_TO_SCALED_OUTPUT_PDU: [
    { surfaceId: 1, outputOriginX: 2, outputOriginY: 3, targetWidth: 4, targetHeight: 5 },
    "1700 0000 1c000000 0100 0000 02000000 03000000 04000000 05000000",
  ],
  RDPGFX_MAP_SURFACE_TO_SCALED_WINDOW_PDU: [
    {
      surfaceId: 1,
      windowId: 5n,
      mappedWidth: 100,
      mappedHeight: 70,
      targetWidth: 100,
      targetHeight: 70,
    },
    "1800 0000 22000000 0100 0500000000000000 64000000 46000000 64000000 46000000",
  ],
};

describe("egfxCommands", () => {
  test("have an example each", () => {
    expect(egfxCommands.members.map((member) => member.name).toSorted()).toEqual(Object.keys(examples).toSorted());
  });

  test.each(egfxCommands.members.map((member) => [member.name, member] as const))(
    "%s is written and read as its example",
    (name, member: Pdu) => {
      const [value, hex] = examples[name] as readonly [object, string];
      const wire = bytesOf(hex);
      expect(member.encode(value)).toEqual(wire);
      expect(member.decode(wire)).toEqual(value);
      expect(member.inspect(wire).deviations).toEqual([]);
      expect(egfxCommands.match(sourceOf(wire), 0, wire.length, "server")).toBe(member);
    },
  );

  test("do not know 0x14 and 0x19", () => {
    for (const number of [0x00, 0x14, 0x19]) {
      expect(egfxCommands.member(number, "server")).toBeUndefined();
    }
  });

  test("keep bytes after the bitmap data", () => {
    const wire = bytesOf("0100 0000 1b000000 0100 0000 20 0000000001000100 01000000 aa bb");
    const value = WireToSurface1.decode(wire);
    expect(value.trailing).toEqual(bytesOf("bb"));
    expect(WireToSurface1.encode(value)).toEqual(wire);
  });
});
