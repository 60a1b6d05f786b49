import {
  bits,
  block,
  byteLength,
  bytes,
  carrier,
  count,
  counted,
  enumeration,
  flags,
  i16,
  length,
  list,
  literal,
  pdu,
  reserved,
  sized,
  struct,
  u16,
  u32,
  u8,
  type Infer,
} from "@railvail/wire";
import { rfxBlock, RfxBlockType, rfxCodecChannel, rfxCodecQuant, RfxEntropy, RfxMode, rfxRect } from "./rfx-block.js";

/** Begins a frame of `numRegions` regions. Server to client. */
export const RfxFrameBegin = pdu(
  "TS_RFX_FRAME_BEGIN",
  "[MS-RDPRFX] 2.2.2.3.1",
  { ...rfxCodecChannel(RfxBlockType.frameBegin), frameIdx: u32, numRegions: i16 },
  { sentBy: "server" },
);
export type RfxFrameBegin = Infer<typeof RfxFrameBegin>;

/** Ends a frame. Server to client. */
export const RfxFrameEnd = pdu("TS_RFX_FRAME_END", "[MS-RDPRFX] 2.2.2.3.2", rfxCodecChannel(RfxBlockType.frameEnd), {
  sentBy: "server",
});
export type RfxFrameEnd = Infer<typeof RfxFrameEnd>;

/**
 * The rectangles that change, all of the frame if there is none; `numTilesets` blocks with tiles
 * follow. `lrf` is 1; `reserved` may be anything. Server to client.
 */
export const RfxRegion = pdu(
  "TS_RFX_REGION",
  "[MS-RDPRFX] 2.2.2.3.3",
  {
    ...rfxCodecChannel(RfxBlockType.region),
    regionFlags: carrier(u8),
    lrf: bits("regionFlags", 0, 1),
    reserved: bits("regionFlags", 1, 7),
    numRects: count(u16),
    rects: list(rfxRect, counted("numRects")),
    regionType: reserved(u16, 0xcac1),
    numTilesets: u16,
  },
  { sentBy: "server" },
);
export type RfxRegion = Infer<typeof RfxRegion>;

/**
 * TS_RFX_TILE, [MS-RDPRFX] 2.2.2.3.4.1: where a tile stands on the grid of tiles, in tiles, which of
 * `quantVals` each component has, and the encoded components.
 */
const rfxTile = block({
  ...rfxBlock(0xcac3),
  quantIdxY: u8,
  quantIdxCb: u8,
  quantIdxCr: u8,
  xIdx: u16,
  yIdx: u16,
  yLen: length(u16),
  cbLen: length(u16),
  crLen: length(u16),
  yData: bytes(sized("yLen")),
  cbData: bytes(sized("cbLen")),
  crData: bytes(sized("crLen")),
});

/** The tiles that change. `tileSize` is in pixels, 64. Server to client. */
export const RfxTileset = pdu(
  "TS_RFX_TILESET",
  "[MS-RDPRFX] 2.2.2.3.4",
  {
    ...rfxCodecChannel(RfxBlockType.extension),
    subtype: literal(u16, 0xcac2),
    idx: reserved(u16, 0),
    properties: struct({
      packed: carrier(u16),
      lt: bits("packed", 0, 1),
      flags: flags(bits("packed", 1, 3), RfxMode),
      cct: bits("packed", 4, 2),
      xft: bits("packed", 6, 4),
      et: enumeration(bits("packed", 10, 4), RfxEntropy),
      qt: bits("packed", 14, 2),
    }),
    content: block({
      numQuant: count(u8),
      tileSize: u8,
      numTiles: count(u16),
      tilesDataSize: byteLength(u32, { from: "tiles" }),
      quantVals: list(rfxCodecQuant, counted("numQuant")),
      tiles: list(rfxTile, counted("numTiles")),
    }),
  },
  { sentBy: "server" },
);
export type RfxTileset = Infer<typeof RfxTileset>;
