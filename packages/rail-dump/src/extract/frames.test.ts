import type { Message } from "@railvail/dissect";
import {
  CodecId,
  CreateSurface,
  DeleteSurface,
  encodeUniformAlpha,
  EndFrame,
  MapSurfaceToWindow,
  PixelFormat,
  SolidFill,
  StartFrame,
  WireToSurface1,
} from "@railvail/egfx";
import { decode } from "fast-png";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  carrying,
  extracted,
  extractedBy,
  removeFolders,
  type Extracted,
  type ExtractedBy,
} from "../../testing/extracted.js";
import { fixture } from "../../testing/run.js";
import { FrameExtractor } from "./frames.js";

afterAll(removeFolders);

describe("a recorded session", () => {
  let session: Extracted;
  beforeAll(async () => {
    session = await extracted(["--kind", "frames", fixture("wslg-multimon")]);
  });

  test("each surface is there once, as its window was at its end", () => {
    expect(session.code).toBe(0);
    const sizes = session.index.map(({ surfaceId, windowId, width, height }) => [surfaceId, windowId, width, height]);
    // The windows are those of shot1.windows.txt and shot2-max.windows.txt.
    expect(sizes.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual([
      [1, "1", 200, 200],
      [2, "7", 320, 205],
      [3, "7", 1600, 600],
      [4, "7", 320, 205],
    ]);
    expect(session.index.every(({ incomplete }) => incomplete === false)).toBe(true);
  });

  test("the maximised terminal is white below its title, and grey at its edge", () => {
    const file = session.files.find((name) => name.includes("-s3-"));
    const { width, data } = decode(session.read(file));
    const pixel = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
    expect(width).toBe(1600);
    expect(pixel(800, 400)).toEqual([255, 255, 255, 255]);
    expect(pixel(1598, 400)).toEqual([204, 204, 204, 255]);
  });
});

test("with --frames all there is one for each frame, and the last one is the same", async () => {
  const [last, all] = await Promise.all(
    ["last", "all"].map(async (frames) =>
      extracted(["--kind", "frames", "--frames", frames, fixture("wslg-multimon")]),
    ),
  );
  // 4 surfaces; of 9 frames some drew on more than one, and some on none.
  const drawn = last?.index.map(({ frames }) => frames as number) ?? [];
  expect(all?.files.length).toBe(drawn.reduce((sum, frames) => sum + frames, 0));
  for (const { file, surfaceId, frameId } of last?.index ?? []) {
    const same = all?.index.find((entry) => entry["surfaceId"] === surfaceId && entry["frameId"] === frameId);
    expect(all?.read(same?.file).equals(last?.read(file) ?? Buffer.of())).toBe(true);
  }
});

const run = (messages: readonly Message[], every = false): ExtractedBy =>
  extractedBy((context) => new FrameExtractor(context, every), messages);

let packet = 0;
const sent = (): Partial<Message> => ({ packet: ++packet, path: "mcs/drdynvc/egfx", channel: "egfx" });
const create = (surfaceId: number, pixelFormat: number = PixelFormat.argb8888): Message =>
  carrying(CreateSurface, { surfaceId, width: 2, height: 1, pixelFormat }, sent());
const draw = (surfaceId: number, codecId: number, bitmapData: Uint8Array, right = 2): Message =>
  carrying(
    WireToSurface1,
    {
      surfaceId,
      codecId,
      pixelFormat: PixelFormat.argb8888,
      destRect: { left: 0, top: 0, right, bottom: 1 },
      bitmapData,
    },
    sent(),
  );
const frame = (frameId: number, ...messages: readonly Message[]): Message[] => [
  carrying(StartFrame, { timestamp: { milliseconds: 0, seconds: 0, minutes: 0, hours: 0 }, frameId }, sent()),
  ...messages,
  carrying(EndFrame, { frameId }, sent()),
];
const blueAndRed = new Uint8Array([0xff, 0, 0, 0xff, 0, 0, 0xff, 0xff]);
const pixelsOf = ({ read, index }: ExtractedBy, at = 0): number[] => [...decode(read(index[at]?.file)).data];

test("uncompressed pixels and alpha are drawn", () => {
  const opaque = draw(1, CodecId.alpha, encodeUniformAlpha(0xff, 2));
  const drawn = run([create(1), ...frame(1, draw(1, CodecId.uncompressed, blueAndRed), opaque)]);
  expect(pixelsOf(drawn)).toEqual([0, 0, 0xff, 0xff, 0xff, 0, 0, 0xff]);
});

test("pixels of other codecs are named; without any others there is no file", () => {
  const planar = draw(1, CodecId.planar, new Uint8Array(3), 1);
  const both = run([create(1), ...frame(1, draw(1, CodecId.uncompressed, blueAndRed)), ...frame(2, planar)]);
  expect(both.index[0]).toMatchObject({ incomplete: true, notDrawn: ["PLANAR"], frames: 2, frameId: 2 });
  const only = run([create(1), ...frame(1, planar)]);
  expect(only.files).toEqual([]);
  for (const { index, report } of [both, only]) {
    expect(index.at(-1)?.left).toBe("pixels of the codec PLANAR, which is not drawn");
    expect(report.findings).toBe(true);
  }
});

test("a surface that is deleted or made anew is written as it was", () => {
  const remove = carrying(DeleteSurface, { surfaceId: 1 }, sent());
  const map = carrying(MapSurfaceToWindow, { surfaceId: 1, windowId: 7n, mappedWidth: 2, mappedHeight: 1 }, sent());
  const black = new Uint8Array([0, 0, 0, 0xff, 0, 0, 0, 0xff]);
  const drawn = run([
    create(1),
    map,
    ...frame(1, draw(1, CodecId.uncompressed, blueAndRed)),
    create(1),
    ...frame(2, draw(1, CodecId.uncompressed, black)),
    remove,
    create(1),
    create(2),
  ]);
  expect(drawn.index.map(({ frameId, windowId }) => [frameId, windowId])).toEqual([
    [1, "7"],
    [2, undefined],
  ]);
  expect(pixelsOf(drawn, 0)).toEqual([0, 0, 0xff, 0xff, 0xff, 0, 0, 0xff]);
  expect(pixelsOf(drawn, 1)).toEqual([0, 0, 0, 0xff, 0, 0, 0, 0xff]);
});

test("a surface without pixels is said, and no file", () => {
  const empty = carrying(CreateSurface, { surfaceId: 1, width: 2, height: 0, pixelFormat: 0x20 }, sent());
  const fill = { surfaceId: 1, fillPixel: { b: 0, g: 0, r: 0, xa: 0xff }, fillRects: [] };
  const { files, report } = run([empty, ...frame(1, carrying(SolidFill, fill, sent()))]);
  expect(files).toEqual([]);
  expect(report.reasonsLeft().map(({ reason }) => reason)).toContain("surfaces without pixels");
});

test("what is drawn on a surface that was not captured is said", () => {
  const { files, report } = run(frame(1, draw(9, CodecId.uncompressed, blueAndRed)));
  expect(files).toEqual([]);
  expect(report.reasonsLeft().map(({ reason }) => reason)).toEqual([
    "commands for surfaces whose creation was not captured",
  ]);
});

test("pixels of graphics redirection are not in the capture, which is said and no fault", async () => {
  const { code, index } = await extracted(["--kind", "frames", fixture("wslg-vail-gfxredir")]);
  expect(code).toBe(0);
  expect(index).toMatchObject([
    { left: expect.stringMatching(/^presents of graphics redirection/) as string, count: 44 },
  ]);
});
