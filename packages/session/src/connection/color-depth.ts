import { ClientEarlyCapabilityFlags, ColorDepth } from "@railvail/transport";
import type { ClientBlock } from "./server-state.js";

/** Bits of a pixel in which updates can be sent: RGB 555, RGB 565, and 8 bits a colour. */
export type BitsPerPixel = 15 | 16 | 24 | 32;

const depths: readonly number[] = [15, 16, 24, 32];

export const isSendable = (bitsPerPixel: number): bitsPerPixel is BitsPerPixel => depths.includes(bitsPerPixel);

/** Depths of the older fields of the core block. */
const olderDepths: Readonly<Record<number, number>> = {
  [ColorDepth.RNS_UD_COLOR_4BPP]: 4,
  [ColorDepth.RNS_UD_COLOR_8BPP]: 8,
  [ColorDepth.RNS_UD_COLOR_16BPP_555]: 15,
  [ColorDepth.RNS_UD_COLOR_16BPP_565]: 16,
  [ColorDepth.RNS_UD_COLOR_24BPP]: 24,
};

/**
 * The bits of a pixel that the client asks for in its core block, [MS-RDPBCGR] 2.2.1.3.2; 8 without
 * one. A server that goes along with it states the same in its bitmap capability set
 * (`preferredBitsPerPixel`), and clients then take updates of this depth.
 */
export function requestedDepth(blocks: readonly ClientBlock[]): number {
  const core = blocks.find((block) => block.type === "core");
  if (core === undefined) return 8;
  const { colorDepth, postBeta2ColorDepth, highColorDepth, earlyCapabilityFlags = 0 } = core;
  // Each field that is there makes the older ones void.
  if ((earlyCapabilityFlags & ClientEarlyCapabilityFlags.RNS_UD_CS_WANT_32BPP_SESSION) !== 0) return 32;
  return highColorDepth ?? olderDepths[postBeta2ColorDepth ?? colorDepth] ?? 8;
}
