import { Arena, DecodeError, generate, sourceOf, type Pdu } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  Avc444BitmapStream,
  Avc444SingleStream,
  Avc444v2BitmapStream,
  Avc444v2SingleStream,
  avcFrame,
  ClearCodecBitmapStream,
  CodecId,
  codecBlockLength,
  encodeUniformAlpha,
  payloadParts,
  PlanarBitmapStream,
  ProgressiveRegion,
  progressiveBlocks,
  readPayload,
  RfxFrameEnd,
  rfxBlocks,
} from "./index.js";

const codecIds = [...Object.values(CodecId), 0x77];
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));

describe("any bytes as a payload", () => {
  test("have parts that cover them, wherever they stand", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...codecIds),
        fc.uint8Array({ maxLength: 60 }),
        fc.nat(9),
        (codecId, bytes, offset) => {
          const source = sourceOf(bytes);
          const start = Math.min(offset, bytes.length);
          let at = start;
          for (const part of payloadParts(codecId, source, start, bytes.length)) {
            expect(part.offset).toBe(at);
            at = part.end;
          }
          expect(at).toBe(bytes.length);
        },
      ),
    );
  });

  test("are described or refused with a DecodeError", () => {
    const info = fc.constantFrom(
      "00000000",
      "00000040",
      "00000080",
      "000000c0",
      "01000000",
      "4c410100",
      "c4cc0600",
      "",
    );
    fc.assert(
      fc.property(fc.constantFrom(...codecIds), info, fc.uint8Array({ maxLength: 60 }), (codecId, head, tail) => {
        const bytes = Uint8Array.of(...bytesOf(head), ...tail);
        try {
          const { codec } = readPayload(codecId, sourceOf(bytes), 0, bytes.length);
          expect(codec in CodecId ? CodecId[codec as keyof typeof CodecId] : 0x77).toBe(codecId);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe.each([
  ["caVideo", CodecId.caVideo, rfxBlocks],
  ["caProgressive", CodecId.caProgressive, progressiveBlocks],
] as const)("a stream of %s", (codec, codecId, family) => {
  test("is its blocks, one after the other", () => {
    const blocks = fc.gen().map((gen) => {
      const int = (low: number, high: number): number => gen(fc.integer, { min: low, max: high });
      return Array.from({ length: int(0, 4) }, () => {
        const pdu = family.members[int(0, family.members.length - 1)] as Pdu;
        return { pdu, value: generate(pdu, { int }) };
      });
    });
    fc.assert(
      fc.property(blocks, fc.nat(5), (all, before) => {
        const arena = new Arena(16);
        arena.length = arena.reserve(before) + before;
        for (const { pdu, value } of all) pdu.encodeInto(value, arena);
        const parts = payloadParts(codecId, arena, before, arena.length);
        expect(parts.map(({ pdu }) => pdu)).toEqual(all.map(({ pdu }) => pdu));
        const payload = readPayload(codecId, arena, before, arena.length);
        expect(payload.codec).toBe(codec);
        const read = payload.codec === "caVideo" || payload.codec === "caProgressive" ? payload.blocks : [];
        expect(read.map((each) => (each.type === "unknown" ? each : each.block))).toEqual(
          all.map(({ value }) => value),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("keeps blocks of unknown types, and what is no block", () => {
    const end = RfxFrameEnd.encode({});
    const unknown = bytesOf("ffff 07000000 01");
    const bytes = Uint8Array.of(...unknown, ...(codecId === CodecId.caVideo ? end : unknown), 0xc0, 0xcc);
    const payload = readPayload(codecId, sourceOf(bytes), 0, bytes.length);
    expect(payload).toMatchObject({
      blocks: [{ type: "unknown", bytes: unknown }, {}, { bytes: Uint8Array.of(0xc0, 0xcc) }],
    });
  });
});

test.each(["", "c0cc", "c0cc 05000000", "c0cc 07000000", "c0cc ffffffff"])("no block begins at %j", (hex) => {
  const source = sourceOf(bytesOf(hex));
  expect(codecBlockLength(source, 0, source.bytes.length)).toBeUndefined();
});

const rect = { left: 1, top: 2, right: 3, bottom: 4 };
const stream = (bitstream: number) => ({ regionRects: [rect], frame: Uint8Array.of(0x96, 77, bitstream) });
const frame = (bitstream: number) => ({
  regionRects: [rect],
  quantQualityVals: [{ qp: 22, progressive: true, quality: 77 }],
  bitstream: Uint8Array.of(bitstream),
});

describe("H.264", () => {
  test("has as many values of quality as rectangles", () => {
    expect(avcFrame(stream(5))).toEqual(frame(5));
    expect(() => avcFrame({ regionRects: [rect, rect], frame: new Uint8Array(3) })).toThrow(
      "RFX_AVC420_METABLOCK.quantQualityVals at byte 20: not enough bytes: needed 4, have 3",
    );
    expect(() => readPayload(CodecId.avc420, sourceOf(bytesOf("01000000 0000000000000000 00")), 0, 13)).toThrow(
      "needed 2",
    );
  });

  test.each([
    [CodecId.avc444, "avc444", Avc444BitmapStream, Avc444SingleStream],
    [CodecId.avc444v2, "avc444v2", Avc444v2BitmapStream, Avc444v2SingleStream],
  ] as const)("in full color has one or two streams: codec %i", (codecId, codec, double, single) => {
    const read = (bytes: Uint8Array): unknown => readPayload(codecId, sourceOf(bytes), 0, bytes.length);
    const two = double.encode({ avc420EncodedBitstream1: stream(5), avc420EncodedBitstream2: stream(6) });
    expect([...two.subarray(0, 4)]).toEqual([15, 0, 0, 0]);
    expect(read(two)).toEqual({ codec, luma: frame(5), chroma: frame(6) });
    const one = (lc: number, size: number): Uint8Array =>
      single.encode({ lc, cbAvc420EncodedBitstream1: size, avc420EncodedBitstream1: stream(7) });
    expect(read(one(1, 15))).toEqual({ codec, luma: frame(7), chroma: undefined });
    expect(read(one(2, 0))).toEqual({ codec, luma: undefined, chroma: frame(7) });
    expect(() => read(one(3, 15))).toThrow("lc at byte 0: value out of range: 3");
    expect(() => double.decode(one(1, 15))).toThrow(DecodeError);
  });
});

describe("other codecs", () => {
  test("are described by their headers", () => {
    const alpha = encodeUniformAlpha(9, 5);
    expect(readPayload(CodecId.alpha, sourceOf(alpha), 0, alpha.length)).toEqual({
      codec: "alpha",
      runs: true,
      stream: alpha,
    });
    const planar = PlanarBitmapStream.encode({ cll: 5, cs: 1, rle: 0, na: 1, planes: Uint8Array.of(1) });
    expect([...planar]).toEqual([0x2d, 1]);
    expect(readPayload(CodecId.planar, sourceOf(planar), 0, 2)).toMatchObject({ codec: "planar", stream: { cll: 5 } });
    const glyph = ClearCodecBitmapStream.encode({ flags: 2, seqNumber: 3, glyphIndex: 4 });
    expect([...glyph]).toEqual([3, 3, 4, 0]);
    expect(readPayload(CodecId.clearCodec, sourceOf(glyph), 0, 4)).toMatchObject({ subcodecs: [] });
    expect(readPayload(0x77, sourceOf(glyph), 1, 3)).toEqual({
      codec: "unknown",
      codecId: 0x77,
      data: Uint8Array.of(3, 4),
    });
  });

  test("a bitmap inside ClearCodec's third layer that goes past it is refused", () => {
    const layer = bytesOf("0000 0000 0100 0100 04000000 00 010203");
    const bytes = ClearCodecBitmapStream.encode({
      flags: 0,
      seqNumber: 0,
      compositePayload: { residualData: new Uint8Array(), bandsData: new Uint8Array(), subcodecData: layer },
    });
    expect(() => readPayload(CodecId.clearCodec, sourceOf(bytes), 0, bytes.length)).toThrow(
      "CLEARCODEC_SUBCODECS_DATA.subcodecs[0].bitmapData at byte 13: not enough bytes: needed 4, have 3",
    );
  });

  test("the size of a progressive region's tiles is that of the tiles alone", () => {
    const tail = new Uint8Array();
    const place = { quantIdxY: 0, quantIdxCb: 1, quantIdxCr: 2, xIdx: 3, yIdx: 4 };
    const parts = { yData: Uint8Array.of(1), cbData: Uint8Array.of(2, 3), crData: tail, tailData: tail };
    const bytes = ProgressiveRegion.encode({
      content: {
        tileSize: 64,
        flags: 1,
        rects: [],
        quantVals: [],
        quantProgVals: [],
        tiles: [{ body: { type: "simple", ...place, flags: 0, ...parts } }],
      },
    });
    expect(Buffer.from(bytes).toString("hex")).toBe(
      "c4cc2b0000004000000000010100" +
        "19000000" +
        "c5cc19000000" +
        "000102" +
        "03000400" +
        "00" +
        "0100020000000000" +
        "010203",
    );
  });
});
