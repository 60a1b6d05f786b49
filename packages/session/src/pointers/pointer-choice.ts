import { LargePointerSupportFlags } from "@railvail/transport";
import { capabilityOf, type ClientCapability } from "../connection/capability-list.js";

/** How pointers are sent to a client. */
export interface PointerChoice {
  /** 32 with alpha, or 24 for clients that know only colour pointers. */
  readonly bitsPerPixel: 24 | 32;
  /** Pixels of the largest pointer, each way. */
  readonly largest: 32 | 96 | 384;
  /** Pixels of the largest one that needs no update of its own, [MS-RDPBCGR] 2.2.9.1.2.1.11. */
  readonly largestUsual: 32 | 96;
  /** Pointers that the client remembers. */
  readonly cacheSize: number;
}

const { LARGE_POINTER_FLAG_96x96, LARGE_POINTER_FLAG_384x384 } = LargePointerSupportFlags;

/** Updates of the two larger sizes do not fit in one packet; [MS-RDPBCGR] 2.2.7.2.7 has these figures. */
const neededFor96 = 38_055;
const neededFor384 = 608_299;

/** Decides by what a client stated in its Confirm Active. */
export function choosePointers(capabilities: readonly ClientCapability[]): PointerChoice {
  const pointer = capabilityOf(capabilities, "pointer");
  const newPointers = pointer?.pointerCacheSize ?? 0;
  const flags = capabilityOf(capabilities, "largePointer")?.largePointerSupportFlags ?? 0;
  const updateSize = capabilityOf(capabilities, "multifragmentUpdate")?.maxRequestSize ?? 0;
  const has = (flag: number, needed: number): boolean => (flags & flag) !== 0 && updateSize >= needed;
  const largestUsual = has(LARGE_POINTER_FLAG_96x96, neededFor96) ? 96 : 32;
  if (newPointers === 0) {
    return { bitsPerPixel: 24, largest: largestUsual, largestUsual, cacheSize: pointer?.colorPointerCacheSize ?? 0 };
  }
  const largest = has(LARGE_POINTER_FLAG_384x384, neededFor384) ? 384 : largestUsual;
  return { bitsPerPixel: 32, largest, largestUsual, cacheSize: newPointers };
}
