import { bits, byteLength, carrier, literal, struct, u16, u32, u8 } from "@railvail/wire";

/** The blocks of a progressive stream, [MS-RDPEGFX] 2.2.4.2.1; not all mean what RemoteFX's do. */
export const ProgressiveBlockType = {
  sync: 0xccc0,
  frameBegin: 0xccc1,
  frameEnd: 0xccc2,
  context: 0xccc3,
  region: 0xccc4,
  tileSimple: 0xccc5,
  tileFirst: 0xccc6,
  tileUpgrade: 0xccc7,
} as const;

/** RFX_PROGRESSIVE_DATABLOCK: `blockLen` counts its own 6 bytes. */
export const progressiveBlock = (blockType: number) => ({
  blockType: literal(u16, blockType),
  blockLen: byteLength(u32),
});

/**
 * RFX_COMPONENT_CODEC_QUANT, [MS-RDPEGFX] 2.2.4.2.1.5.2: how coarse each of ten bands is, 0 to 15;
 * in a progressive table, 0 to 8 that are added. The bands are in another order than RemoteFX's.
 */
export const componentCodecQuant = struct({
  low: carrier(u32),
  ll3: bits("low", 0, 4),
  hl3: bits("low", 4, 4),
  lh3: bits("low", 8, 4),
  hh3: bits("low", 12, 4),
  hl2: bits("low", 16, 4),
  lh2: bits("low", 20, 4),
  hh2: bits("low", 24, 4),
  hl1: bits("low", 28, 4),
  high: carrier(u8),
  lh1: bits("high", 0, 4),
  hh1: bits("high", 4, 4),
});

/** RFX_PROGRESSIVE_CODEC_QUANT, [MS-RDPEGFX] 2.2.4.2.1.5.1; `quality` is 0 to 100. */
export const progressiveCodecQuant = struct({
  quality: u8,
  yQuantValues: componentCodecQuant,
  cbQuantValues: componentCodecQuant,
  crQuantValues: componentCodecQuant,
});
