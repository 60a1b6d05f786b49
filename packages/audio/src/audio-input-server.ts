import type { Step } from "@railvail/wire";
import { match } from "ts-pattern";
import {
  audioInputSend,
  audioInputViolation,
  type AudioInputMessage,
  type AudioInputRule,
} from "./audio-input-machine.js";
import { changeFormat, data, formatChanged, refuse } from "./audio-input-server-data.js";
import { formatsKnown, open, replied, unavailable, versionKnown } from "./audio-input-server-setup.js";
import {
  audioInputServer,
  type AudioInputServerOutput,
  type AudioInputServerState,
} from "./audio-input-server-state.js";

type State = AudioInputServerState;
type Outputs = AudioInputServerOutput[];

/** Times in milliseconds on the caller's clock. */
export type AudioInputServerInput =
  /** The channel is there: the server opens it when something is to be recorded, and recording begins by itself. */
  | { readonly type: "opened"; readonly now: number }
  | { readonly type: "closed" }
  | { readonly type: "tick"; readonly now: number }
  | { readonly type: "received"; readonly message: AudioInputMessage; readonly now: number }
  /** Asks again for the device that was refused. */
  | { readonly type: "open"; readonly now: number }
  /** Asks for data in another format of the client's list: see `format`. */
  | { readonly type: "changeFormat"; readonly formatNo: number };

/**
 * The server's next state: [MS-RDPEAI] 3.3. Recording ends when the channel is closed. In `unavailable` what the client
 * sends is passed over.
 */
export function stepAudioInputServer(state: State, input: AudioInputServerInput): Step<State, AudioInputServerOutput> {
  const outputs: Outputs = [];
  const next = changed(state, input, outputs);
  if (next.deadline !== state.deadline) outputs.push({ type: "wake", at: next.deadline });
  return { state: next, outputs };
}

function changed(state: State, input: AudioInputServerInput, outputs: Outputs): State {
  if (input.type === "received") return received(state, input.message, input.now, outputs);
  return match(input)
    .with({ type: "opened" }, ({ now }): State => {
      if (state.phase !== "closed") return refuse(state, "local", "already-open", outputs);
      const { version, timeout } = state.options;
      outputs.push(audioInputSend({ message: "audioInputVersion", value: { version } }));
      return { ...state, phase: "version", deadline: now + timeout };
    })
    .with({ type: "closed" }, () => (state.phase === "closed" ? state : audioInputServer(state.options)))
    .with({ type: "tick" }, ({ now }) =>
      now >= (state.deadline ?? Infinity) ? unavailable(state, "silence", outputs) : state,
    )
    .with({ type: "open" }, ({ now }) =>
      state.phase === "refused" ? open(state, now, outputs) : refuse(state, "local", "not-ready", outputs),
    )
    .with({ type: "changeFormat" }, ({ formatNo }) => changeFormat(state, formatNo, outputs))
    .exhaustive();
}

function received(before: State, message: AudioInputMessage, now: number, outputs: Outputs): State {
  if (before.phase === "closed") return refuse(before, "peer", "not-open", outputs);
  if (before.phase === "unavailable") return before;
  const name = message.message;
  const state = name === "audioInputDataIncoming" ? before : heard(before, name, outputs);
  const refused = (rule: AudioInputRule): State => refuse(state, "peer", rule, outputs);
  switch (message.message) {
    case "audioInputData":
      return data(state, message.value.data, now, before.announced, outputs);
    case "audioInputDataIncoming":
      if (before.announced !== undefined) refused("nothing-announced");
      return { ...before, announced: now };
    case "audioInputVersion":
      return state.phase === "version"
        ? versionKnown(state, message.value.version, now, outputs)
        : refused("out-of-sequence");
    case "audioInputFormats":
      return state.phase === "formats" ? formatsKnown(state, message.value, now, outputs) : refused("out-of-sequence");
    case "audioInputOpenReply":
      return state.phase === "opening" ? replied(state, message.value.result, outputs) : refused("out-of-sequence");
    case "audioInputFormatChange":
      return formatChanged(state, message.value.newFormat, outputs);
    default:
      return refused("wrong-direction");
  }
}

/** An announcement is for audio or formats: [MS-RDPEAI] 2.2.3.1. What comes counts with it or without. */
function heard(state: State, name: AudioInputMessage["message"], outputs: Outputs): State {
  const isAnnounced = state.announced !== undefined;
  const needsIt = name === "audioInputData" || name === "audioInputFormats";
  if (needsIt && !isAnnounced) outputs.push(audioInputViolation("peer", "not-announced"));
  if (!needsIt && isAnnounced) outputs.push(audioInputViolation("peer", "nothing-announced"));
  return isAnnounced ? { ...state, announced: undefined } : state;
}
