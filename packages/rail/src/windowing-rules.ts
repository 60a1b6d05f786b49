import { violationsOf, type Violation } from "@railvail/wire";

/** What an application can do wrong with its windows, and what becomes of it. */
export const windowingRules = {
  "not-open": "no client is there for windowing orders",
  "window-id-reserved": "the id belongs to the desktop, the marker window or no window; the window is left out",
  "field-withdrawn": "a field that the client was told of cannot be withdrawn; its last value stays",
  "title-too-long": "a title or description has more than 260 units; the rest is cut off",
  "too-many-rectangles": "a window has more than 4000 rectangles; the one around them stands for all",
  "icon-unfit": "an icon does not fit into an order, or lacks the color table that its depth asks for; it is left out",
  "notify-icon-twice": "a notification icon of this window and number is there already; the first counts",
  "notify-icon-missing": "a notification icon has no picture; it is left out until it has one",
  "z-order-unknown": "the z-order names windows that are not there, or one twice; they are left out",
  "z-order-too-long": "the z-order has more than 255 windows; the lowest are left out",
  "active-unknown": "the active window is not there; the desktop is active instead",
} as const;
export type WindowingRule = keyof typeof windowingRules;

/** What is out of place, and the window it is about. */
export interface WindowingViolation extends Violation<WindowingRule> {
  readonly windowId?: number;
}

/** Takes what is out of place. */
export type Report = (rule: WindowingRule, windowId?: number) => void;

const violation = violationsOf(windowingRules);

export const windowingViolation = (rule: WindowingRule, windowId?: number): WindowingViolation => ({
  ...violation("local", rule),
  ...(windowId === undefined ? {} : { windowId }),
});
