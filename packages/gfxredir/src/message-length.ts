import { lengthInHeader } from "@railvail/wire";

/** Bytes of the message that starts at an offset; see `lengthInHeader`. */
export const gfxredirMessageLength = lengthInHeader;
