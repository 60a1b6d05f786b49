// `hand-window-encode.mjs` with the checks that the declaration makes: every number is in the range
// of its field, stated flags hold no bit of a field, texts are strings that fit their lengths,
// lists are arrays, kept bytes are bytes.
import { i32, keptBytes, ownFlags, textOf, u16, u32, u8, writeCheckedRectangles } from "./hand-checks.mjs";
import { writeText } from "./hand-parts.mjs";
import { sizeOfWindow } from "./hand-window-encode.mjs";

/** @typedef {import("../../packages/rail/dist/index.js").WindowState} WindowState */
/** @typedef {import("../../packages/wire/dist/index.js").Arena} Arena */

/**
 * @param {WindowState} order
 * @param {Arena} arena
 */
export function encodeWindowChecked(order, arena) {
  const size = sizeOfWindow(order);
  const start = arena.reserve(size);
  const { view } = arena;
  let flags = ownFlags(order.fieldsPresentFlags) | 0x100_0000;
  view.setUint8(start, 0x2e);
  view.setUint16(start + 1, u16(size), true);
  view.setUint32(start + 7, u32(order.windowId), true);
  let at = start + 11;
  const { ownerWindowId } = order;
  if (ownerWindowId !== undefined) {
    flags |= 0x2;
    view.setUint32(at, u32(ownerWindowId), true);
    at += 4;
  }
  const { style } = order;
  if (style !== undefined) {
    flags |= 0x8;
    view.setUint32(at, u32(style.style), true);
    view.setUint32(at + 4, u32(style.extendedStyle), true);
    at += 8;
  }
  const { showState } = order;
  if (showState !== undefined) {
    flags |= 0x10;
    view.setUint8(at, u8(showState));
    at += 1;
  }
  const { title } = order;
  if (title !== undefined) {
    flags |= 0x4;
    view.setUint16(at, u16(title.length * 2), true);
    writeText(view, at + 2, textOf(title));
    at += 2 + title.length * 2;
  }
  const { clientAreaOffset } = order;
  if (clientAreaOffset !== undefined) {
    flags |= 0x4000;
    view.setInt32(at, i32(clientAreaOffset.x), true);
    view.setInt32(at + 4, i32(clientAreaOffset.y), true);
    at += 8;
  }
  const { clientAreaSize } = order;
  if (clientAreaSize !== undefined) {
    flags |= 0x1_0000;
    view.setUint32(at, u32(clientAreaSize.width), true);
    view.setUint32(at + 4, u32(clientAreaSize.height), true);
    at += 8;
  }
  const { resizeMarginX } = order;
  if (resizeMarginX !== undefined) {
    flags |= 0x80;
    view.setUint32(at, u32(resizeMarginX.left), true);
    view.setUint32(at + 4, u32(resizeMarginX.right), true);
    at += 8;
  }
  const { resizeMarginY } = order;
  if (resizeMarginY !== undefined) {
    flags |= 0x800_0000;
    view.setUint32(at, u32(resizeMarginY.top), true);
    view.setUint32(at + 4, u32(resizeMarginY.bottom), true);
    at += 8;
  }
  const { rpContent } = order;
  if (rpContent !== undefined) {
    flags |= 0x2_0000;
    view.setUint8(at, u8(rpContent));
    at += 1;
  }
  const { rootParentHandle } = order;
  if (rootParentHandle !== undefined) {
    flags |= 0x4_0000;
    view.setUint32(at, u32(rootParentHandle), true);
    at += 4;
  }
  const { windowOffset } = order;
  if (windowOffset !== undefined) {
    flags |= 0x800;
    view.setInt32(at, i32(windowOffset.x), true);
    view.setInt32(at + 4, i32(windowOffset.y), true);
    at += 8;
  }
  const { windowClientDelta } = order;
  if (windowClientDelta !== undefined) {
    flags |= 0x8000;
    view.setInt32(at, i32(windowClientDelta.x), true);
    view.setInt32(at + 4, i32(windowClientDelta.y), true);
    at += 8;
  }
  const { windowSize } = order;
  if (windowSize !== undefined) {
    flags |= 0x400;
    view.setUint32(at, u32(windowSize.width), true);
    view.setUint32(at + 4, u32(windowSize.height), true);
    at += 8;
  }
  const { windowRects } = order;
  if (windowRects !== undefined) {
    flags |= 0x100;
    at = writeCheckedRectangles(view, at, windowRects);
  }
  const { visibleOffset } = order;
  if (visibleOffset !== undefined) {
    flags |= 0x1000;
    view.setInt32(at, i32(visibleOffset.x), true);
    view.setInt32(at + 4, i32(visibleOffset.y), true);
    at += 8;
  }
  const { visibilityRects } = order;
  if (visibilityRects !== undefined) {
    flags |= 0x200;
    at = writeCheckedRectangles(view, at, visibilityRects);
  }
  const { overlayDescription } = order;
  if (overlayDescription !== undefined) {
    flags |= 0x40_0000;
    view.setUint16(at, u16(overlayDescription.length * 2), true);
    writeText(view, at + 2, textOf(overlayDescription));
    at += 2 + overlayDescription.length * 2;
  }
  const { taskbarButton } = order;
  if (taskbarButton !== undefined) {
    flags |= 0x80_0000;
    view.setUint8(at, u8(taskbarButton));
    at += 1;
  }
  const { enforceServerZOrder } = order;
  if (enforceServerZOrder !== undefined) {
    flags |= 0x8_0000;
    view.setUint8(at, u8(enforceServerZOrder));
    at += 1;
  }
  const { appBarState } = order;
  if (appBarState !== undefined) {
    flags |= 0x40;
    view.setUint8(at, u8(appBarState));
    at += 1;
  }
  const { appBarEdge } = order;
  if (appBarEdge !== undefined) {
    flags |= 0x1;
    view.setUint8(at, u8(appBarEdge));
    at += 1;
  }
  view.setUint32(start + 3, flags, true);
  const { trailing } = order;
  if (trailing !== undefined) arena.bytes.set(keptBytes(trailing), at);
  arena.length = start + size;
  return size;
}
