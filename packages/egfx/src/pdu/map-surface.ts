import { pdu, reserved, u16, u32, u64, type Infer } from "@railvail/wire";
import { CommandId, commandHeader } from "./header.js";

/** Shows a surface at a point of the output, in pixels. Server to client. */
export const MapSurfaceToOutput = pdu(
  "RDPGFX_MAP_SURFACE_TO_OUTPUT_PDU",
  "[MS-RDPEGFX] 2.2.2.15",
  {
    ...commandHeader(CommandId.mapSurfaceToOutput),
    surfaceId: u16,
    reserved: reserved(u16, 0),
    outputOriginX: u32,
    outputOriginY: u32,
  },
  { sentBy: "server" },
);
export type MapSurfaceToOutput = Infer<typeof MapSurfaceToOutput>;

/** Shows the top-left `mappedWidth` by `mappedHeight` pixels in a RAIL window. Server to client. */
export const MapSurfaceToWindow = pdu(
  "RDPGFX_MAP_SURFACE_TO_WINDOW_PDU",
  "[MS-RDPEGFX] 2.2.2.20",
  {
    ...commandHeader(CommandId.mapSurfaceToWindow),
    surfaceId: u16,
    windowId: u64,
    mappedWidth: u32,
    mappedHeight: u32,
  },
  { sentBy: "server" },
);
export type MapSurfaceToWindow = Infer<typeof MapSurfaceToWindow>;

/** As {@link MapSurfaceToOutput}, scaled to `targetWidth` by `targetHeight` pixels. */
export const MapSurfaceToScaledOutput = pdu(
  "RDPGFX_MAP_SURFACE_TO_SCALED_OUTPUT_PDU",
  "[MS-RDPEGFX] 2.2.2.22",
  {
    ...commandHeader(CommandId.mapSurfaceToScaledOutput),
    surfaceId: u16,
    reserved: reserved(u16, 0),
    outputOriginX: u32,
    outputOriginY: u32,
    targetWidth: u32,
    targetHeight: u32,
  },
  { sentBy: "server" },
);
export type MapSurfaceToScaledOutput = Infer<typeof MapSurfaceToScaledOutput>;

/** As {@link MapSurfaceToWindow}, scaled to `targetWidth` by `targetHeight` pixels. */
export const MapSurfaceToScaledWindow = pdu(
  "RDPGFX_MAP_SURFACE_TO_SCALED_WINDOW_PDU",
  "[MS-RDPEGFX] 2.2.2.23",
  {
    ...commandHeader(CommandId.mapSurfaceToScaledWindow),
    surfaceId: u16,
    windowId: u64,
    mappedWidth: u32,
    mappedHeight: u32,
    targetWidth: u32,
    targetHeight: u32,
  },
  { sentBy: "server" },
);
export type MapSurfaceToScaledWindow = Infer<typeof MapSurfaceToScaledWindow>;
