/** The id of WSLg's marker window, as it stands in the z-order list. */
export const markerWindowId = 0xffff_fffe;
/** The desktop: active when no window is, and "no owner" in WSLg's orders. */
export const desktopWindowId = 0xffff_ffff;

/** How a window is shown, [MS-RDPERP] 2.2.1.3.1.2.1. */
export const ShowState = { hide: 0, minimized: 2, maximized: 3, show: 5 } as const;

/** Edge of the desktop to which an application toolbar is anchored, [MS-RDPERP] 2.2.1.3.1.2.1. */
export const AppBarEdge = { left: 0, top: 1, right: 2, bottom: 3 } as const;

/**
 * Window styles of Windows. `group` and `tabStop` are the minimize and the maximize box of a
 * top-level window. The 16 low bits belong to the window's class.
 */
export const WindowStyle = {
  tabStop: 0x0001_0000,
  group: 0x0002_0000,
  thickFrame: 0x0004_0000,
  sysMenu: 0x0008_0000,
  horizontalScroll: 0x0010_0000,
  verticalScroll: 0x0020_0000,
  dialogFrame: 0x0040_0000,
  border: 0x0080_0000,
  maximize: 0x0100_0000,
  clipChildren: 0x0200_0000,
  clipSiblings: 0x0400_0000,
  disabled: 0x0800_0000,
  visible: 0x1000_0000,
  minimize: 0x2000_0000,
  child: 0x4000_0000,
  popup: 0x8000_0000,
} as const;

/** A title bar: a border and a dialog's frame together. */
export const captionStyle = WindowStyle.border + WindowStyle.dialogFrame;

/** Extended window styles of Windows. */
export const ExtendedWindowStyle = {
  dialogModalFrame: 0x0000_0001,
  noParentNotify: 0x0000_0004,
  topmost: 0x0000_0008,
  acceptFiles: 0x0000_0010,
  transparent: 0x0000_0020,
  mdiChild: 0x0000_0040,
  toolWindow: 0x0000_0080,
  windowEdge: 0x0000_0100,
  clientEdge: 0x0000_0200,
  contextHelp: 0x0000_0400,
  right: 0x0000_1000,
  rightToLeftReading: 0x0000_2000,
  leftScrollbar: 0x0000_4000,
  controlParent: 0x0001_0000,
  staticEdge: 0x0002_0000,
  appWindow: 0x0004_0000,
  layered: 0x0008_0000,
  noInheritLayout: 0x0010_0000,
  noRedirectionBitmap: 0x0020_0000,
  layoutRightToLeft: 0x0040_0000,
  composited: 0x0200_0000,
  noActivate: 0x0800_0000,
} as const;
