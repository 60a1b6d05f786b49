import {
  block,
  byteLength,
  bytes,
  count,
  counted,
  flags,
  length,
  list,
  pdu,
  sized,
  tag,
  u16,
  u32,
  u8,
  union,
  type Infer,
} from "@railvail/wire";
import {
  componentCodecQuant,
  progressiveBlock,
  ProgressiveBlockType,
  progressiveCodecQuant,
} from "./progressive-block.js";
import { rfxRect } from "./rfx-block.js";

/** Bits of a progressive region: which form the wavelet transform has. */
export const ProgressiveRegionFlags = { reduceExtrapolate: 1 } as const;

/** Bits of a progressive tile: it is the difference to the tile of the frame before. */
export const ProgressiveTileFlags = { difference: 1 } as const;

/** Which of the region's `quantVals` each component has, and the tile's place in tiles. */
const tileStart = { quantIdxY: u8, quantIdxCb: u8, quantIdxCr: u8, xIdx: u16, yIdx: u16 };

const components = {
  yLen: length(u16),
  cbLen: length(u16),
  crLen: length(u16),
  tailLen: length(u16),
  yData: bytes(sized("yLen")),
  cbData: bytes(sized("cbLen")),
  crData: bytes(sized("crLen")),
  tailData: bytes(sized("tailLen")),
};

/** RFX_PROGRESSIVE_TILE_SIMPLE, _FIRST and _UPGRADE, [MS-RDPEGFX] 2.2.4.2.1.5.3 to 2.2.4.2.1.5.5. */
const tile = block({
  blockType: tag(u16),
  blockLen: byteLength(u32),
  body: union("blockType", {
    simple: [ProgressiveBlockType.tileSimple, { ...tileStart, flags: flags(u8, ProgressiveTileFlags), ...components }],
    first: [
      ProgressiveBlockType.tileFirst,
      { ...tileStart, flags: flags(u8, ProgressiveTileFlags), progressiveQuality: u8, ...components },
    ],
    upgrade: [
      ProgressiveBlockType.tileUpgrade,
      {
        ...tileStart,
        progressiveQuality: u8,
        ySrlLen: length(u16),
        yRawLen: length(u16),
        cbSrlLen: length(u16),
        cbRawLen: length(u16),
        crSrlLen: length(u16),
        crRawLen: length(u16),
        ySrlData: bytes(sized("ySrlLen")),
        yRawData: bytes(sized("yRawLen")),
        cbSrlData: bytes(sized("cbSrlLen")),
        cbRawData: bytes(sized("cbRawLen")),
        crSrlData: bytes(sized("crSrlLen")),
        crRawData: bytes(sized("crRawLen")),
      },
    ],
  }),
});

/**
 * The tiles that change and the rectangles of them that count. A tile is whole (`simple`), the first
 * of several passes (`first`) or a later one (`upgrade`); `progressiveQuality` says which of
 * `quantProgVals` it has, 0xFF none. `tileSize` is in pixels, 64. Server to client.
 */
export const ProgressiveRegion = pdu(
  "RFX_PROGRESSIVE_REGION",
  "[MS-RDPEGFX] 2.2.4.2.1.5",
  {
    ...progressiveBlock(ProgressiveBlockType.region),
    content: block({
      tileSize: u8,
      numRects: count(u16),
      numQuant: count(u8),
      numProgQuant: count(u8),
      flags: flags(u8, ProgressiveRegionFlags),
      numTiles: count(u16),
      tileDataSize: byteLength(u32, { from: "tiles" }),
      rects: list(rfxRect, counted("numRects")),
      quantVals: list(componentCodecQuant, counted("numQuant")),
      quantProgVals: list(progressiveCodecQuant, counted("numProgQuant")),
      tiles: list(tile, counted("numTiles")),
    }),
  },
  { sentBy: "server" },
);
export type ProgressiveRegion = Infer<typeof ProgressiveRegion>;
