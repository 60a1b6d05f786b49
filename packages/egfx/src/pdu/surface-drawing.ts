import { count, counted, list, pdu, u16, type Infer } from "@railvail/wire";
import { color32, point16, rect16 } from "./geometry.js";
import { CommandId, commandHeader } from "./header.js";

/** Fills rectangles of a surface with one colour. Server to client. */
export const SolidFill = pdu(
  "RDPGFX_SOLIDFILL_PDU",
  "[MS-RDPEGFX] 2.2.2.4",
  {
    ...commandHeader(CommandId.solidFill),
    surfaceId: u16,
    fillPixel: color32,
    fillRectCount: count(u16),
    fillRects: list(rect16, counted("fillRectCount")),
  },
  { sentBy: "server" },
);
export type SolidFill = Infer<typeof SolidFill>;

/** Copies a rectangle of a surface to points of another or the same surface. Server to client. */
export const SurfaceToSurface = pdu(
  "RDPGFX_SURFACE_TO_SURFACE_PDU",
  "[MS-RDPEGFX] 2.2.2.5",
  {
    ...commandHeader(CommandId.surfaceToSurface),
    surfaceIdSrc: u16,
    surfaceIdDest: u16,
    rectSrc: rect16,
    destPtsCount: count(u16),
    destPts: list(point16, counted("destPtsCount")),
  },
  { sentBy: "server" },
);
export type SurfaceToSurface = Infer<typeof SurfaceToSurface>;
