// What the declarations check when they encode, by hand: each gives its argument back or throws.

/** @param {string} what @returns {never} */
function refuse(what) {
  throw new RangeError(`not ${what}`);
}

/** @param {number} value */
export const u8 = (value) => (value === (value & 0xff) ? value : refuse("a number of 8 bits"));
/** @param {number} value */
export const u16 = (value) => (value === (value & 0xffff) ? value : refuse("a number of 16 bits"));
/** @param {number} value */
export const u32 = (value) => (value === value >>> 0 ? value : refuse("a number of 32 bits"));
/** @param {number} value */
export const i32 = (value) => (value === (value | 0) ? value : refuse("a signed number of 32 bits"));
/** @param {bigint} value */
export const u64 = (value) =>
  typeof value === "bigint" && BigInt.asUintN(64, value) === value ? value : refuse("a number of 64 bits");

/** @param {number} flags without the bits that follow from the message */
export const ownFlags = (flags) =>
  (u32(flags) & 0x09cf_dfdf) === 0 ? flags : refuse("flags without bits that follow from the message");

/** @param {string} text */
export const textOf = (text) => (typeof text === "string" ? text : refuse("a text"));

/** @param {readonly unknown[]} list */
export const listOf = (list) => (Array.isArray(list) ? list : refuse("a list"));

/** @param {Uint8Array} bytes */
export const keptBytes = (bytes) => (bytes instanceof Uint8Array ? bytes : refuse("bytes"));

/**
 * @param {DataView} view
 * @param {number} offset
 * @param {readonly import("./hand-parts.mjs").Rectangle[]} rectangles
 * @returns the offset after them
 */
export function writeCheckedRectangles(view, offset, rectangles) {
  view.setUint16(offset, u16(listOf(rectangles).length), true);
  let at = offset + 2;
  for (let i = 0; i < rectangles.length; i++) {
    const rectangle = rectangles[i];
    view.setUint16(at, u16(rectangle.left), true);
    view.setUint16(at + 2, u16(rectangle.top), true);
    view.setUint16(at + 4, u16(rectangle.right), true);
    view.setUint16(at + 6, u16(rectangle.bottom), true);
    at += 8;
  }
  return at;
}
