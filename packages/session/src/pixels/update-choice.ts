import { GeneralExtraFlags, SurfaceCommandFlags } from "@railvail/transport";
import { capabilityOf, type ClientCapability } from "../connection/capability-list.js";
import { isSendable, type BitsPerPixel } from "../connection/color-depth.js";

/** How pixels of the desktop are sent to a client that paints from its image. */
export interface UpdateChoice {
  /** Surface commands, or the bitmap updates that every client takes. */
  readonly kind: "setSurfaceBits" | "streamSurfaceBits" | "bitmap";
  readonly bitsPerPixel: BitsPerPixel;
  /** Bytes of the body of an update. */
  readonly maximumSize: number;
  /** Frames have a beginning and an end. */
  readonly frameMarkers: boolean;
  /** The client says when it has shown a frame, and how many it can have before it has; undefined: it does not. */
  readonly maximumFrames: number | undefined;
  /** Compressed tiles have the header that only old clients need. */
  readonly compressionHeader: boolean;
}

export interface UpdateWishes {
  /** The depth that the server stated; by default what the client's bitmap capability set says. */
  readonly bitsPerPixel?: number;
  /** By default surface commands are used in sessions of 32 bits a pixel, if the client knows them. */
  readonly surfaceCommands?: boolean;
}

/** An update that is not cut into fragments; every client takes one. */
const unfragmentedSize = 0x3fff - 6;
/** Larger updates gain nothing, and everything else has to wait for them. */
const largestSize = 0x4_0000;
/** Frames in flight where a client does not say how many it can take. */
const usualFrames = 2;
const mostFrames = 16;

const { SURFCMDS_SETSURFACEBITS, SURFCMDS_STREAMSURFACEBITS, SURFCMDS_FRAMEMARKER } = SurfaceCommandFlags;

/**
 * Decides by what a client stated in its Confirm Active. Undefined if it takes no fast-path output,
 * or only colours from a palette.
 */
export function chooseUpdates(
  capabilities: readonly ClientCapability[],
  wishes: UpdateWishes = {},
): UpdateChoice | undefined {
  const extraFlags = capabilityOf(capabilities, "general")?.extraFlags ?? 0;
  const bitsPerPixel = wishes.bitsPerPixel ?? capabilityOf(capabilities, "bitmap")?.preferredBitsPerPixel ?? 0;
  if ((extraFlags & GeneralExtraFlags.FASTPATH_OUTPUT_SUPPORTED) === 0 || !isSendable(bitsPerPixel)) return undefined;
  const fragmented = capabilityOf(capabilities, "multifragmentUpdate")?.maxRequestSize ?? 0;
  const commands = capabilityOf(capabilities, "surfaceCommands")?.cmdFlags ?? 0;
  const kind = kindOf((wishes.surfaceCommands ?? bitsPerPixel === 32) ? commands : 0);
  const frameMarkers = kind !== "bitmap" && (commands & SURFCMDS_FRAMEMARKER) !== 0;
  const frames = capabilityOf(capabilities, "frameAcknowledge")?.maxUnacknowledgedFrameCount;
  return {
    kind,
    bitsPerPixel,
    maximumSize: Math.min(Math.max(fragmented, unfragmentedSize), largestSize),
    frameMarkers,
    // 0 says only that frames are acknowledged.
    maximumFrames: frameMarkers && frames !== undefined ? Math.min(frames || usualFrames, mostFrames) : undefined,
    compressionHeader: (extraFlags & GeneralExtraFlags.NO_BITMAP_COMPRESSION_HDR) === 0,
  };
}

function kindOf(commands: number): UpdateChoice["kind"] {
  if ((commands & SURFCMDS_SETSURFACEBITS) !== 0) return "setSurfaceBits";
  return (commands & SURFCMDS_STREAMSURFACEBITS) !== 0 ? "streamSurfaceBits" : "bitmap";
}
