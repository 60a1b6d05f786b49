// The packages as they are published: code emitted from the declarations when they were built.
import { PresentBuffer, PresentBufferAck } from "../../packages/gfxredir/dist/index.js";
import { WindowState } from "../../packages/rail/dist/index.js";
import { useHost } from "../../packages/wire/dist/index.js";
import { latin1Slice, ucs2Slice } from "./hand-parts.mjs";

// What the `node` package gives to `wire`: the native decoders, of which the hand-written code uses one.
useHost({
  utf16: (bytes, start, end) => ucs2Slice.call(bytes, start, end),
  latin1: (bytes, start, end) => latin1Slice.call(bytes, start, end),
  hex: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex"),
});

const windowView = WindowState.view();
const presentView = PresentBuffer.view();

/** @type {import("./contender.mjs").Contender} */
export const emitted = {
  window: {
    decode: (source, offset, end) => WindowState.read(source, offset, end),
    encode: (value, arena) => WindowState.encodeInto(value, arena),
    glance(source, offset, end) {
      windowView.wrap(source, offset, end);
      const { windowId, fieldsPresentFlags, taskbarButton, showState } = windowView;
      return windowId + fieldsPresentFlags + (taskbarButton ?? 0) + (showState ?? 0);
    },
  },
  present: {
    decode: (source, offset, end) => PresentBuffer.read(source, offset, end),
    encode: (value, arena) => PresentBuffer.encodeInto(value, arena),
    glance(source, offset, end) {
      presentView.wrap(source, offset, end);
      const { orientation, targetWidth, targetHeight, bufferId } = presentView;
      return orientation + targetWidth + targetHeight + Number(bufferId);
    },
  },
  ack: {
    decode: (source, offset, end) => PresentBufferAck.read(source, offset, end),
    encode: (value, arena) => PresentBufferAck.encodeInto(value, arena),
  },
};
