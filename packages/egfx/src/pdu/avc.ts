import {
  bits,
  bytes,
  carrier,
  count,
  counted,
  enumeration,
  length,
  list,
  literal,
  pdu,
  rest,
  sized,
  u32,
  within,
  type Infer,
} from "@railvail/wire";
import { rect16 } from "./geometry.js";

/**
 * RFX_AVC420_METABLOCK and one frame of H.264. One number counts two lists; a declaration can let it
 * count one, so `frame` begins with as many pairs of bytes as there are rectangles: see `avcFrame`.
 */
const avc420Shape = {
  numRegionRects: count(u32),
  regionRects: list(rect16, counted("numRegionRects")),
  frame: bytes(rest),
};

/**
 * The payload of the codec `avc420`: the rectangles of the frame that count, in pixels, and in
 * `frame` how well each of them is encoded (2.2.4.4.2) and then one frame of H.264.
 */
export const Avc420BitmapStream = pdu("RFX_AVC420_BITMAP_STREAM", "[MS-RDPEGFX] 2.2.4.4", avc420Shape, {
  sentBy: "server",
});
export type Avc420BitmapStream = Infer<typeof Avc420BitmapStream>;

/** What streams a payload of `avc444` or `avc444v2` has: `LC`, 3 is not allowed. */
export const Avc444Streams = { lumaAndChroma: 0, luma: 1, chroma: 2 } as const;

/** Both streams; the size of the first says where the second begins. */
const both = {
  avc420EncodedBitstreamInfo: carrier(u32),
  lc: literal(bits("avc420EncodedBitstreamInfo", 30, 2), Avc444Streams.lumaAndChroma),
  cbAvc420EncodedBitstream1: length(bits("avc420EncodedBitstreamInfo", 0, 30)),
  avc420EncodedBitstream1: within(sized("cbAvc420EncodedBitstream1"), avc420Shape),
  avc420EncodedBitstream2: within(rest, avc420Shape),
};

/**
 * One stream, to the end. The size before it should be 0 if it is chroma; servers state its size
 * all the same, so it is kept and nothing follows from it.
 */
const one = {
  avc420EncodedBitstreamInfo: carrier(u32),
  cbAvc420EncodedBitstream1: bits("avc420EncodedBitstreamInfo", 0, 30),
  lc: enumeration(bits("avc420EncodedBitstreamInfo", 30, 2), { luma: 1, chroma: 2 }),
  avc420EncodedBitstream1: within(rest, avc420Shape),
};

/** The payload of the codec `avc444` with both streams: luma and some chroma, and the other chroma. */
export const Avc444BitmapStream = pdu("RFX_AVC444_BITMAP_STREAM", "[MS-RDPEGFX] 2.2.4.5", both, { sentBy: "server" });
export type Avc444BitmapStream = Infer<typeof Avc444BitmapStream>;

/** The payload of the codec `avc444` with one stream, `lc` says of what. */
export const Avc444SingleStream = pdu("RFX_AVC444_BITMAP_STREAM", "[MS-RDPEGFX] 2.2.4.5", one, { sentBy: "server" });
export type Avc444SingleStream = Infer<typeof Avc444SingleStream>;

/** As {@link Avc444BitmapStream}; the two streams are put together in another way. */
export const Avc444v2BitmapStream = pdu("RFX_AVC444V2_BITMAP_STREAM", "[MS-RDPEGFX] 2.2.4.6", both, {
  sentBy: "server",
});
export type Avc444v2BitmapStream = Infer<typeof Avc444v2BitmapStream>;

/** As {@link Avc444SingleStream}. */
export const Avc444v2SingleStream = pdu("RFX_AVC444V2_BITMAP_STREAM", "[MS-RDPEGFX] 2.2.4.6", one, {
  sentBy: "server",
});
export type Avc444v2SingleStream = Infer<typeof Avc444v2SingleStream>;
