// The same declarations, walked instead of compiled: what runs where nothing was emitted.
import { PresentBuffer, PresentBufferAck } from "../../packages/gfxredir/dist/index.js";
import { WindowState } from "../../packages/rail/dist/index.js";
import { interpretDecode, interpretEncode } from "../../packages/wire/dist/index.js";

/**
 * @template T
 * @param {import("../../packages/wire/dist/index.js").Pdu<T>} pdu
 * @returns {import("./contender.mjs").Codec<T>}
 */
const interpreter = (pdu) => ({
  decode: (source, offset, end) => interpretDecode(pdu, source, offset, end),
  encode(value, arena) {
    const bytes = interpretEncode(pdu, value);
    const start = arena.reserve(bytes.length);
    arena.bytes.set(bytes, start);
    arena.length = start + bytes.length;
    return bytes.length;
  },
});

/** @type {import("./contender.mjs").Contender} */
export const interpreted = {
  window: interpreter(WindowState),
  present: interpreter(PresentBuffer),
  ack: interpreter(PresentBufferAck),
};
