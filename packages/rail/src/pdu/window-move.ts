import { enumeration, i16, pdu, u16, u32, type Infer } from "@railvail/wire";
import { railHeader, RailOrderType } from "./rail-header.js";

/** How large a window may get and where it goes when maximized, in pixels. */
export const MinMaxInfo = pdu(
  "TS_RAIL_ORDER_MINMAXINFO",
  "[MS-RDPERP] 2.2.2.7.1",
  {
    ...railHeader(RailOrderType.minMaxInfo),
    windowId: u32,
    maxWidth: i16,
    maxHeight: i16,
    maxPosX: i16,
    maxPosY: i16,
    minTrackWidth: i16,
    minTrackHeight: i16,
    maxTrackWidth: i16,
    maxTrackHeight: i16,
  },
  { sentBy: "server" },
);
export type MinMaxInfo = Infer<typeof MinMaxInfo>;

/** Which edge or corner is dragged, or how the window is moved, [MS-RDPERP] 2.2.2.7.2. */
export const MoveSizeType = {
  left: 1,
  right: 2,
  top: 3,
  topLeft: 4,
  topRight: 5,
  bottom: 6,
  bottomLeft: 7,
  bottomRight: 8,
  move: 9,
  keyMove: 10,
  keySize: 11,
} as const;

/**
 * Begins (`isMoveSizeStart` is not 0) or ends a move or resize that the client carries out itself.
 * At the start `posX`, `posY` are the place of the last button press, or for `move` the pointer's
 * offset from the window's corner; at the end ([MS-RDPERP] 2.2.2.7.3) the window's new corner.
 */
export const LocalMoveSize = pdu(
  "TS_RAIL_ORDER_LOCALMOVESIZE",
  "[MS-RDPERP] 2.2.2.7.2",
  {
    ...railHeader(RailOrderType.localMoveSize),
    windowId: u32,
    isMoveSizeStart: u16,
    moveSizeType: enumeration(u16, MoveSizeType),
    posX: i16,
    posY: i16,
  },
  { sentBy: "server" },
);
export type LocalMoveSize = Infer<typeof LocalMoveSize>;

/** A window and its new rectangle on the client's desktop, in pixels, resize margins included. */
const placement = { windowId: u32, left: i16, top: i16, right: i16, bottom: i16 };

/** Where the user moved a window to, and how large it is now. */
export const WindowMove = pdu(
  "TS_RAIL_ORDER_WINDOWMOVE",
  "[MS-RDPERP] 2.2.2.7.4",
  { ...railHeader(RailOrderType.windowMove), ...placement },
  { sentBy: "client" },
);
export type WindowMove = Infer<typeof WindowMove>;

/** Sent instead of WindowMove if the client's window manager snapped the window into its place. */
export const SnapArrange = pdu(
  "TS_RAIL_ORDER_SNAP_ARRANGE",
  "[MS-RDPERP] 2.2.2.7.5",
  { ...railHeader(RailOrderType.snapArrange), ...placement },
  { sentBy: "client" },
);
export type SnapArrange = Infer<typeof SnapArrange>;
