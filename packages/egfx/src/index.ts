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
export { stepEgfxClient, type EgfxClientInput } from "./client.js";
export type { EgfxClientCommand } from "./client-commands.js";
export { paintEgfx } from "./client-painter.js";
export { egfxClient, type EgfxClientOptions, type EgfxClientOutput, type EgfxClientState } from "./client-state.js";
export { egfxChannel, egfxCommandLength, egfxCommands } from "./commands.js";
export { capsWithoutAvc, egfxCapability, type EgfxCapability } from "./egfx-capability.js";
export {
  egfxRules,
  egfxVocabulary,
  type EgfxDrawing,
  type EgfxMessage,
  type EgfxMessageName,
  type EgfxRule,
  type EgfxSend,
  type EgfxValue,
  type EgfxViolation,
  type UnknownEgfxCommand,
} from "./egfx-machine.js";
export { egfxParts } from "./egfx-parts.js";
export type { FramePacing, OutstandingFrame } from "./frame-pacing.js";
export type { EgfxSurface, Graphics, SurfaceMapping } from "./graphics-model.js";
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
  type OfferedBitmap,
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
export { readCommands } from "./read-commands.js";
export { readPayload, type CodecPayload, type ProgressiveBlock, type RfxBlock } from "./read-payload.js";
export type { Rectangle } from "./rectangles.js";
export { RfxPainter, type RfxPainterOptions, type RfxTarget } from "./rfx-pixels/rfx-painter.js";
export { stepEgfxServer, type EgfxServerCommand, type EgfxServerInput } from "./server.js";
export type { ReplyCacheImportCommand } from "./server-cache-import.js";
export type { ServerChannelInput } from "./server-channel.js";
export type { DrawCommand, FrameCommand } from "./server-frames.js";
export {
  egfxServer,
  freeCacheSlot,
  freeSurfaceId,
  mayScale,
  mayStartFrame,
  type EgfxServerOptions,
  type EgfxServerOutput,
  type EgfxServerState,
  type EgfxUnavailable,
} from "./server-state.js";
export type { ResetGraphicsCommand, SurfaceCommand } from "./server-surfaces.js";
export { cachedBitmap, type CachedBitmap, type SlotTable } from "./slot-table.js";
export { SurfaceCanvases, type CanvasOptions, type CanvasTrouble, type SurfaceContent } from "./surface-canvas.js";
export { uncompressedToRgba } from "./uncompressed.js";
