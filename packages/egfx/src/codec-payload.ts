import type { Family, Pdu, Source } from "@railvail/wire";
import { codecBlockLength, progressiveBlocks, rfxBlocks } from "./codec-blocks.js";
import { CodecId } from "./codec-id.js";
import { AlphaBitmapStream } from "./pdu/alpha-bitmap-stream.js";
import {
  Avc420BitmapStream,
  Avc444BitmapStream,
  Avc444SingleStream,
  Avc444v2BitmapStream,
  Avc444v2SingleStream,
} from "./pdu/avc.js";
import { ClearCodecBitmapStream } from "./pdu/clear-codec.js";
import { PlanarBitmapStream } from "./pdu/planar.js";

/** Bytes of a payload and what stands there. */
export interface PayloadPart {
  /** What describes them; undefined for a block of a type that is not known, or bytes that are no block. */
  readonly pdu: Pdu | undefined;
  /** Where they are in the source. */
  readonly offset: number;
  readonly end: number;
}

/**
 * What the bitmap data of a wire-to-surface command consists of: blocks of RemoteFX and progressive
 * streams, one structure of the other codecs. The parts cover the bytes without gaps; uncompressed
 * pixels and unknown codecs are one part without a declaration. Nothing is decoded and nothing is
 * thrown: whether a part is as its declaration says, its `read` tells.
 */
export function payloadParts(codecId: number, source: Source, offset: number, end: number): PayloadPart[] {
  switch (codecId) {
    case CodecId.caVideo:
      return blocks(rfxBlocks, source, offset, end);
    case CodecId.caProgressive:
      return blocks(progressiveBlocks, source, offset, end);
    default:
      return [{ pdu: structureOf(codecId, source, offset, end), offset, end }];
  }
}

function structureOf(codecId: number, source: Source, offset: number, end: number): Pdu | undefined {
  const info = offset + 3 < end ? source.view.getUint8(offset + 3) : 0;
  const single = info >> 6 !== 0;
  switch (codecId) {
    case CodecId.clearCodec:
      return ClearCodecBitmapStream;
    case CodecId.planar:
      return PlanarBitmapStream;
    case CodecId.alpha:
      return AlphaBitmapStream;
    case CodecId.avc420:
      return Avc420BitmapStream;
    case CodecId.avc444:
      return single ? Avc444SingleStream : Avc444BitmapStream;
    case CodecId.avc444v2:
      return single ? Avc444v2SingleStream : Avc444v2BitmapStream;
    default:
      return undefined;
  }
}

function blocks(family: Family, source: Source, offset: number, end: number): PayloadPart[] {
  const parts: PayloadPart[] = [];
  let at = offset;
  while (at < end) {
    const length = codecBlockLength(source, at, end);
    const stop = length === undefined ? end : at + length;
    const pdu = length === undefined ? undefined : family.match(source, at, stop, "server");
    parts.push({ pdu, offset: at, end: stop });
    at = stop;
  }
  return parts;
}
