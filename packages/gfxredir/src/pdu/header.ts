import { byteLength, literal, u32 } from "@railvail/wire";

/** The numbers of the messages; 2 to 5 and 7 are not assigned. */
export const MessageId = {
  legacyCaps: 0x1,
  error: 0x6,
  capsAdvertise: 0x8,
  capsConfirm: 0x9,
  openPool: 0xa,
  closePool: 0xb,
  createBuffer: 0xc,
  destroyBuffer: 0xd,
  presentBuffer: 0xe,
  presentBufferAck: 0xf,
} as const;

/** GFXREDIR_HEADER: `length` counts its own 8 bytes. */
export const messageHeader = (cmdId: number) => ({
  cmdId: literal(u32, cmdId),
  length: byteLength(u32),
});
