import {
  GeneralExtraFlags,
  InputFlags,
  LargePointerSupportFlags,
  OrderFlags,
  OrderSupportExFlags,
  RailSupportLevel,
  SurfaceCommandFlags,
} from "@railvail/transport";
import type { ClientCapability, ServerCapability } from "./capability-list.js";

/** Of either side. */
type Capability = ClientCapability & ServerCapability;

const { FASTPATH_OUTPUT_SUPPORTED, LONG_CREDENTIALS_SUPPORTED, AUTORECONNECT_SUPPORTED, NO_BITMAP_COMPRESSION_HDR } =
  GeneralExtraFlags;
const { NEGOTIATEORDERSUPPORT, ZEROBOUNDSDELTASSUPPORT, COLORINDEXSUPPORT, ORDERFLAGS_EXTRA_FLAGS } = OrderFlags;

/** `extraFlags` of the general set. */
export const extraFlags =
  FASTPATH_OUTPUT_SUPPORTED | LONG_CREDENTIALS_SUPPORTED | AUTORECONNECT_SUPPORTED | NO_BITMAP_COMPRESSION_HDR;

/** `inputFlags` of the input set. */
export const inputFlags =
  InputFlags.INPUT_FLAG_SCANCODES |
  InputFlags.INPUT_FLAG_MOUSEX |
  InputFlags.INPUT_FLAG_FASTPATH_INPUT |
  InputFlags.INPUT_FLAG_UNICODE |
  InputFlags.INPUT_FLAG_FASTPATH_INPUT2 |
  InputFlags.INPUT_FLAG_MOUSE_RELATIVE |
  InputFlags.TS_INPUT_FLAG_MOUSE_HWHEEL;

/** A desktop in pixels, which can change its size. */
export const bitmapCapability = (desktop: {
  readonly preferredBitsPerPixel: number;
  readonly desktopWidth: number;
  readonly desktopHeight: number;
}) =>
  ({
    type: "bitmap",
    ...desktop,
    receive1BitPerPixel: 1,
    receive4BitsPerPixel: 1,
    receive8BitsPerPixel: 1,
    desktopResizeFlag: 1,
    bitmapCompressionFlag: 1,
    highColorFlags: 0,
    drawingFlags: 0,
    multipleRectangleSupport: 1,
  }) as const satisfies Capability;

/** No primary drawing orders. */
export const orderCapability = () =>
  ({
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
  }) as const satisfies Capability;

export const fontCapability = { type: "font", fontSupportFlags: 1, pad2Octets: 0 } as const satisfies Capability;

/** Pointers of up to 384 pixels a side. */
export const largePointerCapability = {
  type: "largePointer",
  largePointerSupportFlags:
    LargePointerSupportFlags.LARGE_POINTER_FLAG_96x96 | LargePointerSupportFlags.LARGE_POINTER_FLAG_384x384,
} as const satisfies Capability;

export const surfaceCommandsCapability = {
  type: "surfaceCommands",
  cmdFlags:
    SurfaceCommandFlags.SURFCMDS_SETSURFACEBITS |
    SurfaceCommandFlags.SURFCMDS_FRAMEMARKER |
    SurfaceCommandFlags.SURFCMDS_STREAMSURFACEBITS,
} as const satisfies Capability;

/** What makes a desktop one of remote programs, [MS-RDPERP] 2.2.1.1. */
export const remotePrograms = (wndSupportLevel: number) =>
  [
    {
      type: "rail",
      railSupportLevel:
        RailSupportLevel.TS_RAIL_LEVEL_SUPPORTED |
        RailSupportLevel.TS_RAIL_LEVEL_SHELL_INTEGRATION_SUPPORTED |
        RailSupportLevel.TS_RAIL_LEVEL_LANGUAGE_IME_SYNC_SUPPORTED |
        RailSupportLevel.TS_RAIL_LEVEL_SERVER_TO_CLIENT_IME_SYNC_SUPPORTED |
        RailSupportLevel.TS_RAIL_LEVEL_HANDSHAKE_EX_SUPPORTED,
    },
    { type: "windowList", wndSupportLevel, numIconCaches: 3, numIconCacheEntries: 12 },
  ] as const satisfies readonly Capability[];
