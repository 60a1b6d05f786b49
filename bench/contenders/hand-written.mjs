import { decodeAck, decodePresent, encodeAck, encodePresent } from "./hand-gfxredir.mjs";
import { decodeWindow } from "./hand-window-decode.mjs";
import { encodeWindow } from "./hand-window-encode.mjs";

/** @type {import("./contender.mjs").Contender} */
export const handWritten = {
  window: {
    decode: decodeWindow,
    encode: encodeWindow,
    // There is no view written by hand: who wants four fields decodes the message.
    glance(source, offset, end) {
      const order = decodeWindow(source, offset, end);
      const { windowId, fieldsPresentFlags, taskbarButton, showState } = order;
      return windowId + fieldsPresentFlags + (taskbarButton ?? 0) + (showState ?? 0);
    },
  },
  present: {
    decode: decodePresent,
    encode: encodePresent,
    glance(source, offset, end) {
      const { orientation, targetWidth, targetHeight, bufferId } = decodePresent(source, offset, end);
      return orientation + targetWidth + targetHeight + Number(bufferId);
    },
  },
  ack: { decode: decodeAck, encode: encodeAck },
};
