import {
  bytes,
  enumeration,
  flag,
  flags,
  inline,
  length,
  list,
  pdu,
  reserved,
  rest,
  sized,
  struct,
  tag,
  u16,
  u32,
  u64,
  u8,
  union,
  when,
  type Infer,
} from "@railvail/wire";

/** `cmdType`, [MS-RDPBCGR] 2.2.9.1.2.1.10.1. */
export const SurfaceCommandType = {
  setSurfaceBits: 1,
  frameMarker: 4,
  streamSurfaceBits: 6,
} as const;

export const FrameAction = {
  SURFACECMD_FRAMEACTION_BEGIN: 0,
  SURFACECMD_FRAMEACTION_END: 1,
} as const;

const headerPresent = 0x01;

/** A rectangle of the desktop, right and bottom exclusive, and TS_BITMAP_DATA_EX, 2.2.9.2.1.1. */
const surfaceBits = {
  destLeft: u16,
  destTop: u16,
  destRight: u16,
  destBottom: u16,
  bpp: u8,
  flags: flags(u8, { EX_COMPRESSED_BITMAP_HEADER_PRESENT: headerPresent }),
  reserved: reserved(u8),
  /** As negotiated in the bitmap codecs; 0 is uncompressed. */
  codecId: u8,
  width: u16,
  height: u16,
  bitmapDataLength: length(u32),
  /** TS_COMPRESSED_BITMAP_HEADER_EX, 2.2.9.2.1.1.1; the time is since the epoch. */
  exBitmapDataHeader: when(
    flag("flags", headerPresent),
    struct({ highUniqueId: u32, lowUniqueId: u32, tmMilliseconds: u64, tmSeconds: u64 }),
  ),
  bitmapData: bytes(sized("bitmapDataLength")),
};

/**
 * Surface commands: pixels in any codec, and marks where a frame begins and ends. The body of a
 * fast-path update. A command of unknown type has no length and takes the rest. Server to client.
 */
export const SurfaceCommands = pdu(
  "TS_FP_SURFCMDS",
  "[MS-RDPBCGR] 2.2.9.1.2.1.10",
  {
    surfaceCommands: list(
      struct({
        cmdType: tag(u16),
        command: union(
          "cmdType",
          {
            setSurfaceBits: [SurfaceCommandType.setSurfaceBits, surfaceBits],
            frameMarker: [SurfaceCommandType.frameMarker, { frameAction: enumeration(u16, FrameAction), frameId: u32 }],
            streamSurfaceBits: [SurfaceCommandType.streamSurfaceBits, surfaceBits],
          },
          inline,
        ),
      }),
      rest,
    ),
  },
  { sentBy: "server" },
);
export type SurfaceCommands = Infer<typeof SurfaceCommands>;
