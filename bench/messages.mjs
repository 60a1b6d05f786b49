// The messages that are measured, as values. Their bytes come from the interpreted declarations.

/** @typedef {import("../packages/rail/dist/index.js").WindowState} WindowState */
/** @typedef {import("../packages/gfxredir/dist/index.js").PresentBuffer} PresentBuffer */
/** @typedef {import("../packages/gfxredir/dist/index.js").PresentBufferAck} PresentBufferAck */

/** `fieldsPresentFlags` of a new window; the bits of fields follow from the fields. */
const newWindow = 0x1000_0000;
const existingWindow = 0;

/** @param {number} id @param {number} x @param {number} y @param {number} width @param {number} height */
export const box = (id, x, y, width, height) => ({
  windowId: id,
  x,
  y,
  width,
  height,
  rectangles: [{ left: x, top: y, right: x + width, bottom: y + height }],
});

/** Every field of the order. @type {WindowState} */
export const everyField = {
  fieldsPresentFlags: newWindow,
  windowId: 0x0001_0203,
  ownerWindowId: 0xffff_ffff,
  style: { style: 0x94cf_0000, extendedStyle: 0x0008_0100 },
  showState: 5,
  title: "notes.txt",
  clientAreaOffset: { x: 8, y: 31 },
  clientAreaSize: { width: 1264, height: 681 },
  resizeMarginX: { left: 8, right: 8 },
  resizeMarginY: { top: 8, bottom: 8 },
  rpContent: 1,
  rootParentHandle: 0x0001_0100,
  windowOffset: { x: -1280, y: 64 },
  windowClientDelta: { x: 8, y: 31 },
  windowSize: { width: 1280, height: 720 },
  windowRects: [{ left: 0, top: 0, right: 1280, bottom: 720 }],
  visibleOffset: { x: -1280, y: 64 },
  visibilityRects: [{ left: 0, top: 0, right: 1280, bottom: 720 }],
  overlayDescription: "unread",
  taskbarButton: 0,
  enforceServerZOrder: 1,
  appBarState: 0,
  appBarEdge: 3,
};

/** What WSLg's compositor sends for a new window: flags 0x1181df1a, 93 bytes. */
const created = (/** @type {ReturnType<typeof box>} */ at) => ({
  fieldsPresentFlags: newWindow,
  windowId: at.windowId,
  ownerWindowId: 0xffff_ffff,
  style: { style: 0x96cf_0000, extendedStyle: 0x0008_0000 },
  showState: 0,
  clientAreaOffset: { x: 0, y: 0 },
  clientAreaSize: { width: at.width, height: at.height },
  windowOffset: { x: at.x, y: at.y },
  windowClientDelta: { x: 0, y: 0 },
  windowSize: { width: at.width, height: at.height },
  windowRects: at.rectangles,
  visibleOffset: { x: at.x, y: at.y },
  visibilityRects: at.rectangles,
  taskbarButton: 1,
});
const moved = (/** @type {ReturnType<typeof box>} */ at) => ({
  fieldsPresentFlags: existingWindow,
  windowId: at.windowId,
  windowOffset: { x: at.x, y: at.y },
  visibleOffset: { x: at.x, y: at.y },
  taskbarButton: 0,
});
const resized = (/** @type {ReturnType<typeof box>} */ at) => ({
  fieldsPresentFlags: existingWindow,
  windowId: at.windowId,
  clientAreaSize: { width: at.width, height: at.height - 8 },
  windowSize: { width: at.width, height: at.height },
  windowRects: at.rectangles,
  visibilityRects: at.rectangles,
  taskbarButton: 0,
});
const shown = (/** @type {ReturnType<typeof box>} */ at) => ({
  fieldsPresentFlags: existingWindow,
  windowId: at.windowId,
  showState: 5,
  taskbarButton: 0,
});
const renamed = (/** @type {ReturnType<typeof box>} */ at) => ({
  fieldsPresentFlags: existingWindow,
  windowId: at.windowId,
  title: "notes.txt\0",
  taskbarButton: 0,
});

/** What is sent about a window, by what happened to it. */
export const windowOrders = { created, moved, resized, shown, renamed };

/** A title of 40 characters with its NUL, as WSLg sends it. @type {WindowState} */
export const longTitle = {
  fieldsPresentFlags: existingWindow,
  windowId: 17,
  title: "Annual report 2024, third draft - Writer\0",
  taskbarButton: 0,
};

/** The order of the mix: the same in every run, without a period the processor could learn early. */
function* draws() {
  for (let state = 12_345; ; state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) yield state >>> 16;
}

/** Orders of a session: mostly moves and resizes, now and then a new window, a title, a state. */
export const mixedWindows = (() => {
  const kinds = [created, moved, moved, moved, resized, resized, shown, renamed];
  /** @type {WindowState[]} */
  const orders = [];
  for (const draw of draws()) {
    if (orders.length === 64) break;
    const at = box(orders.length + 1, draw % 1920, draw % 1080, 320 + (draw % 700), 240 + (draw % 500));
    orders.push(kinds[draw % kinds.length](at));
  }
  return orders;
})();

/** @type {PresentBuffer} */
export const plainPresent = {
  timestamp: 0n,
  presentId: 4711n,
  windowId: 17n,
  bufferId: 3n,
  orientation: 0,
  targetWidth: 1280,
  targetHeight: 720,
  dirtyRect: { left: 40, top: 96, width: 640, height: 32 },
  opaqueRects: [],
};

/** @type {PresentBuffer} */
export const opaquePresent = {
  ...plainPresent,
  opaqueRects: [{ left: 0, top: 0, width: 1280, height: 720 }],
};

/** @type {PresentBufferAck} */
export const ack = { windowId: 17n, presentId: 4711n };
