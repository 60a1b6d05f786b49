export {
  alphaPixelLimit,
  decodeAlpha,
  decodeAlphaInto,
  encodeAlpha,
  encodeRawAlpha,
  encodeUniformAlpha,
} from "./alpha-codec.js";
export { CodecId, codecName } from "./codec-id.js";
export { egfxCommandLength } from "./command-length.js";
export { egfxChannel, egfxCommands } from "./commands.js";
export { AlphaBitmapStream, AlphaCompression } from "./pdu/alpha-bitmap-stream.js";
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
export { MonitorFlags, monitorLimit, ResetGraphics } from "./pdu/reset-graphics.js";
export { SolidFill, SurfaceToSurface } from "./pdu/surface-drawing.js";
export { CreateSurface, DeleteSurface } from "./pdu/surface.js";
export { DeleteEncodingContext, WireToSurface1, WireToSurface2 } from "./pdu/wire-to-surface.js";
