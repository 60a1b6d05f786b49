import { audioInputSend, audioInputViolation, type AudioInputRule } from "./audio-input-machine.js";
import type { AudioInputServerOutput, AudioInputServerState } from "./audio-input-server-state.js";
import { FormatTag } from "./pdu/audio-format.js";
import { AudioInputVersionNumber } from "./pdu/audio-input.js";

type State = AudioInputServerState;
type Outputs = AudioInputServerOutput[];

/** The rule is reported, and nothing has changed. */
export function refuse(state: State, by: "peer" | "local", rule: AudioInputRule, outputs: Outputs): State {
  outputs.push(audioInputViolation(by, rule));
  return state;
}

/** [MS-RDPEAI] 3.3.5.3.1; a client confirms one change after the other. */
export function changeFormat(state: State, formatNo: number, outputs: Outputs): State {
  const rule = changeFault(state, formatNo);
  if (rule !== undefined) return refuse(state, "local", rule, outputs);
  outputs.push(audioInputSend({ message: "audioInputFormatChange", value: { newFormat: formatNo } }));
  return { ...state, asked: formatNo };
}

function changeFault(state: State, formatNo: number): AudioInputRule | undefined {
  if (state.phase !== "recording") return "not-ready";
  if (state.formats[formatNo] === undefined) return "format-unknown";
  if (state.asked !== undefined) return "change-pending";
  const isAac = state.formats[state.formatNo]?.wFormatTag === FormatTag.aac;
  return isAac && state.version < AudioInputVersionNumber.version2 ? "format-fixed" : undefined;
}

/** [MS-RDPEAI] 3.3.5.1.7 and 3.3.5.3.2: what the client says of its data is so. */
export function formatChanged(state: State, formatNo: number, outputs: Outputs): State {
  const { phase, asked } = state;
  if (phase !== "opening" && phase !== "recording") return refuse(state, "peer", "out-of-sequence", outputs);
  const format = state.formats[formatNo];
  if (format === undefined) return refuse(state, "peer", "format-unknown", outputs);
  if (formatNo !== asked) outputs.push(audioInputViolation("peer", "format-unasked"));
  if (phase === "recording" || formatNo !== state.formatNo) outputs.push({ type: "format", formatNo, format });
  return { ...state, formatNo, asked: formatNo === asked || phase === "opening" ? undefined : asked };
}

/** xfreerdp sends audio before it says that the device is open. */
export function data(
  state: State,
  bytes: Uint8Array,
  now: number,
  announced: number | undefined,
  outputs: Outputs,
): State {
  const { phase, formatNo } = state;
  const format = state.formats[formatNo];
  if ((phase !== "opening" && phase !== "recording") || format === undefined)
    return refuse(state, "peer", "out-of-sequence", outputs);
  const isEarly = phase === "opening" && !state.early;
  if (isEarly) outputs.push(audioInputViolation("peer", "data-before-reply"));
  const transfer = announced === undefined ? undefined : now - announced;
  outputs.push({ type: "data", data: bytes, formatNo, format, transfer });
  return isEarly ? { ...state, early: true } : state;
}
