import { audioInputSend, audioInputViolation, type AudioInputRule } from "./audio-input-machine.js";
import {
  captureFormatFor,
  type AudioInputServerOutput,
  type AudioInputServerState,
  type AudioInputUnavailable,
} from "./audio-input-server-state.js";
import { chosenFormat, chosenFormatLikeWslg, keptFormats, sameFormat } from "./format-choice.js";
import type { AudioInputFormats } from "./pdu/audio-input.js";

type State = AudioInputServerState;
type Outputs = AudioInputServerOutput[];

export function unavailable(state: State, reason: AudioInputUnavailable, outputs: Outputs): State {
  outputs.push({ type: "unavailable", reason });
  return { ...state, phase: "unavailable", deadline: undefined };
}

export function versionKnown(state: State, version: number, now: number, outputs: Outputs): State {
  const { formats, timeout } = state.options;
  // What a server states as the size means nothing; WSLg's states 0.
  const value = { cbSizeFormatsPacket: 0, soundFormats: [...formats], extraData: new Uint8Array(0) };
  outputs.push(audioInputSend({ message: "audioInputFormats", value }));
  return { ...state, phase: "formats", version: Math.min(version, state.options.version), deadline: now + timeout };
}

export function formatsKnown(state: State, { soundFormats }: AudioInputFormats, now: number, outputs: Outputs): State {
  const { options } = state;
  const report = (rule: AudioInputRule): void => void outputs.push(audioInputViolation("peer", rule));
  const formats = keptFormats(soundFormats, options.maxFormats);
  if (formats.length < soundFormats.length) report("too-many-formats");
  if (formats.some((format) => !options.formats.some((ours) => sameFormat(ours, format)))) report("format-not-offered");
  const choose = options.compat === "wslg" ? chosenFormatLikeWslg : chosenFormat;
  const formatNo = choose(options.formats, formats);
  if (formatNo === undefined) return unavailable(state, "no-format", outputs);
  return open({ ...state, formats, formatNo }, now, outputs);
}

/** [MS-RDPEAI] 3.3.5.1.6. */
export function open(state: State, now: number, outputs: Outputs): State {
  const { options, formatNo, formats } = state;
  const format = formats[formatNo];
  if (format === undefined) return state;
  const { framesPerPacket, timeout } = options;
  const captureFormat = captureFormatFor(options, format);
  const value = { framesPerPacket, initialFormat: formatNo, captureFormat };
  outputs.push(audioInputSend({ message: "audioInputOpen", value }));
  return { ...state, phase: "opening", asked: formatNo, deadline: now + timeout, early: false };
}

/** [MS-RDPEAI] 3.3.5.1.8: an HRESULT is an error if its first bit is set. */
export function replied(state: State, result: number, outputs: Outputs): State {
  const { version, formatNo, asked } = state;
  const format = state.formats[formatNo];
  const next: State = { ...state, asked: undefined, deadline: undefined };
  if (result >= 0x8000_0000 || format === undefined) {
    outputs.push({ type: "refused", result });
    return { ...next, phase: "refused" };
  }
  if (asked !== undefined) outputs.push(audioInputViolation("peer", "format-unconfirmed"));
  outputs.push({ type: "recording", version, formatNo, format });
  return { ...next, phase: "recording" };
}
