import type { Message } from "@railvail/dissect";
import { PointerMessageType, PointerUpdate, ColorPointer, LargePointer, NewPointer } from "@railvail/transport";
import { decode } from "fast-png";
import { afterAll, beforeAll, expect, describe, test } from "vitest";
import {
  carrying,
  extracted,
  extractedBy,
  removeFolders,
  type Extracted,
  type ExtractedBy,
} from "../../testing/extracted.js";
import { fixture } from "../../testing/run.js";
import { CursorExtractor } from "./cursors.js";

afterAll(removeFolders);
const run = (...messages: readonly Message[]): ExtractedBy =>
  extractedBy((context) => new CursorExtractor(context), messages);

describe("a recorded session", () => {
  let session: Extracted;
  beforeAll(async () => {
    session = await extracted(["--kind", "cursors", fixture("wslg-rail-basic")]);
  });

  test("has each shape once, with its hot spot in the name", () => {
    expect(session.code).toBe(0);
    expect(session.files).toEqual([
      "cursor-c0-p0000220-24x24-at11x7.png",
      "cursor-c0-p0001581-24x24-at4x4.png",
      "cursor-c0-p0001782-24x24-at11x12.png",
    ]);
    // Six pointers came, three of them again.
    expect(session.index.length).toBe(6);
    expect(session.index.filter((entry) => entry["again"] === true).length).toBe(3);
  });

  test("the arrow is black with a white edge, and its hot spot at its tip", () => {
    const { width, data } = decode(session.read("cursor-c0-p0001581-24x24-at4x4.png"));
    const pixel = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
    expect(pixel(0, 0)).toEqual([0, 0, 0, 0]);
    expect(pixel(3, 10)).toEqual([255, 255, 255, 255]);
    expect(pixel(4, 10)).toEqual([0, 0, 0, 255]);
  });
});

/** 1 x 2 pixels of 24 bits, rows padded to 2 bytes, the lower one first: blue below red. */
const xorMaskData = new Uint8Array([0xff, 0, 0, 0, 0, 0, 0xff, 0]);
const colors = { cacheIndex: 0, hotSpot: { xPos: 0, yPos: 1 }, width: 1, height: 2, xorMaskData, pad: undefined };
/** Only the lower one is masked out, as black; the upper one is shown. */
const andMaskData = new Uint8Array([0, 0, 0, 0]);
const redOverBlue = [0xff, 0, 0, 0xff, 0, 0, 0xff, 0xff];

test.each([
  ["a colour pointer", carrying(ColorPointer, { ...colors, andMaskData })],
  ["a pointer of 24 bits", carrying(NewPointer, { ...colors, xorBpp: 24, andMaskData })],
  ["a large pointer", carrying(LargePointer, { ...colors, xorBpp: 24, andMaskData })],
  [
    "a pointer on the slow path",
    carrying(PointerUpdate, {
      shareId: 0,
      streamId: 1,
      pduSource: 0,
      uncompressedLength: 0,
      compressedType: 0,
      compressedLength: 0,
      pointerAttributeData: { type: "color", ...colors, andMaskData },
    }),
  ],
])("%s", (_, message) => {
  const { index, read } = run(message, message);
  expect(index).toMatchObject([{ width: 1, height: 2, hotSpotX: 0, hotSpotY: 1, bitsPerPixel: 24 }, { again: true }]);
  expect([...decode(read(index[0]?.file)).data]).toEqual(redOverBlue);
});

test("positions and pointers of the cache are not shapes; impossible ones are said", () => {
  const position = carrying(PointerUpdate, {
    shareId: 0,
    streamId: 1,
    pduSource: 0,
    uncompressedLength: 0,
    compressedType: 0,
    compressedLength: 0,
    pointerAttributeData: { type: "position", xPos: 1, yPos: 2 },
  });
  expect(PointerMessageType.position).toBe(3);
  const wide = carrying(ColorPointer, { ...colors, width: 500, andMaskData });
  const { files, report } = run(position, wide);
  expect(files).toEqual([]);
  expect(report.reasonsLeft().map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^cursors that cannot be: .*: not-enough-bytes$/),
  ]);
});
