import { byteLength, literal, u32 } from "@railvail/wire";

/** Types of display control messages: [MS-RDPEDISP] 2.2.1.1. */
export const DisplayMessageType = { monitorLayout: 0x0000_0002, caps: 0x0000_0005 } as const;

/** The common header; the length counts the header too. */
export const displayHeader = (type: number) => ({
  messageType: literal(u32, type),
  length: byteLength(u32),
});
