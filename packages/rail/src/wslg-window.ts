import { captionStyle, desktopWindowId, ExtendedWindowStyle, ShowState, WindowStyle } from "./window-style.js";
import type { WindowFieldValues } from "./wire-window.js";

const origin = { x: 0, y: 0 };
const frame = WindowStyle.thickFrame + captionStyle;

/** The style that WSLg gives to all windows but those that fill the screen. */
const normalStyle = {
  style:
    WindowStyle.popup +
    WindowStyle.visible +
    WindowStyle.clipSiblings +
    WindowStyle.group +
    WindowStyle.tabStop +
    frame,
  extendedStyle: ExtendedWindowStyle.layered,
};

/** What WSLg takes off the height of the client area, so that the client believes in a title bar. */
const titleBarHint = 8;

type Rects = NonNullable<WindowFieldValues["windowRects"]>;
type Size = NonNullable<WindowFieldValues["windowSize"]>;

/**
 * The fields of a window as WSLg's server states them: no owner is the desktop, titles end in a
 * NUL, rectangles are relative to the desktop modulo 65,536 with a visible offset of 0, there is one
 * if the application gave none, and the client area is lower than the window. `given` is what the
 * application gave; the rest of `fields` stands as it was told before.
 */
export function wslgFields(fields: WindowFieldValues, given: WindowFieldValues): WindowFieldValues {
  const { windowSize, windowOffset = origin, style = normalStyle } = fields;
  const rects = (own: Rects | undefined, told: Rects | undefined): Rects | undefined => {
    if (own === undefined && windowSize === undefined) return told;
    return (own ?? whole(windowSize)).map(({ left, top, right, bottom }) => ({
      left: wrapped(left + windowOffset.x),
      top: wrapped(top + windowOffset.y),
      right: wrapped(right + windowOffset.x),
      bottom: wrapped(bottom + windowOffset.y),
    }));
  };
  const { clientAreaSize = windowSize } = given;
  return {
    ...fields,
    ownerWindowId: fields.ownerWindowId ?? desktopWindowId,
    style,
    showState: fields.showState ?? ShowState.show,
    title: given.title === undefined ? fields.title : `${fields.title}\0`,
    clientAreaOffset: fields.clientAreaOffset ?? origin,
    clientAreaSize:
      clientAreaSize === undefined ? fields.clientAreaSize : hinted(clientAreaSize, windowSize, style.style),
    windowClientDelta: fields.windowClientDelta ?? origin,
    windowRects: rects(given.windowRects && fields.windowRects, fields.windowRects),
    visibleOffset: origin,
    visibilityRects: rects(given.visibilityRects && fields.visibilityRects, fields.visibilityRects),
    taskbarButton: fields.taskbarButton ?? 0,
  };
}

const wrapped = (coordinate: number): number => coordinate & 0xffff;

const whole = ({ width, height }: Size = { width: 0, height: 0 }): Rects => [
  { left: 0, top: 0, right: wrapped(width), bottom: wrapped(height) },
];

function hinted(client: Size, window: Size | undefined, style: number): Size {
  const fillsScreen = (style & frame) === 0;
  const lower = client.height === window?.height && client.height > titleBarHint && !fillsScreen;
  return lower ? { width: client.width, height: client.height - titleBarHint } : client;
}
