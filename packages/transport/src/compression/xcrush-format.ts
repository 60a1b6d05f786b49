/** Level1ComprFlags, [MS-RDPEGDI] 2.2.2.4.1. */
export const Level1Flags = {
  /** Matches stand before the literals. */
  L1_COMPRESSED: 0x01,
  /** There are only literals. */
  L1_NO_COMPRESSION: 0x02,
  /** The history of level 1 starts anew. */
  L1_PACKET_AT_FRONT: 0x04,
  /** The flags of level 2 count; what follows them may be compressed with MPPC of 64 KiB. */
  L1_INNER_COMPRESSION: 0x10,
} as const;

/** Bytes of history of level 1. */
export const xcrushHistorySize = 2_000_000;

/** Level1ComprFlags and Level2ComprFlags. */
export const xcrushHeaderSize = 2;

/** MatchCount, before the matches. */
export const matchCountSize = 2;

/** MatchLength, MatchOutputOffset and MatchHistoryOffset, [MS-RDPEGDI] 2.2.2.4.1.1. */
export const matchDetailsSize = 8;
