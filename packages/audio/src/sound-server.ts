import type { Step } from "@railvail/wire";
import { match } from "ts-pattern";
import { QualityMode } from "./pdu/sound-setup.js";
import { soundViolation, type SoundMessage } from "./sound-machine.js";
import { commanded, confirmed, credited, refuse, withRoom, type SoundServerCommand } from "./sound-server-play.js";
import { offered, qualityKnown, qualityStated, stated, trained, unavailable } from "./sound-server-setup.js";
import { nextRoom, soundServer, type SoundServerOutput, type SoundServerState } from "./sound-server-state.js";

type State = SoundServerState;
type Outputs = SoundServerOutput[];

/** What happens to the channel. Times in milliseconds on the caller's clock. */
type ServerChannelInput =
  | { readonly type: "opened"; readonly now: number }
  | { readonly type: "closed" }
  | { readonly type: "tick"; readonly now: number }
  /** Formats are agreed on anew, whatever the phase; so Windows begins after a silence. */
  | { readonly type: "restart"; readonly now: number };

export type SoundServerInput =
  | ServerChannelInput
  | { readonly type: "received"; readonly message: SoundMessage; readonly now: number }
  | SoundServerCommand;

/**
 * The server's next state: [MS-RDPEA] 3.3, over a static or a dynamic channel. Nothing that is played waits here: a
 * block goes out at once or is refused.
 */
export function stepSoundServer(state: State, input: SoundServerInput): Step<State, SoundServerOutput> {
  const outputs: Outputs = [];
  const next = changed(state, input, outputs);
  if (next !== state) {
    const at = wakeTime(next);
    if (at !== wakeTime(state)) outputs.push({ type: "wake", at });
  }
  return { state: next, outputs };
}

function wakeTime(state: State): number | undefined {
  const { deadline, training, waiting, options } = state;
  const trained = training === undefined ? Infinity : training.sent + options.timeout;
  const at = Math.min(deadline ?? Infinity, trained, waiting ? nextRoom(state) : Infinity);
  return at === Infinity ? undefined : at;
}

function changed(state: State, input: SoundServerInput, outputs: Outputs): State {
  switch (input.type) {
    case "received":
      return received(state, input.message, input.now, outputs);
    case "opened":
    case "closed":
    case "tick":
    case "restart":
      return channelChanged(state, input, outputs);
    default:
      return commanded(state, input, outputs);
  }
}

function channelChanged(state: State, input: ServerChannelInput, outputs: Outputs): State {
  const isOpen = state.phase !== "closed";
  return match(input)
    .with({ type: "opened" }, ({ now }) =>
      isOpen ? refuse(state, "local", "already-open", outputs) : offered(state, now, outputs),
    )
    .with({ type: "restart" }, ({ now }) =>
      isOpen ? offered(state, now, outputs) : refuse(state, "local", "not-open", outputs),
    )
    .with({ type: "closed" }, () => (isOpen ? soundServer(state.options) : state))
    .with({ type: "tick" }, ({ now }) => ticked(state, now, outputs))
    .exhaustive();
}

function ticked(before: State, now: number, outputs: Outputs): State {
  const state = withRoom(credited(before, now, outputs), now, outputs);
  if (now >= (state.deadline ?? Infinity)) {
    if (state.phase === "formats") return unavailable(state, "silence", outputs);
    return qualityKnown({ ...state, quality: QualityMode.dynamic }, now, outputs);
  }
  if (state.training === undefined || now < state.training.sent + state.options.timeout) return state;
  if (state.phase === "training") return unavailable(state, "silence", outputs);
  outputs.push(soundViolation("peer", "training-unanswered"));
  return { ...state, training: undefined };
}

function received(state: State, message: SoundMessage, now: number, outputs: Outputs): State {
  if (state.phase === "closed") return refuse(state, "peer", "not-open", outputs);
  const isLate = message.message === "soundQualityMode" || message.message === "trainingConfirm";
  if (state.phase === "unavailable" && isLate) return state;
  switch (message.message) {
    case "waveConfirm":
      return confirmed(state, message.value, now, outputs);
    case "clientSoundFormats": {
      if (state.answersDue === 0) return refuse(state, "peer", "formats-again", outputs);
      const answered = { ...state, answersDue: state.answersDue - 1 };
      return state.phase === "formats" ? stated(answered, message.value, now, outputs) : answered;
    }
    case "soundQualityMode":
      return qualityStated(state, message.value.wQualityMode, now, outputs);
    case "trainingConfirm":
      return trained(state, message.value, now, outputs);
    default:
      return refuse(state, "peer", "wrong-direction", outputs);
  }
}
