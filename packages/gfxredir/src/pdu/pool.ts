import { pdu, prefixed, u32, u64, utf16, type Infer } from "@railvail/wire";
import { MessageId, messageHeader } from "./header.js";

/**
 * Names a piece of memory that server and client share; `poolSize` is in bytes. The section name
 * is a bare object name (WSLg: a UUID in braces); on the wire its length is in UTF-16 units with
 * the terminating NUL, which is not part of the value. Peers refuse an empty name. Server to
 * client.
 */
export const OpenPool = pdu(
  "GFXREDIR_OPEN_POOL_PDU",
  "[WSLG-GFXREDIR] OPEN_POOL",
  {
    ...messageHeader(MessageId.openPool),
    poolId: u64,
    poolSize: u64,
    sectionName: utf16(prefixed(u32, { unit: 2 }), { nul: "counted" }),
  },
  { sentBy: "server" },
);
export type OpenPool = Infer<typeof OpenPool>;

/** The client lets go of the memory; the pool's buffers were destroyed before. Server to client. */
export const ClosePool = pdu(
  "GFXREDIR_CLOSE_POOL_PDU",
  "[WSLG-GFXREDIR] CLOSE_POOL",
  { ...messageHeader(MessageId.closePool), poolId: u64 },
  { sentBy: "server" },
);
export type ClosePool = Infer<typeof ClosePool>;
