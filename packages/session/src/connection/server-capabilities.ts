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
import type { ServerCapability } from "./capability-list.js";
import { serverChannelId } from "./shared-state.js";

/** What the defaults depend on. */
export interface ServerCapabilityChoices {
  /** Pixels. */
  readonly desktopWidth: number;
  readonly desktopHeight: number;
  /** Of a pixel in updates: the depth of the session. */
  readonly bitsPerPixel: number;
  /** The client asked for remote programs (INFO_RAIL). */
  readonly rail: boolean;
  /** Bytes of a chunk of a static channel: 1600 to 16,256. */
  readonly chunkSize: number;
  readonly compat: "specification" | "wslg";
}

const { FASTPATH_OUTPUT_SUPPORTED, LONG_CREDENTIALS_SUPPORTED, AUTORECONNECT_SUPPORTED, NO_BITMAP_COMPRESSION_HDR } =
  GeneralExtraFlags;
const { NEGOTIATEORDERSUPPORT, ZEROBOUNDSDELTASSUPPORT, COLORINDEXSUPPORT, ORDERFLAGS_EXTRA_FLAGS } = OrderFlags;
const input = InputFlags;
const rail = RailSupportLevel;
/** The bytes of the largest update: what WSLg states, enough for a desktop of 1280 times 800. */
const maxRequestSize = 0x41_4000;

/** What the server's Demand Active states, [MS-RDPBCGR] 2.2.7, [MS-RDPERP] 2.2.1.1. */
export function serverCapabilities(choices: ServerCapabilityChoices): ServerCapability[] {
  const { desktopWidth, desktopHeight, chunkSize } = choices;
  return [
    {
      type: "general",
      osMajorType: OsMajorType.unix,
      osMinorType: 8,
      protocolVersion: 0x0200,
      extraFlags:
        FASTPATH_OUTPUT_SUPPORTED | LONG_CREDENTIALS_SUPPORTED | AUTORECONNECT_SUPPORTED | NO_BITMAP_COMPRESSION_HDR,
      refreshRectSupport: 1,
      suppressOutputSupport: 1,
    },
    {
      type: "bitmap",
      preferredBitsPerPixel: choices.bitsPerPixel,
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
    { type: "pointer", colorPointerFlag: 1, colorPointerCacheSize: 20, pointerCacheSize: 20 },
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
      keyboardLayout: 0,
      keyboardType: 0,
      keyboardSubType: 0,
      keyboardFunctionKey: 0,
      imeFileName: "",
    },
    { type: "virtualChannel", flags: 0, vcChunkSize: chunkSize },
    { type: "share", nodeId: serverChannelId, pad2Octets: 0 },
    { type: "font", fontSupportFlags: 1, pad2Octets: 0 },
    { type: "multifragmentUpdate", maxRequestSize },
    {
      type: "largePointer",
      largePointerSupportFlags:
        LargePointerSupportFlags.LARGE_POINTER_FLAG_96x96 | LargePointerSupportFlags.LARGE_POINTER_FLAG_384x384,
    },
    { type: "desktopComposition", compDeskSupportLevel: 0 },
    {
      type: "surfaceCommands",
      cmdFlags:
        SurfaceCommandFlags.SURFCMDS_SETSURFACEBITS |
        SurfaceCommandFlags.SURFCMDS_FRAMEMARKER |
        SurfaceCommandFlags.SURFCMDS_STREAMSURFACEBITS,
    },
    { type: "frameAcknowledge", maxUnacknowledgedFrameCount: 0 },
    ...(choices.rail ? remotePrograms(choices.compat) : []),
  ];
}

/** What makes a desktop one of remote programs. WSLg states a window level that is not defined. */
const remotePrograms = (compat: ServerCapabilityChoices["compat"]): ServerCapability[] => [
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
    wndSupportLevel: compat === "wslg" ? 3 : WindowSupportLevel.TS_WINDOW_LEVEL_SUPPORTED_EX,
    numIconCaches: 3,
    numIconCacheEntries: 12,
  },
];
