import {
  all,
  bytes,
  count,
  counted,
  flag,
  flags,
  length,
  list,
  literal,
  not,
  pdu,
  reserved,
  rest,
  sized,
  struct,
  u16,
  u32,
  u8,
  when,
  within,
  type Infer,
} from "@railvail/wire";

/** `updateType` of slow-path updates, [MS-RDPBCGR] 2.2.9.1.1.3.1. */
export const UpdateType = { orders: 0, bitmap: 1, palette: 2, synchronize: 3 } as const;

export const BitmapFlags = {
  BITMAP_COMPRESSION: 0x0001,
  NO_BITMAP_COMPRESSION_HDR: 0x0400,
} as const;

/**
 * TS_BITMAP_DATA, [MS-RDPBCGR] 2.2.9.1.1.3.1.2.2. Right and bottom are inclusive; width and
 * height are those of the bitmap and may be larger than the rectangle.
 */
const bitmapData = {
  destLeft: u16,
  destTop: u16,
  destRight: u16,
  destBottom: u16,
  width: u16,
  height: u16,
  bitsPerPixel: u16,
  flags: flags(u16, BitmapFlags),
  bitmapLength: length(u16),
  bitmapData: within(sized("bitmapLength"), {
    /** TS_CD_HEADER, [MS-RDPBCGR] 2.2.9.1.1.3.1.2.3; sizes in bytes. */
    bitmapComprHdr: when(
      all(flag("flags", BitmapFlags.BITMAP_COMPRESSION), not(flag("flags", BitmapFlags.NO_BITMAP_COMPRESSION_HDR))),
      struct({
        cbCompFirstRowSize: u16,
        cbCompMainBodySize: u16,
        cbScanWidth: u16,
        cbUncompressedSize: u16,
      }),
    ),
    bitmapDataStream: bytes(rest),
  }),
};

/** A bitmap update after its `updateType`. */
export const bitmapUpdateBody = {
  numberRectangles: count(u16),
  rectangles: list(struct(bitmapData), counted("numberRectangles")),
};

/** A palette update after its `updateType`: 256 colours, red first. */
export const paletteUpdateBody = {
  pad2Octets: reserved(u16),
  numberColors: count(u32),
  paletteEntries: list(struct({ red: u8, green: u8, blue: u8 }), counted("numberColors")),
};

/** Bitmap update: rectangles of pixels, bottom row first. Fast path, or in an Update PDU. */
export const BitmapUpdate = pdu(
  "TS_UPDATE_BITMAP_DATA",
  "[MS-RDPBCGR] 2.2.9.1.1.3.1.2.1",
  { updateType: literal(u16, UpdateType.bitmap), ...bitmapUpdateBody },
  { sentBy: "server" },
);
export type BitmapUpdate = Infer<typeof BitmapUpdate>;

/** Palette update, for sessions of 8 bits per pixel. Fast path, or in an Update PDU. */
export const PaletteUpdate = pdu(
  "TS_UPDATE_PALETTE_DATA",
  "[MS-RDPBCGR] 2.2.9.1.1.3.1.1.1",
  { updateType: literal(u16, UpdateType.palette), ...paletteUpdateBody },
  { sentBy: "server" },
);
export type PaletteUpdate = Infer<typeof PaletteUpdate>;
