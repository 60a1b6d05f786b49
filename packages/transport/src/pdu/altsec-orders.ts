import {
  bits,
  bytes,
  carrier,
  either,
  enumeration,
  flag,
  flags,
  list,
  literal,
  pdu,
  prefixed,
  struct,
  u16,
  u32,
  u8,
  when,
  type Infer,
} from "@railvail/wire";

/** `orderType` of an alternate secondary order, [MS-RDPEGDI] 2.2.2.2.1.3.1.1. */
export const AltsecOrderType = {
  switchSurface: 0x00,
  createOffscreenBitmap: 0x01,
  streamBitmapFirst: 0x02,
  streamBitmapNext: 0x03,
  createNineGridBitmap: 0x04,
  gdiPlusFirst: 0x05,
  gdiPlusNext: 0x06,
  gdiPlusEnd: 0x07,
  gdiPlusCacheFirst: 0x08,
  gdiPlusCacheNext: 0x09,
  gdiPlusCacheEnd: 0x0a,
  window: 0x0b,
  compDeskFirst: 0x0c,
  frameMarker: 0x0d,
} as const;

/** ALTSEC_DRAWING_ORDER_HEADER: the class in two bits and the type in six. */
const header = (orderType: number) => ({ controlFlags: literal(u8, (orderType << 2) | 2) });
const server = { sentBy: "server" } as const;

/** Draw on an offscreen bitmap from here on; 0xffff is the screen. */
export const SwitchSurfaceOrder = pdu(
  "SWITCH_SURFACE_ORDER",
  "[MS-RDPEGDI] 2.2.2.2.1.3.3",
  {
    ...header(AltsecOrderType.switchSurface),
    bitmapId: u16,
  },
  server,
);
export type SwitchSurfaceOrder = Infer<typeof SwitchSurfaceOrder>;

/** Make an offscreen bitmap of `cx` by `cy` pixels and forget others. */
export const CreateOffscreenBitmapOrder = pdu(
  "CREATE_OFFSCR_BITMAP_ORDER",
  "[MS-RDPEGDI] 2.2.2.2.1.3.2",
  {
    ...header(AltsecOrderType.createOffscreenBitmap),
    flags: carrier(u16),
    offscreenBitmapId: bits("flags", 0, 15),
    /** 0; the bit follows from `deleteList`. */
    deleteListPresent: flags(bits("flags", 15, 1), { DELETE_LIST: 1 }),
    cx: u16,
    cy: u16,
    deleteList: when(flag("deleteListPresent", 1), list(u16, prefixed(u16))),
  },
  server,
);
export type CreateOffscreenBitmapOrder = Infer<typeof CreateOffscreenBitmapOrder>;

export const StreamBitmapFlags = {
  STREAM_BITMAP_END: 1,
  STREAM_BITMAP_COMPRESSED: 2,
  STREAM_BITMAP_REV2: 4,
} as const;

const bitmapType = enumeration(u16, { TS_DRAW_NINEGRID_BITMAP_CACHE: 1 });

/** First block of a bitmap. `bitmapSize`, in bytes, has four bytes in revision 2. */
export const StreamBitmapFirstOrder = pdu(
  "STREAM_BITMAP_FIRST_ORDER",
  "[MS-RDPEGDI] 2.2.2.2.1.3.5.1",
  {
    ...header(AltsecOrderType.streamBitmapFirst),
    bitmapFlags: flags(u8, StreamBitmapFlags),
    bitmapBpp: u8,
    bitmapType,
    bitmapWidth: u16,
    bitmapHeight: u16,
    bitmapSize: either(flag("bitmapFlags", StreamBitmapFlags.STREAM_BITMAP_REV2), u32, u16),
    bitmapBlock: bytes(prefixed(u16)),
  },
  server,
);
export type StreamBitmapFirstOrder = Infer<typeof StreamBitmapFirstOrder>;

/** Another block of a bitmap. */
export const StreamBitmapNextOrder = pdu(
  "STREAM_BITMAP_NEXT_ORDER",
  "[MS-RDPEGDI] 2.2.2.2.1.3.5.2",
  {
    ...header(AltsecOrderType.streamBitmapNext),
    bitmapFlags: flags(u8, StreamBitmapFlags),
    bitmapType,
    bitmapBlock: bytes(prefixed(u16)),
  },
  server,
);
export type StreamBitmapNextOrder = Infer<typeof StreamBitmapNextOrder>;

export const NineGridFlags = {
  DSDNG_STRETCH: 0x01,
  DSDNG_TILE: 0x02,
  DSDNG_PERPIXELALPHA: 0x04,
  DSDNG_TRANSPARENT: 0x08,
  DSDNG_MUSTFLIP: 0x10,
  DSDNG_TRUESIZE: 0x20,
} as const;

/** Put the bitmap that was streamed before into the NineGrid cache. */
export const CreateNineGridBitmapOrder = pdu(
  "CREATE_NINEGRID_BITMAP_ORDER",
  "[MS-RDPEGDI] 2.2.2.2.1.3.4",
  {
    ...header(AltsecOrderType.createNineGridBitmap),
    bitmapBpp: u8,
    bitmapId: u16,
    cx: u16,
    cy: u16,
    /** NINEGRID_BITMAP_INFO, 2.2.2.2.1.3.4.1. */
    nineGridInfo: struct({
      flFlags: flags(u32, NineGridFlags),
      ulLeftWidth: u16,
      ulRightWidth: u16,
      ulTopHeight: u16,
      ulBottomHeight: u16,
      crTransparent: u32,
    }),
  },
  server,
);
export type CreateNineGridBitmapOrder = Infer<typeof CreateNineGridBitmapOrder>;

/** `operation` of a desktop composition order, [MS-RDPEDC] 2.2. */
export const CompDeskOperation = {
  toggle: 1,
  logicalSurface: 2,
  surface: 3,
  surfaceAssociation: 4,
  compRefPending: 5,
  switchSurface: 6,
  flushComposeOnce: 7,
} as const;

/** Any order of desktop composition, its body as bytes. */
export const CompDeskOrder = pdu(
  "TS_ALTSEC_COMPDESK_FIRST",
  "[MS-RDPEDC] 2.2",
  {
    ...header(AltsecOrderType.compDeskFirst),
    operation: u8,
    data: bytes(prefixed(u16)),
  },
  server,
);
export type CompDeskOrder = Infer<typeof CompDeskOrder>;

/** A frame of graphics begins or ends. */
export const FrameMarkerOrder = pdu(
  "FRAME_MARKER",
  "[MS-RDPEGDI] 2.2.2.2.1.3.7",
  {
    ...header(AltsecOrderType.frameMarker),
    action: enumeration(u32, { TS_FRAME_START: 0, TS_FRAME_END: 1 }),
  },
  server,
);
export type FrameMarkerOrder = Infer<typeof FrameMarkerOrder>;
