// `micro-packed` combines coders at run time; it decodes and encodes. Encoding gives memory of
// its own for each message. What the declarations compute (counts, lengths, bits of fields) the
// caller states here; it is made beforehand and not measured.
import * as P from "micro-packed";

/** @typedef {Record<string, unknown>} Fields */

const point = P.struct({ x: P.I32LE, y: P.I32LE });
const extent = P.struct({ width: P.U32LE, height: P.U32LE });
const rectangle16 = P.struct({ left: P.U16LE, top: P.U16LE, right: P.U16LE, bottom: P.U16LE });
const rectangle32 = P.struct({ left: P.U32LE, top: P.U32LE, width: P.U32LE, height: P.U32LE });
const rectangles = P.array(P.U16LE, rectangle16);
const text = P.apply(P.bytes(P.U16LE), {
  encode: (/** @type {Uint8Array} */ bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf16le"),
  decode: (/** @type {string} */ string) => Uint8Array.from(Buffer.from(string, "utf16le")),
});

/** @type {Readonly<Record<string, readonly [number, import("micro-packed").CoderType<unknown>]>>} */
const parts = /** @type {never} */ ({
  ownerWindowId: [0x2, P.U32LE],
  style: [0x8, P.struct({ style: P.U32LE, extendedStyle: P.U32LE })],
  showState: [0x10, P.U8],
  title: [0x4, text],
  clientAreaOffset: [0x4000, point],
  clientAreaSize: [0x1_0000, extent],
  resizeMarginX: [0x80, P.struct({ left: P.U32LE, right: P.U32LE })],
  resizeMarginY: [0x800_0000, P.struct({ top: P.U32LE, bottom: P.U32LE })],
  rpContent: [0x2_0000, P.U8],
  rootParentHandle: [0x4_0000, P.U32LE],
  windowOffset: [0x800, point],
  windowClientDelta: [0x8000, point],
  windowSize: [0x400, extent],
  windowRects: [0x100, rectangles],
  visibleOffset: [0x1000, point],
  visibilityRects: [0x200, rectangles],
  overlayDescription: [0x40_0000, text],
  taskbarButton: [0x80_0000, P.U8],
  enforceServerZOrder: [0x8_0000, P.U8],
  appBarState: [0x40, P.U8],
  appBarEdge: [0x1, P.U8],
});
const derived = Object.values(parts).reduce((bits, [bit]) => bits | bit, 0x100_0000);

/** The flags as booleans beside the rest of the bits, so that fields can name theirs. */
const flags = P.apply(P.U32LE, {
  encode(/** @type {number} */ bits) {
    /** @type {Fields} */
    const set = { rest: (bits & ~derived) >>> 0 };
    for (const name in parts) set[name] = (bits & parts[name][0]) !== 0;
    return set;
  },
  decode(/** @type {Fields} */ set) {
    let bits = Number(set.rest) | 0x100_0000;
    for (const name in parts) if (set[name] === true) bits |= parts[name][0];
    return bits >>> 0;
  },
});

const windowOrder = P.struct({
  header: P.magic(P.U8, 0x2e),
  orderSize: P.U16LE,
  flags,
  windowId: P.U32LE,
  ...Object.fromEntries(Object.entries(parts).map(([name, [, coder]]) => [name, P.flagged(`flags/${name}`, coder)])),
});

const present = P.struct({
  cmdId: P.magic(P.U32LE, 0x0e),
  length: P.U32LE,
  timestamp: P.U64LE,
  presentId: P.U64LE,
  windowId: P.U64LE,
  bufferId: P.U64LE,
  orientation: P.U32LE,
  targetWidth: P.U32LE,
  targetHeight: P.U32LE,
  dirtyRect: rectangle32,
  opaqueRects: P.array(P.U32LE, rectangle32),
  padding: P.bytes(null),
});

const ack = P.struct({
  cmdId: P.magic(P.U32LE, 0x0f),
  length: P.U32LE,
  windowId: P.U64LE,
  presentId: P.U64LE,
});

const hidden = new Set(["header", "orderSize", "flags", "cmdId", "length", "padding"]);

/** @param {Fields} value */
function normalise(value) {
  const set = /** @type {Fields | undefined} */ (value.flags);
  const result = Object.fromEntries(Object.entries(value).filter(([name]) => !hidden.has(name)));
  if (set !== undefined) result.fieldsPresentFlags = set.rest;
  return result;
}

/**
 * @param {import("micro-packed").CoderType<unknown>} coder
 * @param {(value: Fields, size: number) => Fields} prepare
 * @returns {import("./contender.mjs").Codec<never>}
 */
const codec = (coder, prepare) => ({
  decode: (_source, _offset, _end, bytes) => /** @type {never} */ (coder.decode(bytes)),
  encode: (value) => coder.encode(value),
  prepare: (value, size) => /** @type {never} */ (prepare(value, size)),
  normalise,
});

const codecs = {
  window: codec(/** @type {never} */ (windowOrder), (value, orderSize) => {
    /** @type {Fields} */
    const set = { rest: value.fieldsPresentFlags };
    for (const name in parts) set[name] = value[name] !== undefined;
    return { ...value, header: undefined, orderSize, flags: set };
  }),
  present: codec(/** @type {never} */ (present), (value, length) => {
    const isEmpty = /** @type {unknown[]} */ (value.opaqueRects).length === 0;
    return { ...value, cmdId: undefined, length, padding: new Uint8Array(isEmpty ? 16 : 0) };
  }),
  ack: codec(/** @type {never} */ (ack), (value, length) => ({ ...value, cmdId: undefined, length })),
};

export const microPacked = /** @type {import("./contender.mjs").Contender} */ (/** @type {unknown} */ (codecs));
