// TS_WINDOW_ORDER encoded by hand: the size first, then the bytes, into memory that the caller
// owns. Nothing that a value holds is checked: a number out of range wraps around in silence,
// a title too long for its length gives a broken message. The declaration refuses both.
import { writeRectangles, writeText } from "./hand-parts.mjs";

/** @typedef {import("../../packages/rail/dist/index.js").WindowState} WindowState */
/** @typedef {import("../../packages/wire/dist/index.js").Arena} Arena */

/** @param {WindowState} order */
export function sizeOfWindow(order) {
  let size = 11;
  if (order.ownerWindowId !== undefined) size += 4;
  if (order.style !== undefined) size += 8;
  if (order.showState !== undefined) size += 1;
  if (order.title !== undefined) size += 2 + order.title.length * 2;
  if (order.clientAreaOffset !== undefined) size += 8;
  if (order.clientAreaSize !== undefined) size += 8;
  if (order.resizeMarginX !== undefined) size += 8;
  if (order.resizeMarginY !== undefined) size += 8;
  if (order.rpContent !== undefined) size += 1;
  if (order.rootParentHandle !== undefined) size += 4;
  if (order.windowOffset !== undefined) size += 8;
  if (order.windowClientDelta !== undefined) size += 8;
  if (order.windowSize !== undefined) size += 8;
  if (order.windowRects !== undefined) size += 2 + order.windowRects.length * 8;
  if (order.visibleOffset !== undefined) size += 8;
  if (order.visibilityRects !== undefined) size += 2 + order.visibilityRects.length * 8;
  if (order.overlayDescription !== undefined) size += 2 + order.overlayDescription.length * 2;
  if (order.taskbarButton !== undefined) size += 1;
  if (order.enforceServerZOrder !== undefined) size += 1;
  if (order.appBarState !== undefined) size += 1;
  if (order.appBarEdge !== undefined) size += 1;
  if (order.trailing !== undefined) size += order.trailing.length;
  return size;
}

/**
 * @param {WindowState} order
 * @param {Arena} arena
 */
export function encodeWindow(order, arena) {
  const size = sizeOfWindow(order);
  const start = arena.reserve(size);
  const { view } = arena;
  let flags = order.fieldsPresentFlags | 0x100_0000;
  view.setUint8(start, 0x2e);
  view.setUint16(start + 1, size, true);
  view.setUint32(start + 7, order.windowId, true);
  let at = start + 11;
  const { ownerWindowId } = order;
  if (ownerWindowId !== undefined) {
    flags |= 0x2;
    view.setUint32(at, ownerWindowId, true);
    at += 4;
  }
  const { style } = order;
  if (style !== undefined) {
    flags |= 0x8;
    view.setUint32(at, style.style, true);
    view.setUint32(at + 4, style.extendedStyle, true);
    at += 8;
  }
  const { showState } = order;
  if (showState !== undefined) {
    flags |= 0x10;
    view.setUint8(at, showState);
    at += 1;
  }
  const { title } = order;
  if (title !== undefined) {
    flags |= 0x4;
    view.setUint16(at, title.length * 2, true);
    writeText(view, at + 2, title);
    at += 2 + title.length * 2;
  }
  const { clientAreaOffset } = order;
  if (clientAreaOffset !== undefined) {
    flags |= 0x4000;
    view.setInt32(at, clientAreaOffset.x, true);
    view.setInt32(at + 4, clientAreaOffset.y, true);
    at += 8;
  }
  const { clientAreaSize } = order;
  if (clientAreaSize !== undefined) {
    flags |= 0x1_0000;
    view.setUint32(at, clientAreaSize.width, true);
    view.setUint32(at + 4, clientAreaSize.height, true);
    at += 8;
  }
  const { resizeMarginX } = order;
  if (resizeMarginX !== undefined) {
    flags |= 0x80;
    view.setUint32(at, resizeMarginX.left, true);
    view.setUint32(at + 4, resizeMarginX.right, true);
    at += 8;
  }
  const { resizeMarginY } = order;
  if (resizeMarginY !== undefined) {
    flags |= 0x800_0000;
    view.setUint32(at, resizeMarginY.top, true);
    view.setUint32(at + 4, resizeMarginY.bottom, true);
    at += 8;
  }
  const { rpContent } = order;
  if (rpContent !== undefined) {
    flags |= 0x2_0000;
    view.setUint8(at, rpContent);
    at += 1;
  }
  const { rootParentHandle } = order;
  if (rootParentHandle !== undefined) {
    flags |= 0x4_0000;
    view.setUint32(at, rootParentHandle, true);
    at += 4;
  }
  const { windowOffset } = order;
  if (windowOffset !== undefined) {
    flags |= 0x800;
    view.setInt32(at, windowOffset.x, true);
    view.setInt32(at + 4, windowOffset.y, true);
    at += 8;
  }
  const { windowClientDelta } = order;
  if (windowClientDelta !== undefined) {
    flags |= 0x8000;
    view.setInt32(at, windowClientDelta.x, true);
    view.setInt32(at + 4, windowClientDelta.y, true);
    at += 8;
  }
  const { windowSize } = order;
  if (windowSize !== undefined) {
    flags |= 0x400;
    view.setUint32(at, windowSize.width, true);
    view.setUint32(at + 4, windowSize.height, true);
    at += 8;
  }
  const { windowRects } = order;
  if (windowRects !== undefined) {
    flags |= 0x100;
    at = writeRectangles(view, at, windowRects);
  }
  const { visibleOffset } = order;
  if (visibleOffset !== undefined) {
    flags |= 0x1000;
    view.setInt32(at, visibleOffset.x, true);
    view.setInt32(at + 4, visibleOffset.y, true);
    at += 8;
  }
  const { visibilityRects } = order;
  if (visibilityRects !== undefined) {
    flags |= 0x200;
    at = writeRectangles(view, at, visibilityRects);
  }
  const { overlayDescription } = order;
  if (overlayDescription !== undefined) {
    flags |= 0x40_0000;
    view.setUint16(at, overlayDescription.length * 2, true);
    writeText(view, at + 2, overlayDescription);
    at += 2 + overlayDescription.length * 2;
  }
  const { taskbarButton } = order;
  if (taskbarButton !== undefined) {
    flags |= 0x80_0000;
    view.setUint8(at, taskbarButton);
    at += 1;
  }
  const { enforceServerZOrder } = order;
  if (enforceServerZOrder !== undefined) {
    flags |= 0x8_0000;
    view.setUint8(at, enforceServerZOrder);
    at += 1;
  }
  const { appBarState } = order;
  if (appBarState !== undefined) {
    flags |= 0x40;
    view.setUint8(at, appBarState);
    at += 1;
  }
  const { appBarEdge } = order;
  if (appBarEdge !== undefined) {
    flags |= 0x1;
    view.setUint8(at, appBarEdge);
    at += 1;
  }
  view.setUint32(start + 3, flags, true);
  const { trailing } = order;
  if (trailing !== undefined) arena.bytes.set(trailing, at);
  arena.length = start + size;
  return size;
}
