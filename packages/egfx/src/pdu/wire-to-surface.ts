import { bytes, enumeration, length, pdu, sized, u16, u32, u8, type Infer } from "@railvail/wire";
import { CodecId } from "../codec-id.js";
import { rect16 } from "./geometry.js";
import { CommandId, commandHeader } from "./header.js";
import { PixelFormat } from "./pixel-format.js";

/**
 * Puts encoded pixels on a rectangle of a surface. Server to client. `bitmapData` is a view of
 * the input when decoded, and is handed on uncopied by `segments`.
 */
export const WireToSurface1 = pdu(
  "RDPGFX_WIRE_TO_SURFACE_PDU_1",
  "[MS-RDPEGFX] 2.2.2.1",
  {
    ...commandHeader(CommandId.wireToSurface1),
    surfaceId: u16,
    codecId: enumeration(u16, CodecId),
    pixelFormat: enumeration(u8, PixelFormat),
    destRect: rect16,
    bitmapDataLength: length(u32),
    bitmapData: bytes(sized("bitmapDataLength")),
  },
  { sentBy: "server" },
);
export type WireToSurface1 = Infer<typeof WireToSurface1>;

/**
 * Puts pixels of a progressive codec on a surface; the regions are inside the data, and
 * `codecContextId` names the state that persists between messages. Server to client.
 */
export const WireToSurface2 = pdu(
  "RDPGFX_WIRE_TO_SURFACE_PDU_2",
  "[MS-RDPEGFX] 2.2.2.2",
  {
    ...commandHeader(CommandId.wireToSurface2),
    surfaceId: u16,
    codecId: enumeration(u16, CodecId),
    codecContextId: u32,
    pixelFormat: enumeration(u8, PixelFormat),
    bitmapDataLength: length(u32),
    bitmapData: bytes(sized("bitmapDataLength")),
  },
  { sentBy: "server" },
);
export type WireToSurface2 = Infer<typeof WireToSurface2>;

/** Forgets the state of a progressive transfer. Server to client. */
export const DeleteEncodingContext = pdu(
  "RDPGFX_DELETE_ENCODING_CONTEXT_PDU",
  "[MS-RDPEGFX] 2.2.2.3",
  {
    ...commandHeader(CommandId.deleteEncodingContext),
    surfaceId: u16,
    codecContextId: u32,
  },
  { sentBy: "server" },
);
export type DeleteEncodingContext = Infer<typeof DeleteEncodingContext>;
