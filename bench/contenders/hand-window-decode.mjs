// TS_WINDOW_ORDER by hand, the way one writes it who wants it fast: the `DataView` of the chunk,
// one literal per value, one check of bounds for each part of the message. The values are those
// of the declaration: bits that say which fields are there are not in `fieldsPresentFlags`, absent
// fields are `undefined`, bytes after the last field are `trailing`.
//
// Decoding checks: the control byte and the bit of a window; that the stated size is the size there is; that each part
// lies inside. Encoding checks nothing that a value holds: a number out of range wraps around in
// silence. `hand-checked.mjs` has the same code with the checks that the declaration implies.
import { readRectangles, readText } from "./hand-parts.mjs";

/** The bit that says that it is a window, and those that say that a field is there. */
const derived = 0x09cf_dfdf;

/**
 * @param {import("../../packages/wire/dist/index.js").Source} source
 * @param {number} offset
 * @param {number} end
 */
export function decodeWindow(source, offset, end) {
  const { view } = source;
  if (end - offset < 11) throw new Error("order too short");
  if (view.getUint8(offset) !== 0x2e) throw new Error("not a windowing order");
  if (view.getUint16(offset + 1, true) !== end - offset) throw new Error("wrong order size");
  const flags = view.getUint32(offset + 3, true);
  if ((flags & 0x100_0000) === 0) throw new Error("not an order about a window");
  const windowId = view.getUint32(offset + 7, true);
  let at = offset + 11;

  let ownerWindowId;
  if ((flags & 0x2) !== 0) {
    if (end - at < 4) throw new Error("order too short");
    ownerWindowId = view.getUint32(at, true);
    at += 4;
  }
  let style;
  if ((flags & 0x8) !== 0) {
    if (end - at < 8) throw new Error("order too short");
    style = { style: view.getUint32(at, true), extendedStyle: view.getUint32(at + 4, true) };
    at += 8;
  }
  let showState;
  if ((flags & 0x10) !== 0) {
    if (end - at < 1) throw new Error("order too short");
    showState = view.getUint8(at);
    at += 1;
  }
  let title;
  if ((flags & 0x4) !== 0) {
    if (end - at < 2) throw new Error("order too short");
    const size = view.getUint16(at, true);
    at += 2;
    if (end - at < size) throw new Error("order too short");
    title = readText(source, at, size);
    at += size;
  }
  let clientAreaOffset;
  if ((flags & 0x4000) !== 0) {
    if (end - at < 8) throw new Error("order too short");
    clientAreaOffset = { x: view.getInt32(at, true), y: view.getInt32(at + 4, true) };
    at += 8;
  }
  let clientAreaSize;
  if ((flags & 0x1_0000) !== 0) {
    if (end - at < 8) throw new Error("order too short");
    clientAreaSize = { width: view.getUint32(at, true), height: view.getUint32(at + 4, true) };
    at += 8;
  }
  let resizeMarginX;
  if ((flags & 0x80) !== 0) {
    if (end - at < 8) throw new Error("order too short");
    resizeMarginX = { left: view.getUint32(at, true), right: view.getUint32(at + 4, true) };
    at += 8;
  }
  let resizeMarginY;
  if ((flags & 0x800_0000) !== 0) {
    if (end - at < 8) throw new Error("order too short");
    resizeMarginY = { top: view.getUint32(at, true), bottom: view.getUint32(at + 4, true) };
    at += 8;
  }
  let rpContent;
  if ((flags & 0x2_0000) !== 0) {
    if (end - at < 1) throw new Error("order too short");
    rpContent = view.getUint8(at);
    at += 1;
  }
  let rootParentHandle;
  if ((flags & 0x4_0000) !== 0) {
    if (end - at < 4) throw new Error("order too short");
    rootParentHandle = view.getUint32(at, true);
    at += 4;
  }
  let windowOffset;
  if ((flags & 0x800) !== 0) {
    if (end - at < 8) throw new Error("order too short");
    windowOffset = { x: view.getInt32(at, true), y: view.getInt32(at + 4, true) };
    at += 8;
  }
  let windowClientDelta;
  if ((flags & 0x8000) !== 0) {
    if (end - at < 8) throw new Error("order too short");
    windowClientDelta = { x: view.getInt32(at, true), y: view.getInt32(at + 4, true) };
    at += 8;
  }
  let windowSize;
  if ((flags & 0x400) !== 0) {
    if (end - at < 8) throw new Error("order too short");
    windowSize = { width: view.getUint32(at, true), height: view.getUint32(at + 4, true) };
    at += 8;
  }
  let windowRects;
  if ((flags & 0x100) !== 0) {
    if (end - at < 2) throw new Error("order too short");
    windowRects = readRectangles(view, at, end);
    at += 2 + windowRects.length * 8;
  }
  let visibleOffset;
  if ((flags & 0x1000) !== 0) {
    if (end - at < 8) throw new Error("order too short");
    visibleOffset = { x: view.getInt32(at, true), y: view.getInt32(at + 4, true) };
    at += 8;
  }
  let visibilityRects;
  if ((flags & 0x200) !== 0) {
    if (end - at < 2) throw new Error("order too short");
    visibilityRects = readRectangles(view, at, end);
    at += 2 + visibilityRects.length * 8;
  }
  let overlayDescription;
  if ((flags & 0x40_0000) !== 0) {
    if (end - at < 2) throw new Error("order too short");
    const size = view.getUint16(at, true);
    at += 2;
    if (end - at < size) throw new Error("order too short");
    overlayDescription = readText(source, at, size);
    at += size;
  }
  let taskbarButton;
  if ((flags & 0x80_0000) !== 0) {
    if (end - at < 1) throw new Error("order too short");
    taskbarButton = view.getUint8(at);
    at += 1;
  }
  let enforceServerZOrder;
  if ((flags & 0x8_0000) !== 0) {
    if (end - at < 1) throw new Error("order too short");
    enforceServerZOrder = view.getUint8(at);
    at += 1;
  }
  let appBarState;
  if ((flags & 0x40) !== 0) {
    if (end - at < 1) throw new Error("order too short");
    appBarState = view.getUint8(at);
    at += 1;
  }
  let appBarEdge;
  if ((flags & 0x1) !== 0) {
    if (end - at < 1) throw new Error("order too short");
    appBarEdge = view.getUint8(at);
    at += 1;
  }
  const trailing = at < end ? source.bytes.subarray(at, end) : undefined;
  return {
    fieldsPresentFlags: (flags & ~derived) >>> 0,
    windowId,
    ownerWindowId,
    style,
    showState,
    title,
    clientAreaOffset,
    clientAreaSize,
    resizeMarginX,
    resizeMarginY,
    rpContent,
    rootParentHandle,
    windowOffset,
    windowClientDelta,
    windowSize,
    windowRects,
    visibleOffset,
    visibilityRects,
    overlayDescription,
    taskbarButton,
    enforceServerZOrder,
    appBarState,
    appBarEdge,
    trailing,
  };
}
