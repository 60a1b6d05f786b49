import { quoteText } from "@railvail/command-line";
import { displayTitle, ShowState, type RailWindow } from "@railvail/rail";

const states: ReadonlyMap<number, string> = new Map([
  [ShowState.hide, "hidden"],
  [ShowState.minimized, "minimized"],
  [ShowState.maximized, "maximized"],
]);

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** What is known of a window, in words. */
export function windowText(window: RailWindow): string {
  const { title, windowOffset, windowSize, ownerWindowId, showState, icons } = window;
  const words = [title === undefined ? "" : quoteText(displayTitle(title))];
  if (windowSize !== undefined) words.push(`${windowSize.width}x${windowSize.height}`);
  if (windowOffset !== undefined) words.push(`at ${windowOffset.x},${windowOffset.y}`);
  if (ownerWindowId !== undefined && ownerWindowId !== 0 && ownerWindowId !== 0xffff_ffff) {
    words.push(`of ${ownerWindowId}`);
  }
  if (showState !== undefined && states.has(showState)) words.push(states.get(showState) ?? "");
  const count = Object.values(icons).filter((icon) => icon !== undefined).length;
  if (count > 0) words.push(plural(count, "icon"));
  return words.filter((word) => word !== "").join(" ");
}

/** What changed of a window, in words; empty if it is nothing that is worth a line. */
export function changeText(window: RailWindow, before: RailWindow): string {
  const { title, windowOffset: place, windowSize: size, showState } = window;
  const words: string[] = [];
  if (title !== undefined && title !== before.title) words.push(`title ${quoteText(displayTitle(title))}`);
  const { windowOffset, windowSize } = before;
  if (place !== undefined && (place.x !== windowOffset?.x || place.y !== windowOffset.y)) {
    words.push(`at ${place.x},${place.y}`);
  }
  if (size !== undefined && (size.width !== windowSize?.width || size.height !== windowSize.height)) {
    words.push(`${size.width}x${size.height}`);
  }
  if (showState !== undefined && showState !== before.showState) words.push(states.get(showState) ?? "shown");
  if (window.ownerWindowId !== before.ownerWindowId) words.push(`of ${window.ownerWindowId ?? 0}`);
  if (window.icons !== before.icons) words.push("icon");
  return words.join(", ");
}
