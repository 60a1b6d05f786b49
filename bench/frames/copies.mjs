// To be imported before what is measured: counts bytes that are copied by whole pieces.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

let copied = 0;

/** Bytes copied so far by `set`, `slice` and `copyWithin` of typed arrays, `Buffer.concat`, and to and from files. */
export const copiedBytes = () => copied;

/** Counts from now on. */
export function countCopies() {
  const arrays = Object.getPrototypeOf(Uint8Array.prototype);
  const { set, slice, copyWithin } = arrays;
  /** @param {ArrayLike<number> & { byteLength?: number }} source @param {number} [offset] */
  arrays.set = function (source, offset) {
    copied += source.byteLength ?? source.length;
    return set.call(this, source, offset);
  };
  /** @param {number} [start] @param {number} [end] */
  arrays.slice = function (start, end) {
    const part = slice.call(this, start, end);
    copied += part.byteLength;
    return part;
  };
  /** @param {number} target @param {number} start @param {number} [end] */
  arrays.copyWithin = function (target, start, end) {
    copied += ((end ?? this.length) - start) * this.BYTES_PER_ELEMENT;
    return copyWithin.call(this, target, start, end);
  };
  const concat = Buffer.concat.bind(Buffer);
  Buffer.concat = (list, length) => {
    const whole = concat(list, length);
    copied += whole.length;
    return whole;
  };
  for (const name of /** @type {const} */ (["readSync", "writeSync"])) {
    const call = /** @type {(...args: unknown[]) => number} */ (fs[name]);
    /** @param {unknown[]} args */
    const counted = (...args) => {
      const done = call(...args);
      copied += done;
      return done;
    };
    Object.assign(fs, { [name]: counted });
  }
  syncBuiltinESMExports();
}
