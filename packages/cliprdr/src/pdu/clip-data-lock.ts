import { pdu, u32, type Infer } from "@railvail/wire";
import { clipHeader, ClipboardMessageType } from "./header.js";

/** Asks the peer to keep the files now on its clipboard available under this number. */
export const LockClipData = pdu("CLIPRDR_LOCK_CLIPDATA", "[MS-RDPECLIP] 2.2.4.1", {
  ...clipHeader(ClipboardMessageType.lockClipData),
  clipDataId: u32,
});
export type LockClipData = Infer<typeof LockClipData>;

/** Files kept by a lock may be let go. */
export const UnlockClipData = pdu("CLIPRDR_UNLOCK_CLIPDATA", "[MS-RDPECLIP] 2.2.4.2", {
  ...clipHeader(ClipboardMessageType.unlockClipData),
  clipDataId: u32,
});
export type UnlockClipData = Infer<typeof UnlockClipData>;
