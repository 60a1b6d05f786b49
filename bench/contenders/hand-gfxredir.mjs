// GFXREDIR_PRESENT_BUFFER and its acknowledgement by hand. Decoding checks the command, the
// length against the bytes there are, and the bytes of the list. Encoding checks nothing that a
// value holds: a number out of range wraps around in silence; the declaration refuses it.

/** @typedef {import("../../packages/wire/dist/index.js").Source} Source */
/** @typedef {import("../../packages/wire/dist/index.js").Arena} Arena */
/** @typedef {import("../../packages/gfxredir/dist/index.js").PresentBuffer} PresentBuffer */
/** @typedef {import("../../packages/gfxredir/dist/index.js").PresentBufferAck} PresentBufferAck */

/** @typedef {import("../../packages/gfxredir/dist/index.js").Rectangle32} Rectangle */

/**
 * @param {Source} source
 * @param {number} offset
 * @param {number} end
 */
export function decodePresent(source, offset, end) {
  const { view } = source;
  if (end - offset < 72) throw new Error("message too short");
  if (view.getUint32(offset, true) !== 0x0e) throw new Error("not a present");
  if (view.getUint32(offset + 4, true) !== end - offset) throw new Error("wrong length");
  const total = view.getUint32(offset + 68, true);
  let at = offset + 72;
  if (end - at < (total === 0 ? 16 : total * 16)) throw new Error("message too short");
  /** @type {Rectangle[]} */
  const opaqueRects = new Array(total);
  for (let i = 0; i < total; i++) {
    opaqueRects[i] = {
      left: view.getUint32(at, true),
      top: view.getUint32(at + 4, true),
      width: view.getUint32(at + 8, true),
      height: view.getUint32(at + 12, true),
    };
    at += 16;
  }
  if (total === 0) at += 16;
  return {
    timestamp: view.getBigUint64(offset + 8, true),
    presentId: view.getBigUint64(offset + 16, true),
    windowId: view.getBigUint64(offset + 24, true),
    bufferId: view.getBigUint64(offset + 32, true),
    orientation: view.getUint32(offset + 40, true),
    targetWidth: view.getUint32(offset + 44, true),
    targetHeight: view.getUint32(offset + 48, true),
    dirtyRect: {
      left: view.getUint32(offset + 52, true),
      top: view.getUint32(offset + 56, true),
      width: view.getUint32(offset + 60, true),
      height: view.getUint32(offset + 64, true),
    },
    opaqueRects,
    trailing: at < end ? source.bytes.subarray(at, end) : undefined,
  };
}

/**
 * @param {PresentBuffer} present
 * @param {Arena} arena
 */
export function encodePresent(present, arena) {
  const { opaqueRects, dirtyRect, trailing } = present;
  const total = opaqueRects.length;
  const size = 72 + (total === 0 ? 16 : total * 16) + (trailing === undefined ? 0 : trailing.length);
  const start = arena.reserve(size);
  const { view } = arena;
  view.setUint32(start, 0x0e, true);
  view.setUint32(start + 4, size, true);
  view.setBigUint64(start + 8, present.timestamp, true);
  view.setBigUint64(start + 16, present.presentId, true);
  view.setBigUint64(start + 24, present.windowId, true);
  view.setBigUint64(start + 32, present.bufferId, true);
  view.setUint32(start + 40, present.orientation, true);
  view.setUint32(start + 44, present.targetWidth, true);
  view.setUint32(start + 48, present.targetHeight, true);
  view.setUint32(start + 52, dirtyRect.left, true);
  view.setUint32(start + 56, dirtyRect.top, true);
  view.setUint32(start + 60, dirtyRect.width, true);
  view.setUint32(start + 64, dirtyRect.height, true);
  view.setUint32(start + 68, total, true);
  let at = start + 72;
  for (let i = 0; i < total; i++) {
    const rectangle = opaqueRects[i];
    view.setUint32(at, rectangle.left, true);
    view.setUint32(at + 4, rectangle.top, true);
    view.setUint32(at + 8, rectangle.width, true);
    view.setUint32(at + 12, rectangle.height, true);
    at += 16;
  }
  if (total === 0) {
    view.setUint32(at, 0);
    view.setUint32(at + 4, 0);
    view.setUint32(at + 8, 0);
    view.setUint32(at + 12, 0);
    at += 16;
  }
  if (trailing !== undefined) arena.bytes.set(trailing, at);
  arena.length = start + size;
  return size;
}

/**
 * @param {Source} source
 * @param {number} offset
 * @param {number} end
 */
export function decodeAck(source, offset, end) {
  const { view } = source;
  if (end - offset < 24) throw new Error("message too short");
  if (view.getUint32(offset, true) !== 0x0f) throw new Error("not an acknowledgement");
  if (view.getUint32(offset + 4, true) !== end - offset) throw new Error("wrong length");
  return {
    windowId: view.getBigUint64(offset + 8, true),
    presentId: view.getBigUint64(offset + 16, true),
    trailing: offset + 24 < end ? source.bytes.subarray(offset + 24, end) : undefined,
  };
}

/**
 * @param {PresentBufferAck} ack
 * @param {Arena} arena
 */
export function encodeAck(ack, arena) {
  const { trailing } = ack;
  const size = 24 + (trailing === undefined ? 0 : trailing.length);
  const start = arena.reserve(size);
  const { view } = arena;
  view.setUint32(start, 0x0f, true);
  view.setUint32(start + 4, size, true);
  view.setBigUint64(start + 8, ack.windowId, true);
  view.setBigUint64(start + 16, ack.presentId, true);
  if (trailing !== undefined) arena.bytes.set(trailing, start + 24);
  arena.length = start + size;
  return size;
}
