import { OsMajorType, WindowSupportLevel } from "@railvail/transport";
import type { ServerCapability } from "./capability-list.js";
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
      extraFlags,
      refreshRectSupport: 1,
      suppressOutputSupport: 1,
    },
    bitmapCapability({ preferredBitsPerPixel: choices.bitsPerPixel, desktopWidth, desktopHeight }),
    orderCapability(),
    { type: "pointer", colorPointerFlag: 1, colorPointerCacheSize: 20, pointerCacheSize: 20 },
    {
      type: "input",
      inputFlags,
      keyboardLayout: 0,
      keyboardType: 0,
      keyboardSubType: 0,
      keyboardFunctionKey: 0,
      imeFileName: "",
    },
    { type: "virtualChannel", flags: 0, vcChunkSize: chunkSize },
    { type: "share", nodeId: serverChannelId, pad2Octets: 0 },
    fontCapability,
    { type: "multifragmentUpdate", maxRequestSize },
    largePointerCapability,
    { type: "desktopComposition", compDeskSupportLevel: 0 },
    surfaceCommandsCapability,
    { type: "frameAcknowledge", maxUnacknowledgedFrameCount: 0 },
    ...(choices.rail ? remotePrograms(windowLevel(choices.compat)) : []),
  ];
}

/** WSLg states a level that is not defined. */
const windowLevel = (compat: ServerCapabilityChoices["compat"]): number =>
  compat === "wslg" ? 3 : WindowSupportLevel.TS_WINDOW_LEVEL_SUPPORTED_EX;
