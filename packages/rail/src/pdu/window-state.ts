import {
  enumeration,
  flag,
  flags,
  i32,
  list,
  pdu,
  prefixed,
  struct,
  u16,
  u32,
  u8,
  utf16,
  when,
  type Infer,
} from "@railvail/wire";
import { AppBarEdge, ExtendedWindowStyle, ShowState, WindowStyle } from "../window-style.js";
import { rectangle16 } from "./rectangle.js";
import { windowingHeader, WindowingState, WindowingType } from "./windowing-header.js";

/** Bits of FieldsPresentFlags of a window, [MS-RDPERP] 2.2.1.3.1.2.1. */
export const WindowFields = {
  appBarEdge: 0x0000_0001,
  owner: 0x0000_0002,
  title: 0x0000_0004,
  style: 0x0000_0008,
  show: 0x0000_0010,
  appBarState: 0x0000_0040,
  resizeMarginX: 0x0000_0080,
  windowRects: 0x0000_0100,
  visibility: 0x0000_0200,
  windowSize: 0x0000_0400,
  windowOffset: 0x0000_0800,
  visibleOffset: 0x0000_1000,
  clientAreaOffset: 0x0000_4000,
  clientDelta: 0x0000_8000,
  clientAreaSize: 0x0001_0000,
  rpContent: 0x0002_0000,
  rootParent: 0x0004_0000,
  enforceServerZOrder: 0x0008_0000,
  /** A field without a body: the overlay icon on the taskbar is taken away. */
  iconOverlayNull: 0x0020_0000,
  overlayDescription: 0x0040_0000,
  taskbarButton: 0x0080_0000,
  resizeMarginY: 0x0800_0000,
} as const;

/** Bits that mean something to the window's class alone: named, so that they are no deviation. */
const classStyle = Object.fromEntries(Array.from({ length: 16 }, (_, bit) => [`class${bit}`, 2 ** bit]));

const point = struct({ x: i32, y: i32 });
const size = struct({ width: u32, height: u32 });
const rectangles = list(struct(rectangle16), prefixed(u16));
const has = (bit: number) => flag("fieldsPresentFlags", bit);

/**
 * A new window, or what changed in a window that exists: absent fields stay as they were. Offsets
 * are on the client's desktop, sizes and margins in pixels.
 *
 * `fieldsPresentFlags` is `WindowingState.new` for a new window and 0 for one that exists; with
 * `WindowFields.iconOverlayNull` the overlay icon goes. Titles may end in a NUL that their length
 * counts (WSLg sends one); it stays in the string, see `displayTitle`. The specification has
 * rectangles relative to the window, WSLg sends them relative to the desktop.
 */
export const WindowState = pdu(
  "New or Existing Window",
  "[MS-RDPERP] 2.2.1.3.1.2.1",
  {
    ...windowingHeader({ window: WindowingType.window }, { new: WindowingState.new, ...WindowFields }),
    windowId: u32,
    ownerWindowId: when(has(WindowFields.owner), u32),
    style: when(
      has(WindowFields.style),
      struct({
        style: flags(u32, { ...classStyle, ...WindowStyle }),
        extendedStyle: flags(u32, ExtendedWindowStyle),
      }),
    ),
    showState: when(has(WindowFields.show), enumeration(u8, ShowState)),
    title: when(has(WindowFields.title), utf16(prefixed(u16))),
    clientAreaOffset: when(has(WindowFields.clientAreaOffset), point),
    clientAreaSize: when(has(WindowFields.clientAreaSize), size),
    resizeMarginX: when(has(WindowFields.resizeMarginX), struct({ left: u32, right: u32 })),
    resizeMarginY: when(has(WindowFields.resizeMarginY), struct({ top: u32, bottom: u32 })),
    rpContent: when(has(WindowFields.rpContent), u8),
    rootParentHandle: when(has(WindowFields.rootParent), u32),
    windowOffset: when(has(WindowFields.windowOffset), point),
    windowClientDelta: when(has(WindowFields.clientDelta), point),
    windowSize: when(has(WindowFields.windowSize), size),
    windowRects: when(has(WindowFields.windowRects), rectangles),
    visibleOffset: when(has(WindowFields.visibleOffset), point),
    visibilityRects: when(has(WindowFields.visibility), rectangles),
    overlayDescription: when(has(WindowFields.overlayDescription), utf16(prefixed(u16))),
    taskbarButton: when(has(WindowFields.taskbarButton), u8),
    enforceServerZOrder: when(has(WindowFields.enforceServerZOrder), u8),
    appBarState: when(has(WindowFields.appBarState), u8),
    appBarEdge: when(has(WindowFields.appBarEdge), enumeration(u8, AppBarEdge)),
  },
  { sentBy: "server" },
);
export type WindowState = Infer<typeof WindowState>;
