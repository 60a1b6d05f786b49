import {
  bits,
  carrier,
  count,
  counted,
  enumeration,
  flags,
  i16,
  list,
  pdu,
  reserved,
  struct,
  u16,
  u32,
  u8,
  type Infer,
} from "@railvail/wire";
import { rfxBlock, RfxBlockType, rfxCodecChannel, RfxEntropy, RfxMode } from "./rfx-block.js";

/** Versions of the codec. */
export const RfxVersion = { version10: 0x0100 } as const;

/** The first block of a RemoteFX stream. Server to client. */
export const RfxSync = pdu(
  "TS_RFX_SYNC",
  "[MS-RDPRFX] 2.2.2.2.1",
  { ...rfxBlock(RfxBlockType.sync), magic: reserved(u32, 0xcacc_acca), version: enumeration(u16, RfxVersion) },
  { sentBy: "server" },
);
export type RfxSync = Infer<typeof RfxSync>;

/** Which version of the codec the stream has; one element. Server to client. */
export const RfxCodecVersions = pdu(
  "TS_RFX_CODEC_VERSIONS",
  "[MS-RDPRFX] 2.2.2.2.2",
  {
    ...rfxBlock(RfxBlockType.codecVersions),
    numCodecs: count(u8),
    codecs: list(struct({ codecId: u8, version: enumeration(u16, RfxVersion) }), counted("numCodecs")),
  },
  { sentBy: "server" },
);
export type RfxCodecVersions = Infer<typeof RfxCodecVersions>;

/** The size of each channel's frame in pixels, one channel a monitor. Server to client. */
export const RfxChannels = pdu(
  "TS_RFX_CHANNELS",
  "[MS-RDPRFX] 2.2.2.2.3",
  {
    ...rfxBlock(RfxBlockType.channels),
    numChannels: count(u8),
    channels: list(struct({ channelId: u8, width: i16, height: i16 }), counted("numChannels")),
  },
  { sentBy: "server" },
);
export type RfxChannels = Infer<typeof RfxChannels>;

/**
 * How the frames are encoded: `cct` is the color conversion, `xft` the wavelet transform, `et` the
 * entropy coding, `qt` the quantization; `r` may be anything. `tileSize` is in pixels, 64. Server to
 * client.
 */
export const RfxContext = pdu(
  "TS_RFX_CONTEXT",
  "[MS-RDPRFX] 2.2.2.2.4",
  {
    ...rfxCodecChannel(RfxBlockType.context, 0xff),
    ctxId: u8,
    tileSize: u16,
    properties: struct({
      packed: carrier(u16),
      flags: flags(bits("packed", 0, 3), RfxMode),
      cct: bits("packed", 3, 2),
      xft: bits("packed", 5, 4),
      et: enumeration(bits("packed", 9, 4), RfxEntropy),
      qt: bits("packed", 13, 2),
      r: bits("packed", 15, 1),
    }),
  },
  { sentBy: "server" },
);
export type RfxContext = Infer<typeof RfxContext>;
