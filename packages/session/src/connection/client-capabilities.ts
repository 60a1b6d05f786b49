import { OsMajorType, WindowSupportLevel } from "@railvail/transport";
import type { ClientCapability } from "./capability-list.js";
import {
  bitmapCapability,
  extraFlags,
  fontCapability,
  inputFlags,
  largePointerCapability,
  orderCapability,
  remotePrograms,
  surfaceCommandsCapability,
} from "./shared-capabilities.js";

/** What the defaults depend on. */
export interface ClientCapabilityChoices {
  /** Pixels. */
  readonly desktopWidth: number;
  readonly desktopHeight: number;
  /** Remote programs instead of a desktop. */
  readonly rail: boolean;
  readonly keyboardLayout: number;
  readonly keyboardType: number;
}

/** Bytes of the largest update that is put together from fragments. */
export const maximumUpdateSize = 0x80_0000;

const glyphSizes = [4, 4, 8, 8, 16, 32, 64, 128, 256, 256];

/**
 * What the client's Confirm Active states, [MS-RDPBCGR] 2.2.7, [MS-RDPERP] 2.2.1.1. No primary
 * drawing orders: a server draws with bitmaps, surface commands or the graphics pipeline.
 */
export function clientCapabilities(choices: ClientCapabilityChoices): ClientCapability[] {
  const { desktopWidth, desktopHeight, keyboardLayout, keyboardType } = choices;
  return [
    {
      type: "general",
      osMajorType: OsMajorType.windows,
      osMinorType: 3,
      protocolVersion: 0x0200,
      extraFlags,
      refreshRectSupport: 0,
      suppressOutputSupport: 0,
    },
    bitmapCapability({ preferredBitsPerPixel: 32, desktopWidth, desktopHeight }),
    orderCapability(),
    {
      type: "bitmapCacheRev2",
      cacheFlags: 0,
      numCellCaches: 0,
      cellInfos: Array.from({ length: 5 }, () => ({ numEntries: 0, persistent: 0 })),
    },
    { type: "pointer", colorPointerFlag: 1, colorPointerCacheSize: 25, pointerCacheSize: 25 },
    {
      type: "input",
      inputFlags,
      keyboardLayout,
      keyboardType,
      keyboardSubType: 0,
      keyboardFunctionKey: 12,
      imeFileName: "",
    },
    { type: "brush", brushSupportLevel: 0 },
    {
      type: "glyphCache",
      glyphCache: glyphSizes.map((cacheMaximumCellSize) => ({ cacheEntries: 254, cacheMaximumCellSize })),
      fragCache: { cacheEntries: 256, cacheMaximumCellSize: 256 },
      glyphSupportLevel: 0,
    },
    { type: "offscreen", offscreenSupportLevel: 0, offscreenCacheSize: 0, offscreenCacheEntries: 0 },
    { type: "virtualChannel", flags: 0, vcChunkSize: 1600 },
    { type: "sound", soundFlags: 0 },
    { type: "share", nodeId: 0, pad2Octets: 0 },
    fontCapability,
    { type: "control", controlFlags: 0, remoteDetachFlag: 0, controlInterest: 2, detachInterest: 2 },
    { type: "colorCache", colorTableCacheSize: 6 },
    {
      type: "windowActivation",
      helpKeyFlag: 0,
      helpKeyIndexFlag: 0,
      helpExtendedKeyFlag: 0,
      windowManagerKeyFlag: 0,
    },
    largePointerCapability,
    { type: "multifragmentUpdate", maxRequestSize: maximumUpdateSize },
    surfaceCommandsCapability,
    { type: "frameAcknowledge", maxUnacknowledgedFrameCount: 2 },
    ...(choices.rail ? remotePrograms(WindowSupportLevel.TS_WINDOW_LEVEL_SUPPORTED_EX) : []),
  ];
}
