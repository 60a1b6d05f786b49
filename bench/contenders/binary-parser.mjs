// `binary-parser` describes messages as chains of calls and compiles them with `new Function`. It
// decodes only. It takes a `Buffer` per message, which is made beforehand and not measured; that
// the stated length is the length there is has to be asserted by hand and is left out.
import { createRequire } from "node:module";

/** @typedef {import("./chain.d.ts").Chain} Chain */

const require = createRequire(import.meta.url);
const { Parser } = /** @type {import("./chain.d.ts").BinaryParser} */ (require("binary-parser"));

const point = new Parser().int32le("x").int32le("y");
const extent = new Parser().uint32le("width").uint32le("height");
const rectangle16 = new Parser().uint16le("left").uint16le("top").uint16le("right").uint16le("bottom");
const rectangle32 = new Parser().uint32le("left").uint32le("top").uint32le("width").uint32le("height");
const nothing = new Parser();

/**
 * A part that is there if a bit of the flags is set.
 * @param {Chain} chain
 * @param {number} bit
 * @param {Chain} part
 */
function when(chain, bit, part) {
  return chain.choice({
    /** @this {{ fieldsPresentFlags: number }} */
    tag() {
      return (this.fieldsPresentFlags & bit) === 0 ? 0 : 1;
    },
    choices: { 0: nothing, 1: part },
  });
}

/** @param {string} name */
const nested = (name, /** @type {Chain} */ type) => new Parser().nest(name, { type });
/** @param {string} name */
const rectangles = (name) =>
  new Parser().uint16le(`${name}Count`).array(name, { type: rectangle16, length: `${name}Count` });
/** It has no UTF-16 text of its own. @param {string} name */
const text = (name) =>
  new Parser().uint16le(`${name}Size`).buffer(name, {
    length: `${name}Size`,
    formatter: (/** @type {Buffer} */ bytes) => bytes.toString("utf16le"),
  });

/** @type {readonly (readonly [number, Chain])[]} */
const parts = [
  [0x2, new Parser().uint32le("ownerWindowId")],
  [0x8, nested("style", new Parser().uint32le("style").uint32le("extendedStyle"))],
  [0x10, new Parser().uint8("showState")],
  [0x4, text("title")],
  [0x4000, nested("clientAreaOffset", point)],
  [0x1_0000, nested("clientAreaSize", extent)],
  [0x80, nested("resizeMarginX", new Parser().uint32le("left").uint32le("right"))],
  [0x800_0000, nested("resizeMarginY", new Parser().uint32le("top").uint32le("bottom"))],
  [0x2_0000, new Parser().uint8("rpContent")],
  [0x4_0000, new Parser().uint32le("rootParentHandle")],
  [0x800, nested("windowOffset", point)],
  [0x8000, nested("windowClientDelta", point)],
  [0x400, nested("windowSize", extent)],
  [0x100, rectangles("windowRects")],
  [0x1000, nested("visibleOffset", point)],
  [0x200, rectangles("visibilityRects")],
  [0x40_0000, text("overlayDescription")],
  [0x80_0000, new Parser().uint8("taskbarButton")],
  [0x8_0000, new Parser().uint8("enforceServerZOrder")],
  [0x40, new Parser().uint8("appBarState")],
  [0x1, new Parser().uint8("appBarEdge")],
];

const derived = parts.reduce((bits, [bit]) => bits | bit, 0x100_0000);

const windowOrder = parts.reduce(
  (chain, [bit, part]) => when(chain, bit, part),
  new Parser()
    .uint8("header", { assert: 0x2e })
    .uint16le("orderSize")
    .uint32le("fieldsPresentFlags")
    .uint32le("windowId"),
);

const present = new Parser()
  .uint32le("cmdId", { assert: 0x0e })
  .uint32le("length")
  .uint64le("timestamp")
  .uint64le("presentId")
  .uint64le("windowId")
  .uint64le("bufferId")
  .uint32le("orientation")
  .uint32le("targetWidth")
  .uint32le("targetHeight")
  .nest("dirtyRect", { type: rectangle32 })
  .uint32le("numOpaqueRects")
  .array("opaqueRects", { type: rectangle32, length: "numOpaqueRects" });

const ack = new Parser()
  .uint32le("cmdId", { assert: 0x0f })
  .uint32le("length")
  .uint64le("windowId")
  .uint64le("presentId");

/** Fields that the declarations hide. */
const hidden = new Set([
  "header",
  "orderSize",
  "cmdId",
  "length",
  "numOpaqueRects",
  "titleSize",
  "overlayDescriptionSize",
  "windowRectsCount",
  "visibilityRectsCount",
]);

/** @param {object} value */
function normalise(value) {
  const entries = Object.entries(value).filter(([name]) => !hidden.has(name));
  const result = Object.fromEntries(entries);
  if ("fieldsPresentFlags" in result) result.fieldsPresentFlags = (result.fieldsPresentFlags & ~derived) >>> 0;
  return result;
}

/**
 * @param {Chain} chain
 * @returns {import("./contender.mjs").Codec<never>}
 */
const codec = (chain) => ({
  decode: (_source, _offset, _end, bytes) => /** @type {never} */ (chain.parse(bytes)),
  normalise,
});

const codecs = { window: codec(windowOrder), present: codec(present), ack: codec(ack) };

export const binaryParser = /** @type {import("./contender.mjs").Contender} */ (/** @type {unknown} */ (codecs));
