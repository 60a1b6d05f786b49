/**
 * Flags of compressed data, [MS-RDPBCGR] 3.1.8.2.1, as they stand in the compressionFlags of a
 * fast-path update and in the compressedType of a Data PDU. In the header of a static channel chunk
 * they stand 16 bits higher.
 */
export const PacketFlags = {
  PACKET_COMPRESSED: 0x20,
  /** The data starts at the front of the history; in NCRUSH the history slides back by half. */
  PACKET_AT_FRONT: 0x40,
  /** The history is cleared before the data is looked at. */
  PACKET_FLUSHED: 0x80,
} as const;

/** The low four bits of the flags: the format. */
export const PacketType = {
  /** MPPC with a history of 8 KiB, RDP 4.0. */
  PACKET_COMPR_TYPE_8K: 0,
  /** MPPC with a history of 64 KiB, RDP 5.0. */
  PACKET_COMPR_TYPE_64K: 1,
  /** NCRUSH, RDP 6.0. */
  PACKET_COMPR_TYPE_RDP6: 2,
  /** XCRUSH, RDP 6.1. */
  PACKET_COMPR_TYPE_RDP61: 3,
  /** ZGFX, RDP 8.0; only in segments. */
  PACKET_COMPR_TYPE_RDP8: 4,
  /** ZGFX with a history of 8 KiB; only in the segments of dynamic channel data. */
  PACKET_COMPR_TYPE_RDP8_LITE: 6,
} as const;

/** What a compressor made of a packet. */
export interface CompressedPacket {
  /**
   * The bytes to send: the input itself if it was not compressed, otherwise a view of the
   * compressor's memory, valid until its next call.
   */
  readonly data: Uint8Array;
  /** The flags to send with it. 0 in bulk compression: the data is as it was. */
  readonly flags: number;
}
