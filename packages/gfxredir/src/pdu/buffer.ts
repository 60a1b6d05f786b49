import { enumeration, pdu, u32, u64, type Infer } from "@railvail/wire";
import { MessageId, messageHeader } from "./header.js";

/** 32-bit pixels, bytes in the order B, G, R, X or A; alpha is premultiplied as WSLg sends it. */
export const BufferFormat = { xrgb8888: 1, argb8888: 2 } as const;

/**
 * Makes an image of a part of a pool: `offset` and `stride` are in bytes, `width` and `height` in
 * pixels. Whether it lies inside the pool is for the receiver to check. Server to client.
 */
export const CreateBuffer = pdu(
  "GFXREDIR_CREATE_BUFFER_PDU",
  "[WSLG-GFXREDIR] CREATE_BUFFER",
  {
    ...messageHeader(MessageId.createBuffer),
    poolId: u64,
    bufferId: u64,
    offset: u64,
    stride: u32,
    width: u32,
    height: u32,
    format: enumeration(u32, BufferFormat),
  },
  { sentBy: "server" },
);
export type CreateBuffer = Infer<typeof CreateBuffer>;

/** Forgets a buffer. Server to client. */
export const DestroyBuffer = pdu(
  "GFXREDIR_DESTROY_BUFFER_PDU",
  "[WSLG-GFXREDIR] DESTROY_BUFFER",
  { ...messageHeader(MessageId.destroyBuffer), bufferId: u64 },
  { sentBy: "server" },
);
export type DestroyBuffer = Infer<typeof DestroyBuffer>;
