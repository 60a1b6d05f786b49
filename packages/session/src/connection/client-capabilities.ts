import {
  GeneralExtraFlags,
  InputFlags,
  LargePointerSupportFlags,
  OrderFlags,
  OrderSupportExFlags,
  OsMajorType,
  RailSupportLevel,
  SurfaceCommandFlags,
  WindowSupportLevel,
} from "@railvail/transport";
import type { ClientCapability } from "./capability-list.js";

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

const { FASTPATH_OUTPUT_SUPPORTED, LONG_CREDENTIALS_SUPPORTED, AUTORECONNECT_SUPPORTED, NO_BITMAP_COMPRESSION_HDR } =
  GeneralExtraFlags;
const { NEGOTIATEORDERSUPPORT, ZEROBOUNDSDELTASSUPPORT, COLORINDEXSUPPORT, ORDERFLAGS_EXTRA_FLAGS } = OrderFlags;
const input = InputFlags;
const rail = RailSupportLevel;
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
      extraFlags:
        FASTPATH_OUTPUT_SUPPORTED | LONG_CREDENTIALS_SUPPORTED | AUTORECONNECT_SUPPORTED | NO_BITMAP_COMPRESSION_HDR,
      refreshRectSupport: 0,
      suppressOutputSupport: 0,
    },
    {
      type: "bitmap",
      preferredBitsPerPixel: 32,
      receive1BitPerPixel: 1,
      receive4BitsPerPixel: 1,
      receive8BitsPerPixel: 1,
      desktopWidth,
      desktopHeight,
      desktopResizeFlag: 1,
      bitmapCompressionFlag: 1,
      highColorFlags: 0,
      drawingFlags: 0,
      multipleRectangleSupport: 1,
    },
    {
      type: "order",
      terminalDescriptor: "",
      pad4OctetsA: 0,
      desktopSaveXGranularity: 1,
      desktopSaveYGranularity: 20,
      maximumOrderLevel: 1,
      numberFonts: 0,
      orderFlags: NEGOTIATEORDERSUPPORT | ZEROBOUNDSDELTASSUPPORT | COLORINDEXSUPPORT | ORDERFLAGS_EXTRA_FLAGS,
      orderSupport: new Uint8Array(32),
      textFlags: 0,
      orderSupportExFlags: OrderSupportExFlags.ORDERFLAGS_EX_ALTSEC_FRAME_MARKER_SUPPORT,
      pad4OctetsB: 0,
      desktopSaveSize: 230_400,
      pad2OctetsC: 0,
      textAnsiCodePage: 0,
    },
    {
      type: "bitmapCacheRev2",
      cacheFlags: 0,
      numCellCaches: 0,
      cellInfos: Array.from({ length: 5 }, () => ({ numEntries: 0, persistent: 0 })),
    },
    { type: "pointer", colorPointerFlag: 1, colorPointerCacheSize: 25, pointerCacheSize: 25 },
    {
      type: "input",
      inputFlags:
        input.INPUT_FLAG_SCANCODES |
        input.INPUT_FLAG_MOUSEX |
        input.INPUT_FLAG_FASTPATH_INPUT |
        input.INPUT_FLAG_UNICODE |
        input.INPUT_FLAG_FASTPATH_INPUT2 |
        input.INPUT_FLAG_MOUSE_RELATIVE |
        input.TS_INPUT_FLAG_MOUSE_HWHEEL,
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
    { type: "font", fontSupportFlags: 1, pad2Octets: 0 },
    { type: "control", controlFlags: 0, remoteDetachFlag: 0, controlInterest: 2, detachInterest: 2 },
    { type: "colorCache", colorTableCacheSize: 6 },
    {
      type: "windowActivation",
      helpKeyFlag: 0,
      helpKeyIndexFlag: 0,
      helpExtendedKeyFlag: 0,
      windowManagerKeyFlag: 0,
    },
    {
      type: "largePointer",
      largePointerSupportFlags:
        LargePointerSupportFlags.LARGE_POINTER_FLAG_96x96 | LargePointerSupportFlags.LARGE_POINTER_FLAG_384x384,
    },
    { type: "multifragmentUpdate", maxRequestSize: maximumUpdateSize },
    {
      type: "surfaceCommands",
      cmdFlags:
        SurfaceCommandFlags.SURFCMDS_SETSURFACEBITS |
        SurfaceCommandFlags.SURFCMDS_FRAMEMARKER |
        SurfaceCommandFlags.SURFCMDS_STREAMSURFACEBITS,
    },
    { type: "frameAcknowledge", maxUnacknowledgedFrameCount: 2 },
    ...(choices.rail ? remotePrograms : []),
  ];
}

const remotePrograms: readonly ClientCapability[] = [
  {
    type: "rail",
    railSupportLevel:
      rail.TS_RAIL_LEVEL_SUPPORTED |
      rail.TS_RAIL_LEVEL_SHELL_INTEGRATION_SUPPORTED |
      rail.TS_RAIL_LEVEL_LANGUAGE_IME_SYNC_SUPPORTED |
      rail.TS_RAIL_LEVEL_SERVER_TO_CLIENT_IME_SYNC_SUPPORTED |
      rail.TS_RAIL_LEVEL_HANDSHAKE_EX_SUPPORTED,
  },
  {
    type: "windowList",
    wndSupportLevel: WindowSupportLevel.TS_WINDOW_LEVEL_SUPPORTED_EX,
    numIconCaches: 3,
    numIconCacheEntries: 12,
  },
];
