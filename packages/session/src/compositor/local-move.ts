import { MoveSizeType, type RailServerCommand } from "@railvail/rail";
import type { Box, Size } from "../pixels/box.js";
import type { CompositorWindow } from "./compositor-window.js";

/** Which edges follow the pointer, or whether the whole window does. */
export type MoveKind = keyof typeof MoveSizeType;

/** A place on the client's desktop, in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What is nearest to a size or a place in the 16 bits that orders have for it. */
export const short = (value: number): number => Math.max(-0x8000, Math.min(Math.round(value), 0x7fff));

/** Windows are not to be sized to nothing. */
const least: Size = { width: 1, height: 1 };

/**
 * Lets the client move or size a window by itself, [MS-RDPERP] 3.3.5.2.6: first how far it may go, then the start.
 * `pointer` is where the button went down.
 */
export function moveCommands(
  windowId: number,
  window: CompositorWindow,
  kind: MoveKind,
  pointer: Place,
  desktop: Box,
): RailServerCommand[] {
  const { minimumSize = least, maximumSize = desktop } = window;
  const moves = kind === "move" || kind === "keyMove";
  // Where the window is moved, the place is one in the window.
  const at = moves ? { x: pointer.x - window.left, y: pointer.y - window.top } : pointer;
  return [
    {
      type: "minMaxInfo",
      value: {
        windowId,
        maxWidth: short(desktop.width),
        maxHeight: short(desktop.height),
        maxPosX: short(desktop.left),
        maxPosY: short(desktop.top),
        minTrackWidth: short(minimumSize.width),
        minTrackHeight: short(minimumSize.height),
        maxTrackWidth: short(maximumSize.width),
        maxTrackHeight: short(maximumSize.height),
      },
    },
    { type: "startMoveSize", windowId, moveSizeType: MoveSizeType[kind], posX: short(at.x), posY: short(at.y) },
  ];
}
