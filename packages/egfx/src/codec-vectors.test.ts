import { existsSync, readFileSync } from "node:fs";
import { DecodeError, sourceOf, tilingFault, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import {
  Avc420BitmapStream,
  Avc444SingleStream,
  ClearCodecBitmapStream,
  codecBlockLength,
  CodecId,
  payloadParts,
  PlanarBitmapStream,
  readPayload,
  rfxBlocks,
} from "./index.js";

interface Bin {
  readonly file: string;
  readonly offset: number;
  readonly bytes: number;
}
interface Vector {
  readonly name: string;
  readonly hex?: string;
  readonly bin?: Bin;
  readonly outcome?: string;
  readonly expect?: unknown;
}

const folder = new URL("../../../../shared/vectors/open/", import.meta.url);
const present = existsSync(folder);
const load = (area: string): Vector[] =>
  present ? (JSON.parse(readFileSync(new URL(`${area}.json`, folder), "utf8")) as Vector[]) : [];

function bytesOf({ hex, bin }: Vector): Uint8Array {
  if (bin === undefined) return Uint8Array.from(Buffer.from(hex ?? "", "hex"));
  return readFileSync(new URL(bin.file, folder)).subarray(bin.offset, bin.offset + bin.bytes);
}
const found = (area: string, name: string): Uint8Array =>
  bytesOf(load(area).find((each) => each.name === name) as Vector);

/** Reads, looks at the fields of and writes again; the value is returned. */
function both<T>(pdu: Pdu<T>, bytes: Uint8Array): T {
  const value = pdu.decode(bytes);
  expect(Buffer.compare(pdu.encode(value), bytes)).toBe(0);
  const { fields, deviations } = pdu.inspect(bytes);
  expect(deviations).toEqual([]);
  expect(tilingFault(fields, bytes.length)).toBe(-1);
  return value;
}

/** A RemoteFX value in the vectors' terms. */
function likeSource(name: string, value: Record<string, unknown>): unknown {
  const { content, properties } = value as { content?: Record<string, unknown[]>; properties?: { et: number } };
  switch (name) {
    case "TS_RFX_CHANNELS":
      return {
        Channels: (value["channels"] as { width: number; height: number }[]).map(({ width, height }) => ({
          width,
          height,
        })),
      };
    case "TS_RFX_CONTEXT":
      return { CodecChannel: { Context: { flags: 0, entropy_algorithm: properties?.et } } };
    case "TS_RFX_FRAME_BEGIN":
      return { CodecChannel: { FrameBegin: { index: value["frameIdx"], number_of_regions: value["numRegions"] } } };
    case "TS_RFX_FRAME_END":
      return { CodecChannel: { FrameEnd: {} } };
    case "TS_RFX_REGION":
      return { CodecChannel: { Region: { rectangles: value["rects"] } } };
    case "TS_RFX_TILESET": {
      const hexes = (tile: Record<string, unknown>): unknown => ({
        y_quant_index: tile["quantIdxY"],
        cb_quant_index: tile["quantIdxCb"],
        cr_quant_index: tile["quantIdxCr"],
        x: tile["xIdx"],
        y: tile["yIdx"],
        ...Object.fromEntries(
          ["y", "cb", "cr"].map((part) => [
            `${part}_data`,
            { hex: Buffer.from(tile[`${part}Data`] as Uint8Array).toString("hex") },
          ]),
        ),
      });
      const tiles = ((content?.["tiles"] ?? []) as Record<string, unknown>[]).map(hexes);
      return {
        CodecChannel: { TileSet: { entropy_algorithm: properties?.et, quants: content?.["quantVals"], tiles } },
      };
    }
    default:
      return { [name === "TS_RFX_SYNC" ? "Sync" : "CodecVersions"]: {} };
  }
}

describe.skipIf(!present)("codecs of other projects (skipped if ../shared/vectors is missing)", () => {
  const single = load("codec-rfx").filter(({ name, outcome }) => name !== "codec-rfx.message" && outcome === undefined);
  test.each(single.map((vector) => [vector.name, vector] as const))("%s", (_, vector) => {
    const bytes = bytesOf(vector);
    const source = sourceOf(bytes);
    expect(codecBlockLength(source, 0, bytes.length)).toBe(bytes.length);
    const pdu = rfxBlocks.match(source, 0, bytes.length, "server") as Pdu;
    const value = both(pdu, bytes) as Record<string, unknown>;
    expect(likeSource(pdu.name, value)).toEqual(vector.expect);
  });

  test("codec-rfx.message: a stream of eight blocks with one tile", () => {
    const bytes = found("codec-rfx", "codec-rfx.message");
    const parts = payloadParts(CodecId.caVideo, sourceOf(bytes), 0, bytes.length);
    for (const { pdu, offset, end } of parts) both(pdu as Pdu, bytes.subarray(offset, end));
    const payload = readPayload(CodecId.caVideo, sourceOf(bytes), 0, bytes.length);
    if (payload.codec !== "caVideo") throw new Error(payload.codec);
    expect(payload.blocks.map(({ type }) => type)).toEqual([
      "sync",
      "context",
      "codecVersions",
      "channels",
      "frameBegin",
      "region",
      "tileset",
      "frameEnd",
    ]);
    const context = payload.blocks.find(({ type }) => type === "context");
    expect(context).toMatchObject({ block: { tileSize: 64, properties: { et: 4, qt: 1, r: 1 } } });
    const tileset = payload.blocks.find(({ type }) => type === "tileset");
    expect(tileset).toMatchObject({
      block: {
        properties: { lt: 1, flags: 0, cct: 1, xft: 1, et: 4, qt: 1 },
        content: { tileSize: 64, quantVals: [{ ll3: 6, lh1: 8, hl1: 8, hh1: 9 }], tiles: [{ xIdx: 0, yIdx: 0 }] },
      },
    });
  });

  test.each(["codec-rfx.sync-length-zero", "codec-rfx.tileset-invalid-size"])("%s is refused here too", (name) => {
    const bytes = found("codec-rfx", name);
    expect(codecBlockLength(sourceOf(bytes), 0, bytes.length)).toBeUndefined();
    const pdu = rfxBlocks.match(sourceOf(bytes), 0, bytes.length, "server");
    expect(() => pdu?.decode(bytes)).toThrow(DecodeError);
  });

  test.each([
    ["codec-clear.example-1", { flags: 2, seqNumber: 0xc3, glyphIndex: 0x11, compositePayload: undefined }, [0, 0, 0]],
    ["codec-clear.example-2", { flags: 0, seqNumber: 0x0d, glyphIndex: undefined }, [0, 0, 130]],
    ["codec-clear.example-4", { flags: 0, seqNumber: 0x0b, glyphIndex: 0x78 }, [0, 70, 0]],
  ])("%s", (name, header, layers) => {
    const bytes = found("codec-clear", name);
    const value = both(ClearCodecBitmapStream, bytes);
    expect(value).toMatchObject(header);
    const { residualData, bandsData, subcodecData } = value.compositePayload ?? {};
    expect([residualData, bandsData, subcodecData].map((layer) => layer?.length ?? 0)).toEqual(layers);
  });

  test("codec-clear.example-2: a bitmap of the third layer is of palette runs, 78 by 17 pixels", () => {
    const bytes = found("codec-clear", "codec-clear.example-2");
    expect(readPayload(CodecId.clearCodec, sourceOf(bytes), 0, bytes.length)).toMatchObject({
      subcodecs: [{ xStart: 0, yStart: 0, width: 78, height: 17, subCodecId: 2 }],
    });
  });

  test.each([
    ["codec-planar.32x64-rgb-raw", { cll: 0, cs: 0, rle: 0, na: 1 }, 3 * 32 * 64 + 1],
    ["codec-planar.64x24-argb-rle", { cll: 0, cs: 0, rle: 1, na: 0 }, 1234],
    ["codec-planar.64x64-ycocg-rle-ss", { cll: 3, cs: 1, rle: 1, na: 1 }, 5159],
    ["codec-planar.64x64-ycocg-raw-ss", { cll: 3, cs: 1, rle: 0, na: 1 }, 1.5 * 64 * 64 + 1],
  ])("%s", (name, header, planes) => {
    const value = both(PlanarBitmapStream, found("codec-planar", name));
    expect(value).toMatchObject(header);
    expect(value.planes).toHaveLength(planes);
  });

  test("egfx.avc420", () => {
    const bytes = found("egfx", "egfx.avc420");
    both(Avc420BitmapStream, bytes);
    expect(readPayload(CodecId.avc420, sourceOf(bytes), 0, bytes.length)).toEqual({
      codec: "avc420",
      frame: {
        regionRects: [{ left: 0, top: 0, right: 1920, bottom: 1080 }],
        quantQualityVals: [{ qp: 22, progressive: false, quality: 100 }],
        bitstream: Uint8Array.of(0, 0, 0, 1, 0x67, 0x42),
      },
    });
  });

  test("egfx.avc444: chroma alone, whose size is stated although it should not be", () => {
    const bytes = found("egfx", "egfx.avc444");
    expect(both(Avc444SingleStream, bytes)).toMatchObject({ lc: 2, cbAvc420EncodedBitstream1: 84 });
    expect(readPayload(CodecId.avc444, sourceOf(bytes), 0, bytes.length)).toEqual({
      codec: "avc444",
      luma: undefined,
      chroma: {
        regionRects: [{ left: 1792, top: 1056, right: 1808, bottom: 1072 }],
        quantQualityVals: [{ qp: 22, progressive: false, quality: 100 }],
        bitstream: bytes.subarray(18, 88),
      },
    });
  });
});
