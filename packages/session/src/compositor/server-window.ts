import { captionStyle, ExtendedWindowStyle, ShowState, WindowStyle, type ServerWindow } from "@railvail/rail";
import type { CompositorWindow, WindowRole, WindowShowState } from "./compositor-window.js";

const shown = WindowStyle.visible + WindowStyle.clipSiblings;
/** WindowStyle.popup is the highest bit: the rest is added to it, not or-ed. */
const framed = WindowStyle.popup + shown + WindowStyle.thickFrame + captionStyle;
const boxes = WindowStyle.group + WindowStyle.tabStop + WindowStyle.sysMenu;
const floating = ExtendedWindowStyle.toolWindow + ExtendedWindowStyle.topmost + ExtendedWindowStyle.noActivate;

const styles: { readonly [Role in WindowRole]: NonNullable<ServerWindow["style"]> } = {
  window: { style: framed + boxes, extendedStyle: ExtendedWindowStyle.layered },
  dialog: {
    style: framed + WindowStyle.sysMenu,
    extendedStyle: ExtendedWindowStyle.layered + ExtendedWindowStyle.dialogModalFrame,
  },
  popup: { style: WindowStyle.popup + shown, extendedStyle: ExtendedWindowStyle.layered + floating },
  tooltip: {
    style: WindowStyle.popup + shown,
    extendedStyle: ExtendedWindowStyle.layered + ExtendedWindowStyle.transparent + floating,
  },
};

/** A window that fills the screen has no frame to take hold of. */
const fullscreen: NonNullable<ServerWindow["style"]> = {
  style: WindowStyle.popup + shown + boxes,
  extendedStyle: ExtendedWindowStyle.layered,
};

const showStates: { readonly [State in WindowShowState]: number } = {
  normal: ShowState.show,
  minimized: ShowState.minimized,
  maximized: ShowState.maximized,
  fullscreen: ShowState.show,
  hidden: ShowState.hide,
};

/** Clients show a taskbar button for 0 and none for 1. */
const taskbarButton = { shown: 0, hidden: 1 } as const;

/** A window as the windowing orders have it. What did not change is told once. */
export function serverWindow(window: CompositorWindow): ServerWindow {
  const { left, top, width, height, margins, role, showState } = window;
  const whole = [{ left: 0, top: 0, right: width, bottom: height }];
  const corner = { x: left, y: top };
  const none = { x: 0, y: 0 };
  return {
    ownerWindowId: window.owner ?? 0,
    style: showState === "fullscreen" ? fullscreen : styles[role],
    showState: showStates[showState],
    title: window.title,
    clientAreaOffset: corner,
    clientAreaSize: { width, height },
    resizeMarginX: { left: margins.left, right: margins.right },
    resizeMarginY: { top: margins.top, bottom: margins.bottom },
    windowOffset: corner,
    windowClientDelta: none,
    windowSize: { width, height },
    windowRects: whole,
    visibleOffset: corner,
    visibilityRects: whole,
    taskbarButton: role === "window" ? taskbarButton.shown : taskbarButton.hidden,
    icons: window.icons,
  };
}
