import { decodeAck, decodePresent, encodeAck, encodePresent } from "./hand-gfxredir.mjs";
import { decodeWindow } from "./hand-window-decode.mjs";
import { encodeWindow } from "./hand-window-encode.mjs";

/** @type {import("./contender.mjs").Contender} */
export const handWritten = {
  window: { decode: decodeWindow, encode: encodeWindow },
  present: { decode: decodePresent, encode: encodePresent },
  ack: { decode: decodeAck, encode: encodeAck },
};
