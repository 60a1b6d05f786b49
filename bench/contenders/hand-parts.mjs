// What the hand-written codecs share: text and lists of rectangles.

/** From this many units on, Node's own decoder beats a loop. */
const nativeThreshold = 16;

/** @typedef {import("../../packages/wire/dist/index.js").Source} Source */
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Rectangle */

/** Node's native decoders, which take any `Uint8Array`. */
export const { ucs2Slice, latin1Slice } =
  /** @type {Record<"ucs2Slice" | "latin1Slice", (this: Uint8Array, start: number, end: number) => string>} */ (
    /** @type {unknown} */ (Buffer.prototype)
  );

/**
 * @param {Source} source
 * @param {number} offset
 * @param {number} size in bytes
 */
export function readText(source, offset, size) {
  const units = size >> 1;
  if (units >= nativeThreshold) return ucs2Slice.call(source.bytes, offset, offset + units * 2);
  const { view } = source;
  let text = "";
  for (let i = 0; i < units; i++) text += String.fromCharCode(view.getUint16(offset + i * 2, true));
  return text;
}

/**
 * @param {DataView} view
 * @param {number} offset
 * @param {string} text
 */
export function writeText(view, offset, text) {
  for (let i = 0; i < text.length; i++) view.setUint16(offset + i * 2, text.charCodeAt(i), true);
}

/**
 * @param {DataView} view
 * @param {number} offset where the number of rectangles stands
 * @param {number} end
 * @returns {Rectangle[]}
 */
export function readRectangles(view, offset, end) {
  const total = view.getUint16(offset, true);
  let at = offset + 2;
  if (end - at < total * 8) throw new Error("order too short");
  const rectangles = new Array(total);
  for (let i = 0; i < total; i++) {
    rectangles[i] = {
      left: view.getUint16(at, true),
      top: view.getUint16(at + 2, true),
      right: view.getUint16(at + 4, true),
      bottom: view.getUint16(at + 6, true),
    };
    at += 8;
  }
  return rectangles;
}

/**
 * @param {DataView} view
 * @param {number} offset
 * @param {readonly Rectangle[]} rectangles
 * @returns the offset after them
 */
export function writeRectangles(view, offset, rectangles) {
  view.setUint16(offset, rectangles.length, true);
  let at = offset + 2;
  for (let i = 0; i < rectangles.length; i++) {
    const rectangle = rectangles[i];
    view.setUint16(at, rectangle.left, true);
    view.setUint16(at + 2, rectangle.top, true);
    view.setUint16(at + 4, rectangle.right, true);
    view.setUint16(at + 6, rectangle.bottom, true);
    at += 8;
  }
  return at;
}
