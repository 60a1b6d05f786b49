import { lengthInHeader } from "@railvail/wire";

/** Bytes of the command that starts at an offset, [MS-RDPEGFX] 2.2.1.5; see `lengthInHeader`. */
export const egfxCommandLength = lengthInHeader;
