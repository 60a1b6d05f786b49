import { enumeration, pdu, u16, u8, type Infer } from "@railvail/wire";
import { CommandId, commandHeader } from "./header.js";
import { PixelFormat } from "./pixel-format.js";

/** Makes a surface of `width` by `height` pixels. Server to client. */
export const CreateSurface = pdu(
  "RDPGFX_CREATE_SURFACE_PDU",
  "[MS-RDPEGFX] 2.2.2.9",
  {
    ...commandHeader(CommandId.createSurface),
    surfaceId: u16,
    width: u16,
    height: u16,
    pixelFormat: enumeration(u8, PixelFormat),
  },
  { sentBy: "server" },
);
export type CreateSurface = Infer<typeof CreateSurface>;

/** Deletes a surface. Server to client. */
export const DeleteSurface = pdu(
  "RDPGFX_DELETE_SURFACE_PDU",
  "[MS-RDPEGFX] 2.2.2.10",
  { ...commandHeader(CommandId.deleteSurface), surfaceId: u16 },
  { sentBy: "server" },
);
export type DeleteSurface = Infer<typeof DeleteSurface>;
