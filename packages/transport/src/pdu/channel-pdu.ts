import { bytes, flags, pdu, rest, u32, type Infer } from "@railvail/wire";

/** Flags of a static channel chunk; the compression type is in bits 16 to 19. */
export const ChannelFlags = {
  CHANNEL_FLAG_FIRST: 0x0000_0001,
  CHANNEL_FLAG_LAST: 0x0000_0002,
  CHANNEL_FLAG_SHOW_PROTOCOL: 0x0000_0010,
  CHANNEL_FLAG_SUSPEND: 0x0000_0020,
  CHANNEL_FLAG_RESUME: 0x0000_0040,
  CHANNEL_FLAG_SHADOW_PERSISTENT: 0x0000_0080,
  PACKET_COMPR_TYPE_64K: 0x0001_0000,
  PACKET_COMPR_TYPE_RDP6: 0x0002_0000,
  CHANNEL_PACKET_COMPRESSED: 0x0020_0000,
  CHANNEL_PACKET_AT_FRONT: 0x0040_0000,
  CHANNEL_PACKET_FLUSHED: 0x0080_0000,
} as const;

/** Bytes of CHANNEL_PDU_HEADER. */
export const channelPduHeaderSize = 8;

/** The size of a chunk's data that both sides support if nobody says another, in bytes. */
export const defaultChannelChunkSize = 1600;

/**
 * One chunk of a message on a static channel. `length` is the size in bytes of the whole
 * uncompressed message, of which `data` is a part. Sent by both sides.
 */
export const ChannelPdu = pdu("CHANNEL_PDU_HEADER", "[MS-RDPBCGR] 2.2.6.1.1", {
  length: u32,
  flags: flags(u32, ChannelFlags),
  data: bytes(rest),
});
export type ChannelPdu = Infer<typeof ChannelPdu>;
