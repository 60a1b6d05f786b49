import { displayTitle, SystemCommand, type RailWindow } from "@railvail/rail";
import type { InputEvent, Viewer } from "@railvail/session";
import type { Deed, WindowChoice } from "./arguments.js";
import { typedKeys } from "./typed-keys.js";

/** Events that go out together. */
const atOnce = 20;

/** Does something to a server's windows. Why it cannot be done, if it cannot. */
export function perform(viewer: Viewer, deed: Deed, now: number): string | undefined {
  switch (deed.type) {
    case "type":
      return type(viewer, deed.text, now);
    case "click":
      return click(viewer, deed.x, deed.y, now);
    default: {
      const window = chosen(viewer, deed.window);
      if (window === undefined) return `there is no window ${choiceText(deed.window)} to ${deed.type}`;
      onWindow(viewer, deed, window, now);
      return undefined;
    }
  }
}

function onWindow(
  viewer: Viewer,
  deed: Exclude<Deed, { type: "type" | "click" }>,
  { windowId, windowSize }: RailWindow,
  now: number,
): void {
  if (deed.type === "activate") viewer.activate(windowId, now);
  else if (deed.type === "move") {
    const { left, top, size } = deed;
    viewer.moveWindow(windowId, { left, top, ...(size ?? windowSize ?? { width: 1, height: 1 }) }, now);
  } else viewer.systemCommand(windowId, SystemCommand[deed.type], now);
}

function type(viewer: Viewer, text: string, now: number): undefined {
  const { activeWindowId, windows, zOrder } = viewer.windows;
  const isActive = activeWindowId !== undefined && windows.has(activeWindowId);
  const first = zOrder.find((id) => windows.has(id)) ?? windows.keys().next().value;
  if (!isActive && first !== undefined) viewer.activate(first, now);
  const keys = typedKeys(text);
  for (let at = 0; at < keys.length; at += atOnce) viewer.input(keys.slice(at, at + atOnce), now);
}

function click(viewer: Viewer, x: number, y: number, now: number): string | undefined {
  if (x < 0 || y < 0) return "nothing is left of or above the desktop";
  const button = (down: boolean): InputEvent => ({ type: "button", button: "left", down, x, y });
  viewer.input([{ type: "pointerMoved", x, y }, button(true), button(false)], now);
  return undefined;
}

/** The window that is meant, if it is there. */
function chosen({ windows: { windows, zOrder } }: Viewer, choice: WindowChoice): RailWindow | undefined {
  const all = [...zOrder.flatMap((id) => windows.get(id) ?? []), ...windows.values()];
  if (choice === "first") return all.find((window) => window.windowSize !== undefined);
  if ("id" in choice) return windows.get(choice.id);
  return all.find(({ title }) => title !== undefined && displayTitle(title).includes(choice.title));
}

const choiceText = (choice: WindowChoice): string =>
  choice === "first" ? "at all" : "id" in choice ? String(choice.id) : `'${choice.title}'`;
