// The hand-written code with encoders that refuse what the declarations refuse: the fair rival of
// emitted code when encoding. Decoding is the very same code: how far its times are from those of
// `hand-written` there is the noise of the machine.
import { encodeAckChecked, encodePresentChecked } from "./hand-gfxredir-checked.mjs";
import { encodeWindowChecked } from "./hand-window-checked.mjs";
import { handWritten } from "./hand-written.mjs";

/** @type {import("./contender.mjs").Contender} */
export const handChecked = {
  window: { ...handWritten.window, encode: encodeWindowChecked },
  present: { ...handWritten.present, encode: encodePresentChecked },
  ack: { ...handWritten.ack, encode: encodeAckChecked },
};
