export {
  alphaPixelLimit,
  decodeAlpha,
  decodeAlphaInto,
  encodeAlpha,
  encodeRawAlpha,
  encodeUniformAlpha,
} from "./alpha-codec.js";
export { CodecId, codecName } from "./codec-id.js";
export { avcFrame, type AvcFrame, type AvcQuantQuality } from "./avc-frame.js";
export { codecBlockLength, progressiveBlocks, rfxBlocks } from "./codec-blocks.js";
export { payloadParts, type PayloadPart } from "./codec-payload.js";
export { egfxCommandLength } from "./command-length.js";
export { egfxChannel, egfxCommands } from "./commands.js";
export { AlphaBitmapStream, AlphaCompression } from "./pdu/alpha-bitmap-stream.js";
export {
  Avc420BitmapStream,
  Avc444BitmapStream,
  Avc444SingleStream,
  Avc444Streams,
  Avc444v2BitmapStream,
  Avc444v2SingleStream,
} from "./pdu/avc.js";
export {
  CacheImportOffer,
  CacheImportReply,
  cacheImportLimit,
  CacheSlots,
  CacheToSurface,
  EvictCacheEntry,
  SurfaceToCache,
} from "./pdu/bitmap-cache.js";
export { CapsAdvertise, CapsConfirm, CapsFlags, CapsVersion, type CapsSet } from "./pdu/capabilities.js";
export { ClearCodecBitmapStream, ClearCodecFlags, ClearSubcodecId, ClearSubcodecsData } from "./pdu/clear-codec.js";
export { EndFrame, FrameAcknowledge, QoeFrameAcknowledge, QueueDepth, StartFrame } from "./pdu/frame.js";
export type { Color32, Point16, Rect16 } from "./pdu/geometry.js";
export { CommandId } from "./pdu/header.js";
export {
  MapSurfaceToOutput,
  MapSurfaceToScaledOutput,
  MapSurfaceToScaledWindow,
  MapSurfaceToWindow,
} from "./pdu/map-surface.js";
export { PixelFormat } from "./pdu/pixel-format.js";
export { PlanarBitmapStream } from "./pdu/planar.js";
export { ProgressiveBlockType } from "./pdu/progressive-block.js";
export {
  ProgressiveContext,
  ProgressiveContextFlags,
  ProgressiveFrameBegin,
  ProgressiveFrameEnd,
  ProgressiveSync,
} from "./pdu/progressive-frame.js";
export { ProgressiveRegion, ProgressiveRegionFlags, ProgressiveTileFlags } from "./pdu/progressive-region.js";
export { MonitorFlags, monitorLimit, ResetGraphics } from "./pdu/reset-graphics.js";
export { RfxBlockType, RfxEntropy, RfxMode } from "./pdu/rfx-block.js";
export { RfxFrameBegin, RfxFrameEnd, RfxRegion, RfxTileset } from "./pdu/rfx-data-blocks.js";
export { RfxChannels, RfxCodecVersions, RfxContext, RfxSync, RfxVersion } from "./pdu/rfx-header-blocks.js";
export { SolidFill, SurfaceToSurface } from "./pdu/surface-drawing.js";
export { CreateSurface, DeleteSurface } from "./pdu/surface.js";
export { DeleteEncodingContext, WireToSurface1, WireToSurface2 } from "./pdu/wire-to-surface.js";
export { readPayload, type CodecPayload, type ProgressiveBlock, type RfxBlock } from "./read-payload.js";
export type { Rectangle } from "./rectangles.js";
export { SurfaceCanvases, type CanvasOptions, type CanvasTrouble, type SurfaceContent } from "./surface-canvas.js";
export { uncompressedToRgba } from "./uncompressed.js";
