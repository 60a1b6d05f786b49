import { PrimaryOrderType as Type } from "./pdu/primary-order.js";

/**
 * How a field stands on the wire: `coord` is a Coord Field of one or two bytes, `color` a Generic
 * Color of three, `brushExtra` has seven bytes, `short` and `long` are runs behind a length of one
 * or two bytes. [MS-RDPEGDI] 2.2.2.2.1.1.1.
 */
export type PrimaryFieldKind = "coord" | "u8" | "u16" | "i16" | "u32" | "color" | "brushExtra" | "short" | "long";

export interface PrimaryField {
  readonly name: string;
  readonly kind: PrimaryFieldKind;
}

/** One type of primary order: its fields in the order of the wire, which is that of the flags. */
export interface PrimaryOrderLayout {
  readonly name: string;
  readonly spec: string;
  readonly fields: readonly PrimaryField[];
}

type Fields = readonly PrimaryField[];

const as =
  (kind: PrimaryFieldKind) =>
  (...names: readonly string[]): Fields =>
    names.map((name) => ({ name, kind }));
const coord = as("coord");
const u8 = as("u8");
const u16 = as("u16");
const color = as("color");

const target = coord("nLeftRect", "nTopRect", "nWidth", "nHeight");
const rop = u8("bRop");
const sourcePoint = coord("nXSrc", "nYSrc");
const twoColors = color("backColor", "foreColor");
const brush: Fields = [...u8("brushOrgX", "brushOrgY", "brushStyle", "brushHatch"), ...as("brushExtra")("brushExtra")];
const redGreenBlue = u8("redOrPaletteIndex", "green", "blue");
const rectangles: Fields = [...u8("nDeltaEntries"), ...as("long")("codedDeltaList")];
const points: Fields = [...u8("numDeltaEntries"), ...as("short")("codedDeltaList")];
const start = coord("xStart", "yStart");
const ellipse: Fields = [...coord("leftRect", "topRect", "rightRect", "bottomRect"), ...u8("bRop2", "fillMode")];
const nineGrid: Fields = [...coord("srcLeft", "srcTop", "srcRight", "srcBottom"), ...u16("bitmapId")];
const textRectangles = "bkLeft bkTop bkRight bkBottom opLeft opTop opRight opBottom".split(" ");
const variableBytes = as("short")("variableBytes");
/** FastIndex and FastGlyph. */
const fastText: Fields = [
  ...u8("cacheId"),
  ...u16("fDrawing"),
  ...twoColors,
  ...coord(...textRectangles, "x", "y"),
  ...variableBytes,
];
const fromCache: Fields = [...u16("cacheId"), ...target, ...rop, ...sourcePoint];

const layout = (name: string, section: number, ...parts: readonly Fields[]): PrimaryOrderLayout => ({
  name,
  spec: `[MS-RDPEGDI] 2.2.2.2.1.1.2.${section}`,
  fields: parts.flat(),
});

/** Primary orders by type. */
export const primaryOrderLayouts: Readonly<Record<number, PrimaryOrderLayout>> = {
  [Type.dstBlt]: layout("DSTBLT_ORDER", 1, target, rop),
  [Type.multiDstBlt]: layout("MULTI_DSTBLT_ORDER", 2, target, rop, rectangles),
  [Type.patBlt]: layout("PATBLT_ORDER", 3, target, rop, twoColors, brush),
  [Type.multiPatBlt]: layout("MULTI_PATBLT_ORDER", 4, target, rop, twoColors, brush, rectangles),
  [Type.opaqueRect]: layout("OPAQUERECT_ORDER", 5, target, redGreenBlue),
  [Type.multiOpaqueRect]: layout("MULTI_OPAQUERECT_ORDER", 6, target, redGreenBlue, rectangles),
  [Type.scrBlt]: layout("SCRBLT_ORDER", 7, target, rop, sourcePoint),
  [Type.multiScrBlt]: layout("MULTI_SCRBLT_ORDER", 8, target, rop, sourcePoint, rectangles),
  [Type.memBlt]: layout("MEMBLT_ORDER", 9, fromCache, u16("cacheIndex")),
  [Type.mem3Blt]: layout("MEM3BLT_ORDER", 10, fromCache, twoColors, brush, u16("cacheIndex")),
  [Type.lineTo]: layout(
    "LINETO_ORDER",
    11,
    u16("backMode"),
    coord("nXStart", "nYStart", "nXEnd", "nYEnd"),
    color("backColor"),
    u8("bRop2", "penStyle", "penWidth"),
    color("penColor"),
  ),
  [Type.saveBitmap]: layout(
    "SAVEBITMAP_ORDER",
    12,
    as("u32")("savedBitmapPosition"),
    coord("nLeftRect", "nTopRect", "nRightRect", "nBottomRect"),
    u8("operation"),
  ),
  [Type.glyphIndex]: layout(
    "GLYPHINDEX_ORDER",
    13,
    u8("cacheId", "flAccel", "ulCharInc", "fOpRedundant"),
    twoColors,
    // These are never differences, unlike those of the other two orders with glyphs.
    as("i16")(...textRectangles),
    brush,
    as("i16")("x", "y"),
    variableBytes,
  ),
  [Type.fastIndex]: layout("FASTINDEX_ORDER", 14, fastText),
  [Type.fastGlyph]: layout("FASTGLYPH_ORDER", 15, fastText),
  [Type.polygonSC]: layout("POLYGON_SC_ORDER", 16, start, u8("bRop2", "fillMode"), color("brushColor"), points),
  [Type.polygonCB]: layout("POLYGON_CB_ORDER", 17, start, u8("bRop2", "fillMode"), twoColors, brush, points),
  [Type.polyline]: layout("POLYLINE_ORDER", 18, start, u8("bRop2"), u16("brushCacheEntry"), color("penColor"), points),
  [Type.ellipseSC]: layout("ELLIPSE_SC_ORDER", 19, ellipse, color("color")),
  [Type.ellipseCB]: layout("ELLIPSE_CB_ORDER", 20, ellipse, twoColors, brush),
  [Type.drawNineGrid]: layout("DRAWNINEGRID_ORDER", 21, nineGrid),
  [Type.multiDrawNineGrid]: layout("MULTI_DRAWNINEGRID_ORDER", 22, nineGrid, rectangles),
};
