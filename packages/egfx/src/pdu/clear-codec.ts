import {
  bytes,
  enumeration,
  flag,
  flags,
  length,
  list,
  not,
  pdu,
  rest,
  sized,
  struct,
  u16,
  u32,
  u8,
  when,
  type Infer,
} from "@railvail/wire";

/** Bits of a ClearCodec stream; the first one follows from `glyphIndex`. */
export const ClearCodecFlags = { glyphIndex: 0x01, glyphHit: 0x02, cacheReset: 0x04 } as const;

/** How a bitmap of the third layer is encoded, [MS-RDPEGFX] 2.2.4.1.1.3.1. */
export const ClearSubcodecId = { uncompressed: 0, nsCodec: 1, rlex: 2 } as const;

/**
 * The payload of the codec `clearCodec`. `seqNumber` goes up by one with each stream of a session.
 * A glyph that the client has (`glyphHit`) has no composite payload. The layers are views: pixels
 * as runs, bands of columns, and bitmaps of other codecs, each drawn over the one before it.
 */
export const ClearCodecBitmapStream = pdu(
  "CLEARCODEC_BITMAP_STREAM",
  "[MS-RDPEGFX] 2.2.4.1",
  {
    flags: flags(u8, ClearCodecFlags),
    seqNumber: u8,
    glyphIndex: when(flag("flags", ClearCodecFlags.glyphIndex), u16),
    compositePayload: when(
      not(flag("flags", ClearCodecFlags.glyphHit)),
      struct({
        residualByteCount: length(u32),
        bandsByteCount: length(u32),
        subcodecByteCount: length(u32),
        residualData: bytes(sized("residualByteCount")),
        bandsData: bytes(sized("bandsByteCount")),
        subcodecData: bytes(sized("subcodecByteCount")),
      }),
    ),
  },
  { sentBy: "server" },
);
export type ClearCodecBitmapStream = Infer<typeof ClearCodecBitmapStream>;

/**
 * The third layer of a ClearCodec stream: bitmaps, each with its place on the whole, in pixels. How
 * many there are follows from their sizes. `bitmapData` of `uncompressed` is B, G, R a pixel.
 */
export const ClearSubcodecsData = pdu(
  "CLEARCODEC_SUBCODECS_DATA",
  "[MS-RDPEGFX] 2.2.4.1.1.3",
  {
    subcodecs: list(
      struct({
        xStart: u16,
        yStart: u16,
        width: u16,
        height: u16,
        bitmapDataByteCount: length(u32),
        subCodecId: enumeration(u8, ClearSubcodecId),
        bitmapData: bytes(sized("bitmapDataByteCount")),
      }),
      rest,
    ),
  },
  { sentBy: "server" },
);
export type ClearSubcodecsData = Infer<typeof ClearSubcodecsData>;
