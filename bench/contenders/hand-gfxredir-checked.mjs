// The encoders of `hand-gfxredir.mjs` with the checks that the declarations make: every number is
// in the range of its field, lists are arrays, kept bytes are bytes.
import { keptBytes, listOf, u32, u64 } from "./hand-checks.mjs";

/** @typedef {import("../../packages/wire/dist/index.js").Arena} Arena */
/** @typedef {import("../../packages/gfxredir/dist/index.js").PresentBuffer} PresentBuffer */
/** @typedef {import("../../packages/gfxredir/dist/index.js").PresentBufferAck} PresentBufferAck */

/**
 * @param {PresentBuffer} present
 * @param {Arena} arena
 */
export function encodePresentChecked(present, arena) {
  const { opaqueRects, dirtyRect, trailing } = present;
  const total = listOf(opaqueRects).length;
  const size = 72 + (total === 0 ? 16 : total * 16) + (trailing === undefined ? 0 : trailing.length);
  const start = arena.reserve(size);
  const { view } = arena;
  view.setUint32(start, 0x0e, true);
  view.setUint32(start + 4, u32(size), true);
  view.setBigUint64(start + 8, u64(present.timestamp), true);
  view.setBigUint64(start + 16, u64(present.presentId), true);
  view.setBigUint64(start + 24, u64(present.windowId), true);
  view.setBigUint64(start + 32, u64(present.bufferId), true);
  view.setUint32(start + 40, u32(present.orientation), true);
  view.setUint32(start + 44, u32(present.targetWidth), true);
  view.setUint32(start + 48, u32(present.targetHeight), true);
  view.setUint32(start + 52, u32(dirtyRect.left), true);
  view.setUint32(start + 56, u32(dirtyRect.top), true);
  view.setUint32(start + 60, u32(dirtyRect.width), true);
  view.setUint32(start + 64, u32(dirtyRect.height), true);
  view.setUint32(start + 68, u32(total), true);
  let at = start + 72;
  for (let i = 0; i < total; i++) {
    const rectangle = opaqueRects[i];
    view.setUint32(at, u32(rectangle.left), true);
    view.setUint32(at + 4, u32(rectangle.top), true);
    view.setUint32(at + 8, u32(rectangle.width), true);
    view.setUint32(at + 12, u32(rectangle.height), true);
    at += 16;
  }
  if (total === 0) {
    view.setUint32(at, 0);
    view.setUint32(at + 4, 0);
    view.setUint32(at + 8, 0);
    view.setUint32(at + 12, 0);
    at += 16;
  }
  if (trailing !== undefined) arena.bytes.set(keptBytes(trailing), at);
  arena.length = start + size;
  return size;
}

/**
 * @param {PresentBufferAck} ack
 * @param {Arena} arena
 */
export function encodeAckChecked(ack, arena) {
  const { trailing } = ack;
  const size = 24 + (trailing === undefined ? 0 : trailing.length);
  const start = arena.reserve(size);
  const { view } = arena;
  view.setUint32(start, 0x0f, true);
  view.setUint32(start + 4, u32(size), true);
  view.setBigUint64(start + 8, u64(ack.windowId), true);
  view.setBigUint64(start + 16, u64(ack.presentId), true);
  if (trailing !== undefined) arena.bytes.set(keptBytes(trailing), start + 24);
  arena.length = start + size;
  return size;
}
