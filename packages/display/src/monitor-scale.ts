import { ratio, type Ratio } from "./ratio.js";

/**
 * What a compositor makes of a monitor's percentage: nothing; whole multiples, rounded down (what
 * WSLg does unless told otherwise) or to the nearest; or the fraction itself.
 */
export type Scaling = "off" | "floor" | "round" | "fractional";

/** Client pixels for one logical unit; 0 for some percentages below 100 that are rounded. */
export function scaleOf(percent: number, scaling: Scaling): Ratio {
  if (percent === 0 || scaling === "off") return ratio(1);
  if (scaling === "fractional") return ratio(percent, 100);
  return ratio(Math.floor((percent + (scaling === "round" ? 50 : 0)) / 100));
}

/** The percentages that count; others are to be ignored: [MS-RDPEDISP] 2.2.2.2.1. */
export const isDesktopScale = (percent: number): boolean => percent >= 100 && percent <= 500;
