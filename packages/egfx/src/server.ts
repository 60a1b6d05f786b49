import type { Step } from "@railvail/wire";
import { chosenSet, egfxCapability } from "./egfx-capability.js";
import {
  egfxSend,
  egfxViolation,
  type EgfxMessage,
  type EgfxRule,
  type EgfxValue,
  type UnknownEgfxCommand,
} from "./egfx-machine.js";
import { freshPacing } from "./frame-pacing.js";
import { noGraphics } from "./graphics-model.js";
import { offered, replyCacheImport, type ReplyCacheImportCommand } from "./server-cache-import.js";
import { channelChanged, ended, type ServerChannelInput } from "./server-channel.js";
import { acknowledged, frame, type FrameCommand } from "./server-frames.js";
import type { EgfxServerOutput, EgfxServerState } from "./server-state.js";
import {
  resetGraphics,
  surfaceCommanded,
  type Commanded,
  type ResetGraphicsCommand,
  type SurfaceCommand,
} from "./server-surfaces.js";

type State = EgfxServerState;
type Outputs = EgfxServerOutput[];

export type EgfxServerCommand = FrameCommand | SurfaceCommand | ResetGraphicsCommand | ReplyCacheImportCommand;

export type EgfxServerInput =
  | ServerChannelInput
  | { readonly type: "received"; readonly message: EgfxMessage | UnknownEgfxCommand }
  | EgfxServerCommand;

/** The server's next state. In `unavailable` what the client sends is passed over. */
export function stepEgfxServer(state: State, input: EgfxServerInput): Step<State, EgfxServerOutput> {
  const outputs: Outputs = [];
  const next = changed(state, input, outputs);
  if (next !== state) {
    const at = wakeTime(next);
    if (at !== wakeTime(state)) outputs.push({ type: "wake", at });
  }
  return { state: next, outputs };
}

/** Frames are sent in the order in which they are due, or nearly: the timeout is the same for all. */
const wakeTime = ({ negotiateUntil, pacing }: State): number | undefined =>
  negotiateUntil ?? pacing.outstanding[0]?.dueAt;

function changed(state: State, input: EgfxServerInput, outputs: Outputs): State {
  switch (input.type) {
    case "received":
      return received(state, input.message, outputs);
    case "opening":
    case "opened":
    case "refused":
    case "closed":
    case "tick":
      return channelChanged(state, input, outputs);
    default:
      return obeyed(state, input, outputs);
  }
}

function received(state: State, message: EgfxMessage | UnknownEgfxCommand, outputs: Outputs): State {
  if (state.phase === "unavailable") return state;
  const isReady = state.phase === "ready";
  const violation = (rule: EgfxRule): State => {
    outputs.push(egfxViolation("peer", rule));
    return state;
  };
  if (!isReady && state.phase !== "negotiating") return violation("not-open");
  switch (message.message) {
    case "frameAcknowledge":
      return isReady ? acknowledged(state, message.value, outputs) : violation("not-ready");
    case "qoeFrameAcknowledge":
      if (!isReady) return violation("not-ready");
      if (state.capability?.quality !== true) violation("quality-not-agreed");
      outputs.push({ type: "quality", ...message.value });
      return state;
    case "capsAdvertise":
      if (isReady && state.capability?.restart !== true) return violation("caps-again");
      return advertised(state, message.value, isReady, outputs);
    case "cacheImportOffer":
      return isReady ? offered(state, message.value.cacheEntries, outputs) : violation("not-ready");
    case "unknown":
      return violation("unknown-command");
    default:
      return violation("wrong-direction");
  }
}

/** A client that states its capabilities again has forgotten all that it was sent, [MS-RDPEGFX] 3.2.5.18. */
function advertised(
  state: State,
  { capsSets }: EgfxValue<"capsAdvertise">,
  restarted: boolean,
  outputs: Outputs,
): State {
  const { versions, avc } = state.options;
  const capsSet = chosenSet(capsSets, versions, avc);
  if (capsSet === undefined) return ended(state, "version", outputs);
  const capability = egfxCapability(capsSet);
  outputs.push(egfxSend({ message: "capsConfirm", value: { capsSet } }));
  outputs.push({ type: "ready", capability, restarted });
  const fresh = { graphics: noGraphics, pacing: freshPacing, offered: undefined, negotiateUntil: undefined };
  return { ...state, ...fresh, phase: "ready", capability };
}

function obeyed(state: State, command: EgfxServerCommand, outputs: Outputs): State {
  const after = state.phase === "ready" ? commanded(state, command, outputs) : "not-ready";
  if (typeof after !== "string") return after;
  outputs.push(egfxViolation("local", after));
  return state;
}

function commanded(state: State, command: EgfxServerCommand, outputs: Outputs): Commanded {
  switch (command.type) {
    case "frame":
      return frame(state, command, outputs);
    case "resetGraphics":
      return resetGraphics(state, command, outputs);
    case "replyCacheImport":
      return replyCacheImport(state, command, outputs);
    default:
      return surfaceCommanded(state, command, outputs);
  }
}
