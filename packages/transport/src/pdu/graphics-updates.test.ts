import { existsSync, readFileSync } from "node:fs";
import { DecodeError, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { BitmapUpdate, PaletteUpdate } from "./bitmap-update.js";
import {
  CachedPointer,
  ColorPointer,
  LargePointer,
  NewPointer,
  PointerPosition,
  PointerUpdate,
} from "./pointer-update.js";
import { SurfaceCommands } from "./surface-commands.js";
import { Update } from "./update.js";

interface Vector {
  readonly name: string;
  readonly hex?: string;
  readonly bin?: { readonly file: string; readonly offset: number; readonly bytes: number };
}
const folder = new URL("../../../../../shared/vectors/open/", import.meta.url);
const present = existsSync(folder);
const load = (area: string): Vector[] =>
  present ? (JSON.parse(readFileSync(new URL(`${area}.json`, folder), "utf8")) as Vector[]) : [];
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

function find(area: string, name: string): Uint8Array {
  const vector = load(area).find((each) => each.name === `${area}.${name}`);
  if (vector?.hex !== undefined) return bytesOf(vector.hex);
  const { file, offset, bytes } = vector?.bin ?? { file: "", offset: 0, bytes: 0 };
  return new Uint8Array(readFileSync(new URL(file, folder))).subarray(offset, offset + bytes);
}
/** A share data header of the given type in front of a slow-path body. */
const slow = (pduType2: number, body: Uint8Array): Uint8Array =>
  bytesOf(
    `${(18 + body.length).toString(16).padStart(2, "0")}001700ea03ea03010000010000${pduType2.toString(16).padStart(2, "0")}000000${hexOf(body)}`,
  );

const cases: readonly (readonly [string, string, Pdu, Record<string, unknown>])[] = [
  ["pointer", "new-pointer-32bpp", NewPointer, { xorBpp: 32, cacheIndex: 0, width: 41, height: 39 }],
  ["pointer", "color-pointer-24bpp", ColorPointer, { cacheIndex: 0, width: 41, height: 39 }],
  ["pointer", "cached", CachedPointer, { cacheIndex: 0 }],
  ["pointer", "new-1bpp", NewPointer, { xorBpp: 1, width: 7, height: 7 }],
  ["pointer", "position", PointerPosition, { xPos: 12, yPos: 34 }],
  [
    "pointer",
    "large-2x2",
    LargePointer,
    {
      xorBpp: 32,
      cacheIndex: 5,
      hotSpot: { xPos: 1, yPos: 1 },
      width: 2,
      height: 2,
      xorMaskData: bytesOf("102030ff405060ff7080908000000000"),
      andMaskData: bytesOf("00004000"),
    },
  ],
  [
    "surface",
    "frame-marker",
    SurfaceCommands,
    { surfaceCommands: [{ command: { type: "frameMarker", frameAction: 0, frameId: 5 } }] },
  ],
  [
    "surface",
    "set-surface-bits",
    SurfaceCommands,
    {
      surfaceCommands: [
        {
          command: {
            type: "setSurfaceBits",
            destLeft: 10,
            destTop: 20,
            destRight: 12,
            destBottom: 21,
            bpp: 32,
            codecId: 0,
            width: 2,
            height: 1,
            exBitmapDataHeader: undefined,
            bitmapData: bytesOf("010203ff040506ff"),
          },
        },
      ],
    },
  ],
  [
    "surface",
    "stream-bits-with-header",
    SurfaceCommands,
    {
      surfaceCommands: [
        {
          command: {
            type: "streamSurfaceBits",
            codecId: 3,
            width: 64,
            height: 64,
            exBitmapDataHeader: {
              highUniqueId: 1,
              lowUniqueId: 2,
              tmMilliseconds: 3n,
              tmSeconds: 4n,
            },
            bitmapData: bytesOf("c4cc0e"),
          },
        },
      ],
    },
  ],
  [
    "surface",
    "bitmap-update",
    BitmapUpdate,
    {
      rectangles: [
        {
          destLeft: 1792,
          destTop: 1024,
          destRight: 1855,
          destBottom: 1079,
          width: 64,
          height: 56,
          bitsPerPixel: 16,
          flags: 1,
          bitmapData: {
            bitmapComprHdr: {
              cbCompFirstRowSize: 0,
              cbCompMainBodySize: 80,
              cbScanWidth: 28,
              cbUncompressedSize: 4,
            },
          },
        },
      ],
    },
  ],
];

describe.skipIf(!present)("updates against vectors (skipped without ../shared/vectors)", () => {
  test.each(cases)("%s.%s", (area, name, pdu, expected) => {
    const bytes = find(area, name);
    const value = pdu.decode(bytes);
    expect(value).toMatchObject(expected);
    expect(hexOf(pdu.encode(value))).toBe(hexOf(bytes));
  });

  test("masks are views of the input", () => {
    const bytes = find("pointer", "new-pointer-32bpp");
    expect(NewPointer.decode(bytes).xorMaskData.buffer).toBe(bytes.buffer);
  });

  test.each([
    ["slow-system-hidden", { type: "system", systemPointerType: 0 }],
    ["slow-position", { type: "position", xPos: 64, yPos: 128 }],
    // Its source refuses this one; here the type and the bytes are kept.
    ["slow-unknown-message-type", { type: "unknown", tag: 255, data: new Uint8Array(0) }],
  ])("pointer.%s", (name, expected) => {
    const bytes = slow(27, find("pointer", name));
    const value = PointerUpdate.decode(bytes);
    expect(value.pointerAttributeData).toMatchObject(expected);
    expect(hexOf(PointerUpdate.encode(value))).toBe(hexOf(bytes));
  });

  test("orders on the slow path", () => {
    const bytes = slow(2, Uint8Array.of(0, 0, ...find("window", "slow-path-deleted")));
    const value = Update.decode(bytes);
    expect(value.update).toMatchObject({
      type: "orders",
      numberOrders: 1,
      orderData: bytes.subarray(26),
    });
    expect(hexOf(Update.encode(value))).toBe(hexOf(bytes));
  });
});

describe("graphics updates", () => {
  test("a rectangle without a compression header", () => {
    const hex = "01000100" + "00000000010001000200020020000104" + "0300" + "aabbcc";
    const value = BitmapUpdate.decode(bytesOf(hex));
    expect(value.rectangles[0]).toMatchObject({
      flags: 0x0401,
      bitmapData: { bitmapComprHdr: undefined, bitmapDataStream: bytesOf("aabbcc") },
    });
    expect(hexOf(BitmapUpdate.encode(value))).toBe(hex);
  });

  test("a palette", () => {
    const hex = "0200" + "0000" + "02000000" + "ff0000" + "00ff00";
    const value = PaletteUpdate.decode(bytesOf(hex));
    expect(value.paletteEntries).toEqual([
      { red: 255, green: 0, blue: 0 },
      { red: 0, green: 255, blue: 0 },
    ]);
    expect(hexOf(PaletteUpdate.encode(value))).toBe(hex);
    expect(() => PaletteUpdate.decode(bytesOf("02000000ffffffff"))).toThrow(DecodeError);
  });

  test("WSLg's pointer: 32 bits per pixel, no AND mask, no pad", () => {
    const hex = "2000" + "0000" + "01000100" + "01000100" + "00000000" + "04000000" + "112233ff";
    const value = LargePointer.decode(bytesOf(hex));
    expect(value).toMatchObject({
      xorMaskData: bytesOf("112233ff"),
      andMaskData: new Uint8Array(0),
      pad: undefined,
    });
    expect(hexOf(LargePointer.encode(value))).toBe(hex);
  });

  test("a surface command of unknown type keeps the rest", () => {
    const hex = "0400010007000000" + "0900aabb";
    const value = SurfaceCommands.decode(bytesOf(hex));
    expect(value.surfaceCommands[1]?.command).toEqual({
      type: "unknown",
      tag: 9,
      data: bytesOf("aabb"),
    });
    expect(hexOf(SurfaceCommands.encode(value))).toBe(hex);
  });
});
