import { enumeration, flags, pdu, reserved, u16, u32, u8, type Infer } from "@railvail/wire";
import { progressiveBlock, ProgressiveBlockType } from "./progressive-block.js";
import { RfxVersion } from "./rfx-header-blocks.js";

/** May be the first block of a progressive stream. Server to client. */
export const ProgressiveSync = pdu(
  "RFX_PROGRESSIVE_SYNC",
  "[MS-RDPEGFX] 2.2.4.2.1.1",
  {
    ...progressiveBlock(ProgressiveBlockType.sync),
    magic: reserved(u32, 0xcacc_acca),
    version: enumeration(u16, RfxVersion),
  },
  { sentBy: "server" },
);
export type ProgressiveSync = Infer<typeof ProgressiveSync>;

/** Begins a frame; `regionCount` regions follow as blocks of their own. Server to client. */
export const ProgressiveFrameBegin = pdu(
  "RFX_PROGRESSIVE_FRAME_BEGIN",
  "[MS-RDPEGFX] 2.2.4.2.1.2",
  { ...progressiveBlock(ProgressiveBlockType.frameBegin), frameIndex: u32, regionCount: u16 },
  { sentBy: "server" },
);
export type ProgressiveFrameBegin = Infer<typeof ProgressiveFrameBegin>;

/** Ends a frame. Server to client. */
export const ProgressiveFrameEnd = pdu(
  "RFX_PROGRESSIVE_FRAME_END",
  "[MS-RDPEGFX] 2.2.4.2.1.3",
  progressiveBlock(ProgressiveBlockType.frameEnd),
  { sentBy: "server" },
);
export type ProgressiveFrameEnd = Infer<typeof ProgressiveFrameEnd>;

/** Bits of a progressive context: tiles may be differences to those of the frame before. */
export const ProgressiveContextFlags = { subbandDiffing: 1 } as const;

/** How the tiles are encoded; `tileSize` is in pixels, 64. Server to client. */
export const ProgressiveContext = pdu(
  "RFX_PROGRESSIVE_CONTEXT",
  "[MS-RDPEGFX] 2.2.4.2.1.4",
  {
    ...progressiveBlock(ProgressiveBlockType.context),
    ctxId: u8,
    tileSize: u16,
    flags: flags(u8, ProgressiveContextFlags),
  },
  { sentBy: "server" },
);
export type ProgressiveContext = Infer<typeof ProgressiveContext>;
