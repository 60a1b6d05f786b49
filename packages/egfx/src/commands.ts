import { Family, lengthInHeader } from "@railvail/wire";
import {
  CacheImportOffer,
  CacheImportReply,
  CacheToSurface,
  EvictCacheEntry,
  SurfaceToCache,
} from "./pdu/bitmap-cache.js";
import { CapsAdvertise, CapsConfirm } from "./pdu/capabilities.js";
import { EndFrame, FrameAcknowledge, QoeFrameAcknowledge, StartFrame } from "./pdu/frame.js";
import {
  MapSurfaceToOutput,
  MapSurfaceToScaledOutput,
  MapSurfaceToScaledWindow,
  MapSurfaceToWindow,
} from "./pdu/map-surface.js";
import { ResetGraphics } from "./pdu/reset-graphics.js";
import { SolidFill, SurfaceToSurface } from "./pdu/surface-drawing.js";
import { CreateSurface, DeleteSurface } from "./pdu/surface.js";
import { DeleteEncodingContext, WireToSurface1, WireToSurface2 } from "./pdu/wire-to-surface.js";

/**
 * The commands of the channel `Microsoft::Windows::RDS::Graphics`, by number. What the server
 * sends is wrapped in ZGFX segments; what the client sends is not. Several may follow each other.
 */
export const egfxCommands = new Family("egfx command", "cmdId", [
  WireToSurface1,
  WireToSurface2,
  DeleteEncodingContext,
  SolidFill,
  SurfaceToSurface,
  SurfaceToCache,
  CacheToSurface,
  EvictCacheEntry,
  CreateSurface,
  DeleteSurface,
  StartFrame,
  EndFrame,
  FrameAcknowledge,
  ResetGraphics,
  MapSurfaceToOutput,
  CacheImportOffer,
  CacheImportReply,
  CapsAdvertise,
  CapsConfirm,
  MapSurfaceToWindow,
  QoeFrameAcknowledge,
  MapSurfaceToScaledOutput,
  MapSurfaceToScaledWindow,
]);

/** The name of the dynamic channel. */
export const egfxChannel = "Microsoft::Windows::RDS::Graphics";

/** Bytes of the command that starts at an offset, [MS-RDPEGFX] 2.2.1.5; see `lengthInHeader`. */
export const egfxCommandLength = lengthInHeader;
