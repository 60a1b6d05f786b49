import {
  bits,
  bytes,
  carrier,
  count,
  counted,
  enumeration,
  Family,
  flags,
  list,
  literal,
  pdu,
  prefixed,
  rest,
  u16,
  u32,
  u8,
  within,
  type Infer,
} from "@railvail/wire";

/** Flags of a segment, in the upper four bits of its first byte. */
export const SegmentFlags = { PACKET_COMPRESSED: 2 } as const;

/**
 * Compression of segments, in the lower four bits of the first byte. The lite type is that of
 * compressed dynamic channel data, [MS-RDPEDYC] 2.2.3.3.
 */
export const SegmentCompression = {
  PACKET_COMPR_TYPE_RDP8: 4,
  PACKET_COMPR_TYPE_RDP8_LITE: 6,
} as const;

/** The fields of RDP8_BULK_ENCODED_DATA, [MS-RDPEGFX] 2.2.5.3. */
const bulkEncodedData = {
  header: carrier(u8),
  compressionType: enumeration(bits("header", 0, 4), SegmentCompression),
  flags: flags(bits("header", 4, 4), SegmentFlags),
  data: bytes(rest),
};

/**
 * Bulk data in one segment, as graphics commands and compressed dynamic channel data come.
 * A segment holds up to 65,535 bytes of uncompressed data. Sent by both sides.
 */
export const SingleSegment = pdu("RDP_SEGMENTED_DATA (SINGLE)", "[MS-RDPEGFX] 2.2.5.1", {
  descriptor: literal(u8, 0xe0),
  ...bulkEncodedData,
});
export type SingleSegment = Infer<typeof SingleSegment>;

/**
 * Bulk data in several segments. `uncompressedSize` is the sender's word for the bytes that all
 * segments give together. Sent by both sides.
 */
export const MultipartSegments = pdu("RDP_SEGMENTED_DATA (MULTIPART)", "[MS-RDPEGFX] 2.2.5.1", {
  descriptor: literal(u8, 0xe1),
  segmentCount: count(u16),
  uncompressedSize: u32,
  segments: list(within(prefixed(u32), bulkEncodedData), counted("segmentCount")),
});
export type MultipartSegments = Infer<typeof MultipartSegments>;

/** Both forms of RDP_SEGMENTED_DATA, told apart by their first byte. */
export const segmentedData = new Family("segmented data", "descriptor", [SingleSegment, MultipartSegments]);

/** What stands before the segments of {@link MultipartSegments}, for writing without copying. */
export const MultipartHead = pdu("RDP_SEGMENTED_DATA (head)", "[MS-RDPEGFX] 2.2.5.1", {
  descriptor: literal(u8, 0xe1),
  segmentCount: u16,
  uncompressedSize: u32,
});

/** What stands before the data of one segment; `size` counts the byte after it. */
export const SegmentHead = pdu("RDP_DATA_SEGMENT (head)", "[MS-RDPEGFX] 2.2.5.2", {
  size: u32,
  header: carrier(u8),
  compressionType: enumeration(bits("header", 0, 4), SegmentCompression),
  flags: flags(bits("header", 4, 4), SegmentFlags),
});
