import { byteLength, literal, reserved, u16, u32 } from "@railvail/wire";

/** The numbers of the graphics commands, [MS-RDPEGFX] 2.2.1.5. 0x14 is not assigned. */
export const CommandId = {
  wireToSurface1: 0x01,
  wireToSurface2: 0x02,
  deleteEncodingContext: 0x03,
  solidFill: 0x04,
  surfaceToSurface: 0x05,
  surfaceToCache: 0x06,
  cacheToSurface: 0x07,
  evictCacheEntry: 0x08,
  createSurface: 0x09,
  deleteSurface: 0x0a,
  startFrame: 0x0b,
  endFrame: 0x0c,
  frameAcknowledge: 0x0d,
  resetGraphics: 0x0e,
  mapSurfaceToOutput: 0x0f,
  cacheImportOffer: 0x10,
  cacheImportReply: 0x11,
  capsAdvertise: 0x12,
  capsConfirm: 0x13,
  mapSurfaceToWindow: 0x15,
  qoeFrameAcknowledge: 0x16,
  mapSurfaceToScaledOutput: 0x17,
  mapSurfaceToScaledWindow: 0x18,
} as const;

/** RDPGFX_HEADER, [MS-RDPEGFX] 2.2.1.5: `pduLength` counts its own 8 bytes. */
export const commandHeader = (cmdId: number) => ({
  cmdId: literal(u16, cmdId),
  flags: reserved(u16, 0),
  pduLength: byteLength(u32),
});
