import type { Step } from "@railvail/wire";
import { match } from "ts-pattern";
import {
  audioInputSend,
  audioInputViolation,
  type AudioInputMessage,
  type AudioInputRule,
  type AudioInputSend,
  type AudioInputViolation,
} from "./audio-input-machine.js";
import { commonFormats, keptFormat } from "./format-choice.js";
import { pcmFormat, type AudioFormat } from "./pdu/audio-format.js";
import { AudioInputVersionNumber, inputFormats, type AudioInputOpen } from "./pdu/audio-input.js";

export interface AudioInputClientOptions {
  /** What can be sent, the favourites first. */
  readonly formats: readonly AudioFormat[];
  readonly version: number;
}

/** The client's end of audio input, which has the device: [MS-RDPEAI] 3.2. */
export interface AudioInputClientState {
  readonly options: AudioInputClientOptions;
  /** `idle`: no device was asked for, or it could not be opened. */
  readonly phase: "closed" | "version" | "formats" | "idle" | "opening" | "recording";
  /** The lower of both versions. */
  readonly version: number;
  /** The formats that both know; they are named by their index here. */
  readonly formats: readonly AudioFormat[];
  /** The format of the data. */
  readonly formatNo: number;
}

export type AudioInputClientInput =
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  | { readonly type: "received"; readonly message: AudioInputMessage }
  /** The device that was asked for is open. */
  | { readonly type: "deviceOpened" }
  /** It could not be opened, for a reason that is an HRESULT with its first bit set. */
  | { readonly type: "deviceFailed"; readonly result: number }
  /** Audio in the format that was agreed on. */
  | { readonly type: "record"; readonly data: Uint8Array };

export type AudioInputClientOutput =
  | AudioInputSend
  /** Open the device; then say `deviceOpened` or `deviceFailed`. */
  | {
      readonly type: "open";
      /** The format in which audio is to be sent. */
      readonly formatNo: number;
      readonly format: AudioFormat;
      /** How the device should capture. */
      readonly captureFormat: AudioFormat;
      readonly framesPerPacket: number;
    }
  /** From here on audio is to be sent in this format; the server knows. */
  | { readonly type: "format"; readonly formatNo: number; readonly format: AudioFormat }
  | AudioInputViolation;

type State = AudioInputClientState;
type Outputs = AudioInputClientOutput[];

const usualOptions: AudioInputClientOptions = {
  formats: [pcmFormat(1, 44_100, 16)],
  version: AudioInputVersionNumber.version2,
};

/** E_INVALIDARG: the server asked for a format that is not there. */
const invalidArgument = 0x8007_0057;

/** The client before the channel is open. */
export const audioInputClient = (options: Partial<AudioInputClientOptions> = {}): AudioInputClientState => ({
  options: { ...usualOptions, ...options },
  phase: "closed",
  version: 0,
  formats: [],
  formatNo: 0,
});

/** The client's next state: [MS-RDPEAI] 3.2. Nothing that is recorded waits here. */
export function stepAudioInputClient(state: State, input: AudioInputClientInput): Step<State, AudioInputClientOutput> {
  const outputs: Outputs = [];
  return { state: changed(state, input, outputs), outputs };
}

function refuse(state: State, by: "peer" | "local", rule: AudioInputRule, outputs: Outputs): State {
  outputs.push(audioInputViolation(by, rule));
  return state;
}

function changed(state: State, input: AudioInputClientInput, outputs: Outputs): State {
  const notReady = (): State => refuse(state, "local", "not-ready", outputs);
  return match(input)
    .with({ type: "received" }, ({ message }) => received(state, message, outputs))
    .with({ type: "record" }, ({ data }) => {
      if (state.phase !== "recording") return notReady();
      outputs.push(audioInputSend({ message: "audioInputDataIncoming", value: {} }));
      outputs.push(audioInputSend({ message: "audioInputData", value: { data } }));
      return state;
    })
    .with({ type: "deviceOpened" }, () => (state.phase === "opening" ? replied(state, 0, outputs) : notReady()))
    .with({ type: "deviceFailed" }, ({ result }) =>
      state.phase === "opening" ? replied(state, result >>> 0, outputs) : notReady(),
    )
    .with({ type: "opened" }, (): State => {
      if (state.phase !== "closed") return refuse(state, "local", "already-open", outputs);
      return { ...state, phase: "version" };
    })
    .with({ type: "closed" }, () => (state.phase === "closed" ? state : audioInputClient(state.options)))
    .exhaustive();
}

/** The format is confirmed before the reply: [MS-RDPEAI] 3.2.5.1.7. */
function replied(state: State, result: number, outputs: Outputs): State {
  outputs.push(audioInputSend({ message: "audioInputFormatChange", value: { newFormat: state.formatNo } }));
  outputs.push(audioInputSend({ message: "audioInputOpenReply", value: { result } }));
  return { ...state, phase: result >= 0x8000_0000 ? "idle" : "recording" };
}

function received(state: State, message: AudioInputMessage, outputs: Outputs): State {
  const refused = (rule: AudioInputRule): State => refuse(state, "peer", rule, outputs);
  if (state.phase === "closed") return refused("not-open");
  switch (message.message) {
    case "audioInputVersion": {
      if (state.phase !== "version") return refused("out-of-sequence");
      const { version } = state.options;
      outputs.push(audioInputSend({ message: "audioInputVersion", value: { version } }));
      return { ...state, phase: "formats", version: Math.min(version, message.value.version) };
    }
    case "audioInputFormats": {
      if (state.phase !== "formats") return refused("out-of-sequence");
      const formats = commonFormats(state.options.formats, message.value.soundFormats);
      outputs.push(audioInputSend({ message: "audioInputDataIncoming", value: {} }));
      outputs.push(audioInputSend({ message: "audioInputFormats", value: inputFormats(formats) }));
      return { ...state, phase: "idle", formats };
    }
    case "audioInputOpen":
      return asked(state, message.value, outputs);
    case "audioInputFormatChange":
      return formatAsked(state, message.value.newFormat, outputs);
    default:
      return refused("wrong-direction");
  }
}

/** [MS-RDPEAI] 3.2.5.1.6. */
function asked(before: State, value: AudioInputOpen, outputs: Outputs): State {
  const { phase } = before;
  if (phase === "version" || phase === "formats") return refuse(before, "peer", "out-of-sequence", outputs);
  const { initialFormat: formatNo, framesPerPacket } = value;
  const format = before.formats[formatNo];
  if (format === undefined) {
    outputs.push(audioInputSend({ message: "audioInputOpenReply", value: { result: invalidArgument } }));
    return refuse(before, "peer", "format-unknown", outputs);
  }
  if (phase !== "idle") outputs.push(audioInputViolation("peer", "open-again"));
  outputs.push({ type: "open", formatNo, format, captureFormat: keptFormat(value.captureFormat), framesPerPacket });
  return { ...before, phase: "opening", formatNo };
}

/** [MS-RDPEAI] 3.2.5.3: a change always succeeds. */
function formatAsked(state: State, formatNo: number, outputs: Outputs): State {
  const { phase } = state;
  if (phase !== "opening" && phase !== "recording") return refuse(state, "peer", "out-of-sequence", outputs);
  const format = state.formats[formatNo];
  if (format === undefined) return refuse(state, "peer", "format-unknown", outputs);
  // While the device is being opened, the format is confirmed with the reply.
  if (phase === "recording")
    outputs.push(audioInputSend({ message: "audioInputFormatChange", value: { newFormat: formatNo } }));
  outputs.push({ type: "format", formatNo, format });
  return { ...state, formatNo };
}
