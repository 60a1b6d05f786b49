import type { Arena } from "@railvail/wire";
import { PartReader } from "../part-reader.js";
import { MultipartHead, SegmentHead, SingleSegment } from "../pdu/segmented-data.js";
import type { SegmentDecoder } from "../segmented-data.js";
import { CompressionError } from "./compression-error.js";
import type { ZgfxCompressor } from "./zgfx-compressor.js";
import type { ZgfxDecompressor } from "./zgfx-decompressor.js";

/**
 * A decompressor in the form that `unsegment` takes. What is wrong with a broken segment goes to
 * `report`.
 */
export function zgfxSegmentDecoder(
  decompressor: ZgfxDecompressor,
  report?: (error: CompressionError) => void,
): SegmentDecoder {
  return (data, compressed) => {
    try {
      return decompressor.decompress(data, compressed);
    } catch (error) {
      if (!(error instanceof CompressionError)) throw error;
      report?.(error);
      return undefined;
    }
  };
}

/**
 * Wraps a message in compressed segments, one if it fits: like `segmentMessage`, with a history.
 * The result is in the order to send: headers and compressed data, made in `arena`, and views of
 * the message where compressing gains nothing. The message must be sent.
 */
export function compressMessage(
  message: readonly Uint8Array[],
  compressor: ZgfxCompressor,
  arena: Arena,
): Uint8Array[] {
  const reader = new PartReader(message);
  const uncompressedSize = reader.remaining;
  const { segmentSize } = compressor;
  if (uncompressedSize <= segmentSize) {
    const { header, data } = compressed(reader, compressor, arena);
    const head = SingleSegment.segments({ ...header, data: new Uint8Array(0) }, arena);
    return [...head, data];
  }
  const segmentCount = Math.ceil(uncompressedSize / segmentSize);
  const out = MultipartHead.segments({ segmentCount, uncompressedSize }, arena);
  while (reader.remaining > 0) {
    const { header, data } = compressed(reader, compressor, arena);
    out.push(...SegmentHead.segments({ size: data.length + 1, ...header }, arena), data);
  }
  return out;
}

interface CompressedSegment {
  readonly header: { readonly compressionType: number; readonly flags: number };
  readonly data: Uint8Array;
}

function compressed(reader: PartReader, compressor: ZgfxCompressor, arena: Arena): CompressedSegment {
  const plain = joined(reader.take(compressor.segmentSize));
  const { data, flags } = compressor.compress(plain);
  const header = { compressionType: flags & 15, flags: flags >> 4 };
  if (data === plain) return { header, data };
  const at = arena.reserve(data.length);
  arena.bytes.set(data, at);
  arena.length += data.length;
  return { header, data: arena.bytes.subarray(at, at + data.length) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
