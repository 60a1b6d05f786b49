import { SystemCommand, withoutMargins, type RailServerEvent } from "@railvail/rail";
import type { CompositorEvent } from "./compositor-events.js";
import type { CompositorSettings } from "./compositor-settings.js";
import type { CompositorWindow } from "./compositor-window.js";

type WindowOf = (id: number) => CompositorWindow | undefined;

/** The low four bits of a system command are Windows' own. */
const ownBits = 0x000f;

const showStates: ReadonlyMap<number, "normal" | "minimized" | "maximized"> = new Map([
  [SystemCommand.minimize, "minimized"],
  [SystemCommand.maximize, "maximized"],
  [SystemCommand.restore, "normal"],
]);

/**
 * What a client says on the channel `rail`, in a compositor's terms; undefined for what the
 * compositor answers itself, and for windows that are gone.
 */
export function wishOf(
  event: RailServerEvent,
  windowOf: WindowOf,
  compat?: CompositorSettings["compat"],
): CompositorEvent | undefined {
  switch (event.type) {
    case "ready":
    case "clientStatus":
    case "appIdRequested":
      return undefined;
    case "exec":
      return { type: "launchRequested", serial: event.serial, exec: event.exec };
    case "activate": {
      const { windowId, enabled } = event.value;
      const isOwn = enabled !== 0 && windowOf(windowId) !== undefined;
      return { type: "activated", windowId: isOwn ? windowId : undefined };
    }
    case "placed":
      return placeOf(event, windowOf, compat);
    case "sysCommand":
      return commandOf(event.value.windowId, event.value.command, windowOf);
    default:
      return { type: "rail", notice: event };
  }
}

/** The client counts the margins in; WSLg's does not when it snaps a window: see `withoutMargins`. */
function placeOf(
  event: Extract<RailServerEvent, { type: "placed" }>,
  windowOf: WindowOf,
  compat: CompositorSettings["compat"],
): CompositorEvent | undefined {
  const { windowId, rectangle, snapped, ends } = event;
  const window = windowOf(windowId);
  if (window === undefined) return undefined;
  const { left, top, right, bottom } =
    snapped && compat === "wslg" ? rectangle : withoutMargins(rectangle, window.margins);
  const width = Math.max(0, right - left);
  const height = Math.max(0, bottom - top);
  return { type: "placeRequested", windowId, left, top, width, height, snapped, ends };
}

function commandOf(windowId: number, stated: number, windowOf: WindowOf): CompositorEvent | undefined {
  if (windowOf(windowId) === undefined) return undefined;
  const command = stated & ~ownBits;
  const showState = showStates.get(command);
  if (showState !== undefined) return { type: "showStateRequested", windowId, showState };
  if (command === SystemCommand.close) return { type: "closeRequested", windowId };
  return { type: "systemCommand", windowId, command };
}
