import { DecodeError, type Infer, type Source } from "@railvail/wire";
import { isRuns } from "./alpha-codec.js";
import { avcFrame, type AvcFrame } from "./avc-frame.js";
import { CodecId } from "./codec-id.js";
import { payloadParts } from "./codec-payload.js";
import {
  Avc420BitmapStream,
  Avc444BitmapStream,
  Avc444SingleStream,
  Avc444Streams,
  Avc444v2BitmapStream,
  Avc444v2SingleStream,
} from "./pdu/avc.js";
import { ClearCodecBitmapStream, ClearSubcodecsData } from "./pdu/clear-codec.js";
import { PlanarBitmapStream } from "./pdu/planar.js";
import {
  ProgressiveContext,
  ProgressiveFrameBegin,
  ProgressiveFrameEnd,
  ProgressiveSync,
} from "./pdu/progressive-frame.js";
import { ProgressiveRegion } from "./pdu/progressive-region.js";
import { RfxFrameBegin, RfxFrameEnd, RfxRegion, RfxTileset } from "./pdu/rfx-data-blocks.js";
import { RfxChannels, RfxCodecVersions, RfxContext, RfxSync } from "./pdu/rfx-header-blocks.js";

const rfxTypes = {
  sync: RfxSync,
  codecVersions: RfxCodecVersions,
  channels: RfxChannels,
  context: RfxContext,
  frameBegin: RfxFrameBegin,
  frameEnd: RfxFrameEnd,
  region: RfxRegion,
  tileset: RfxTileset,
} as const;

const progressiveTypes = {
  sync: ProgressiveSync,
  frameBegin: ProgressiveFrameBegin,
  frameEnd: ProgressiveFrameEnd,
  context: ProgressiveContext,
  region: ProgressiveRegion,
} as const;

type BlockOf<T extends Readonly<Record<string, unknown>>> =
  | { [K in keyof T]: { readonly type: K; readonly block: Infer<T[K]> } }[keyof T]
  | { readonly type: "unknown"; readonly bytes: Uint8Array };

/** A block of a RemoteFX stream; `unknown` holds all bytes of one, or those that are no block. */
export type RfxBlock = BlockOf<typeof rfxTypes>;
/** A block of a progressive stream. */
export type ProgressiveBlock = BlockOf<typeof progressiveTypes>;

/** What a payload holds. Byte runs are views of the input; pixels are not decoded. */
export type CodecPayload =
  /** Four bytes a pixel: see `uncompressedToRgba`. */
  | { readonly codec: "uncompressed"; readonly pixels: Uint8Array }
  /** Opacity as runs or raw; `stream` has the header too: see `decodeAlpha`. */
  | { readonly codec: "alpha"; readonly runs: boolean; readonly stream: Uint8Array }
  | { readonly codec: "planar"; readonly stream: PlanarBitmapStream }
  | {
      readonly codec: "clearCodec";
      readonly stream: ClearCodecBitmapStream;
      /** The bitmaps of the third layer. */
      readonly subcodecs: ClearSubcodecsData["subcodecs"];
    }
  | { readonly codec: "caVideo"; readonly blocks: readonly RfxBlock[] }
  | { readonly codec: "caProgressive"; readonly blocks: readonly ProgressiveBlock[] }
  | { readonly codec: "avc420"; readonly frame: AvcFrame }
  /** One or both of the frames that make up one in full color. */
  | {
      readonly codec: "avc444" | "avc444v2";
      readonly luma: AvcFrame | undefined;
      readonly chroma: AvcFrame | undefined;
    }
  | { readonly codec: "unknown"; readonly codecId: number; readonly data: Uint8Array };

/**
 * Describes the bitmap data of a wire-to-surface command, from `offset` to `end`: as far as headers
 * say it, in time that does not grow with the pixels. Throws {@link DecodeError}, whose offset
 * counts from the start of the block.
 */
export function readPayload(codecId: number, source: Source, offset: number, end: number): CodecPayload {
  const data = source.bytes.subarray(offset, end);
  switch (codecId) {
    case CodecId.uncompressed:
      return { codec: "uncompressed", pixels: data };
    case CodecId.alpha:
      return { codec: "alpha", runs: isRuns(data), stream: data };
    case CodecId.planar:
      return { codec: "planar", stream: PlanarBitmapStream.read(source, offset, end) };
    case CodecId.clearCodec: {
      const stream = ClearCodecBitmapStream.read(source, offset, end);
      const layer = stream.compositePayload?.subcodecData;
      return { codec: "clearCodec", stream, subcodecs: layer ? ClearSubcodecsData.decode(layer).subcodecs : [] };
    }
    case CodecId.caVideo:
      return { codec: "caVideo", blocks: readBlocks<RfxBlock>(rfxTypes, codecId, source, offset, end) };
    case CodecId.caProgressive: {
      const blocks = readBlocks<ProgressiveBlock>(progressiveTypes, codecId, source, offset, end);
      return { codec: "caProgressive", blocks };
    }
    case CodecId.avc420:
      return { codec: "avc420", frame: avcFrame(Avc420BitmapStream.read(source, offset, end)) };
    case CodecId.avc444:
    case CodecId.avc444v2:
      return readAvc444(codecId, source, offset, end);
    default:
      return { codec: "unknown", codecId, data };
  }
}

function readBlocks<B extends RfxBlock | ProgressiveBlock>(
  types: Readonly<Record<string, unknown>>,
  codecId: number,
  source: Source,
  offset: number,
  end: number,
): B[] {
  const names = new Map(Object.entries(types).map(([name, pdu]) => [pdu, name]));
  return payloadParts(codecId, source, offset, end).map((part) => {
    const type = names.get(part.pdu);
    return (
      part.pdu === undefined || type === undefined
        ? { type: "unknown", bytes: source.bytes.subarray(part.offset, part.end) }
        : { type, block: part.pdu.read(source, part.offset, part.end) }
    ) as B;
  });
}

function readAvc444(codecId: number, source: Source, offset: number, end: number): CodecPayload {
  const v2 = codecId === CodecId.avc444v2;
  const codec = v2 ? "avc444v2" : "avc444";
  const [part] = payloadParts(codecId, source, offset, end);
  if (part?.pdu === Avc444BitmapStream || part?.pdu === Avc444v2BitmapStream) {
    const stream = (v2 ? Avc444v2BitmapStream : Avc444BitmapStream).read(source, offset, end);
    const { avc420EncodedBitstream1: luma, avc420EncodedBitstream2: chroma } = stream;
    return { codec, luma: avcFrame(luma), chroma: avcFrame(chroma) };
  }
  const pdu = v2 ? Avc444v2SingleStream : Avc444SingleStream;
  const { lc, avc420EncodedBitstream1 } = pdu.read(source, offset, end);
  const frame = avcFrame(avc420EncodedBitstream1);
  if (lc === Avc444Streams.luma) return { codec, luma: frame, chroma: undefined };
  if (lc === Avc444Streams.chroma) return { codec, luma: undefined, chroma: frame };
  throw new DecodeError(pdu.name, "lc", 0, { code: "out-of-range", value: lc, allowed: "0 to 2" });
}
