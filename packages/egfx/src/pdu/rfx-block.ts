import { bits, byteLength, carrier, literal, reserved, struct, u16, u32, u8 } from "@railvail/wire";

/** The blocks of a RemoteFX stream, [MS-RDPRFX] 2.2.2.1.1 and 2.2.2.1.2. */
export const RfxBlockType = {
  sync: 0xccc0,
  codecVersions: 0xccc1,
  channels: 0xccc2,
  context: 0xccc3,
  frameBegin: 0xccc4,
  frameEnd: 0xccc5,
  region: 0xccc6,
  extension: 0xccc7,
} as const;

/** TS_RFX_BLOCKT: `blockLen` counts its own 6 bytes. */
export const rfxBlock = (blockType: number) => ({
  blockType: literal(u16, blockType),
  blockLen: byteLength(u32),
});

/** TS_RFX_CODEC_CHANNELT. */
export const rfxCodecChannel = (blockType: number, channelId = 0) => ({
  ...rfxBlock(blockType),
  codecId: reserved(u8, 1),
  channelId: reserved(u8, channelId),
});

/** TS_RFX_RECT, [MS-RDPRFX] 2.2.2.1.6, in pixels. */
export const rfxRect = struct({ x: u16, y: u16, width: u16, height: u16 });

/** The mode of the codec, in properties: whether each frame has all headers. */
export const RfxMode = { image: 2 } as const;

/** The entropy coding of tiles. */
export const RfxEntropy = { rlgr1: 1, rlgr3: 4 } as const;

/** TS_RFX_CODEC_QUANT, [MS-RDPRFX] 2.2.2.1.5: how coarse each of ten bands is, 6 to 15. */
export const rfxCodecQuant = struct({
  low: carrier(u32),
  ll3: bits("low", 0, 4),
  lh3: bits("low", 4, 4),
  hl3: bits("low", 8, 4),
  hh3: bits("low", 12, 4),
  lh2: bits("low", 16, 4),
  hl2: bits("low", 20, 4),
  hh2: bits("low", 24, 4),
  lh1: bits("low", 28, 4),
  high: carrier(u8),
  hl1: bits("high", 0, 4),
  hh1: bits("high", 4, 4),
});
