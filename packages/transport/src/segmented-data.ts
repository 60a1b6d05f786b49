import { DecodeError, sourceOf, type Arena, type Source } from "@railvail/wire";
import { PartReader } from "./part-reader.js";
import {
  MultipartHead,
  MultipartSegments,
  SegmentCompression,
  SegmentFlags,
  SegmentHead,
  SingleSegment,
} from "./pdu/segmented-data.js";

/**
 * Gives the plain bytes of one segment, or undefined if it is broken. It sees every segment in
 * order, also those that are not compressed (`compressed` false): they are part of the history.
 * What it returns is copied, or handed on, before it is called again.
 */
export type SegmentDecoder = (data: Uint8Array, compressed: boolean) => Uint8Array | undefined;

/** What is wrong with segmented data. Sizes are in bytes; `index` counts segments from 0. */
export type SegmentedDataProblem =
  | { readonly rule: "malformed"; readonly error: DecodeError }
  | { readonly rule: "unknown-descriptor"; readonly descriptor: number | undefined }
  | {
      readonly rule: "unknown-compression";
      readonly index: number;
      readonly compressionType: number;
    }
  | { readonly rule: "broken-segment"; readonly index: number }
  | { readonly rule: "limit-exceeded"; readonly size: number; readonly limit: number }
  | { readonly rule: "size-differs"; readonly declared: number; readonly actual: number };

/** What segmented data holds. */
export type Unsegmented =
  /**
   * The bytes: a view of the input, or what the decoder returned, if there is one segment; memory
   * of its own for several. `problem` is there if the stated size is not the real one.
   */
  | { readonly type: "data"; readonly data: Uint8Array; readonly problem?: SegmentedDataProblem }
  /** A segment is compressed and there is no decoder. */
  | { readonly type: "compressed" }
  | { readonly type: "problem"; readonly problem: SegmentedDataProblem };

/** How segmented data is read. */
export interface UnsegmentOptions {
  /** Bounds the result in bytes; 64 MiB unless said otherwise. */
  readonly maximumSize?: number;
  readonly decoder?: SegmentDecoder;
  /**
   * The `SegmentCompression` that the decoder opens; a compressed segment of another type is a
   * problem. That of graphics unless said otherwise; dynamic channel data has the lite type.
   */
  readonly compressionType?: number;
  /** Gives memory of at least `size` bytes to put several segments together in; new memory unless given. */
  readonly memoryFor?: (size: number) => Uint8Array;
}

interface Segment {
  readonly compressionType: number;
  readonly flags: number;
  readonly data: Uint8Array;
}

const problem = (of: SegmentedDataProblem): Unsegmented => ({ type: "problem", problem: of });

/** Unwraps RDP_SEGMENTED_DATA ([MS-RDPEGFX] 2.2.5.1) from `offset` to `end`. It never throws. */
export function unsegment(source: Source, offset: number, end: number, options: UnsegmentOptions = {}): Unsegmented {
  const descriptor = offset < end ? source.view.getUint8(offset) : undefined;
  try {
    switch (descriptor) {
      case 0xe0:
        return join([SingleSegment.read(source, offset, end)], undefined, options);
      case 0xe1: {
        const { segments, uncompressedSize } = MultipartSegments.read(source, offset, end);
        return join(segments, uncompressedSize, options);
      }
      default:
        return problem({ rule: "unknown-descriptor", descriptor });
    }
  } catch (error) {
    if (error instanceof DecodeError) return problem({ rule: "malformed", error });
    throw error;
  }
}

function join(segments: readonly Segment[], declared: number | undefined, options: UnsegmentOptions): Unsegmented {
  const { maximumSize: limit = 64 * 1024 * 1024, decoder } = options;
  const { compressionType: expected = SegmentCompression.PACKET_COMPR_TYPE_RDP8 } = options;
  const plain: Uint8Array[] = [];
  let size = 0;
  for (const [index, { compressionType, flags, data }] of segments.entries()) {
    const compressed = (flags & SegmentFlags.PACKET_COMPRESSED) !== 0;
    if (compressed && compressionType !== expected) {
      return problem({ rule: "unknown-compression", index, compressionType });
    }
    if (compressed && decoder === undefined) return { type: "compressed" };
    const decoded = decoder === undefined ? data : decoder(data, compressed);
    if (decoded === undefined) return problem({ rule: "broken-segment", index });
    size += decoded.length;
    if (size > limit) return problem({ rule: "limit-exceeded", size, limit });
    // A decoder may use the same memory for the next segment.
    plain.push(compressed && segments.length > 1 ? decoded.slice() : decoded);
  }
  const data = concatenated(plain, size, options.memoryFor);
  if (declared === undefined || declared === size) return { type: "data", data };
  return { type: "data", data, problem: { rule: "size-differs", declared, actual: size } };
}

function concatenated(
  parts: readonly Uint8Array[],
  size: number,
  memoryFor = (of: number): Uint8Array => new Uint8Array(of),
): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const out = memoryFor(size).subarray(0, size);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** {@link unsegment} of bytes that fill an array. */
export const unsegmentBytes = (bytes: Uint8Array, options: UnsegmentOptions = {}): Unsegmented =>
  unsegment(sourceOf(bytes), 0, bytes.length, options);

/** The most bytes of uncompressed data in a segment. */
export const maximumSegmentSize = 65_535;

const uncompressed = { compressionType: SegmentCompression.PACKET_COMPR_TYPE_RDP8, flags: 0 };

/**
 * Wraps a message in uncompressed segments, one if it fits: headers, made in `arena`, and views of
 * the message, in the order to send them.
 */
export function segmentMessage(message: readonly Uint8Array[], arena: Arena): Uint8Array[] {
  const reader = new PartReader(message);
  const uncompressedSize = reader.remaining;
  if (uncompressedSize <= maximumSegmentSize) {
    const head = { ...uncompressed, data: new Uint8Array(0) };
    return [...SingleSegment.segments(head, arena), ...message];
  }
  const segmentCount = Math.ceil(uncompressedSize / maximumSegmentSize);
  const out = MultipartHead.segments({ segmentCount, uncompressedSize }, arena);
  while (reader.remaining > 0) {
    const size = Math.min(reader.remaining, maximumSegmentSize) + 1;
    const head = SegmentHead.segments({ size, ...uncompressed }, arena);
    out.push(...head, ...reader.take(maximumSegmentSize));
  }
  return out;
}
