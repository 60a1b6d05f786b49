import type { Step } from "@railvail/wire";
import { MoveSizeType } from "./pdu/window-move.js";
import { inRange, isAnnounced, isSentBy } from "./rail-announcements.js";
import { clientCommands, sendSettings, type RailClientCommand } from "./rail-client-commands.js";
import { cutStarts, execResult, expire, sendWaiting } from "./rail-client-starts.js";
import { railClient, serverEvents, type RailClientOutput, type RailClientState } from "./rail-client-state.js";
import {
  railSend,
  railViolation,
  type RailMessage,
  type RailMessageName,
  type RailRule,
  type RailValue,
} from "./rail-machine.js";

type State = RailClientState;
type Outputs = RailClientOutput[];

/** Times in milliseconds on the caller's clock. */
export type RailClientInput =
  /** `railSupportLevel`: the bits that both sides set in their Remote Programs Capability Sets. */
  | { readonly type: "opened"; readonly railSupportLevel: number; readonly now: number }
  | { readonly type: "closed" }
  | { readonly type: "received"; readonly message: RailMessage; readonly now: number }
  /** An order came that `railVocabulary` does not read. */
  | { readonly type: "unknown"; readonly orderType: number }
  | { readonly type: "tick"; readonly now: number }
  /** The handshake of the server is not waited for: xrdp sends its own only after the first Exec. */
  | { readonly type: "proceed"; readonly now: number }
  | RailClientCommand;

/** The client's next state: [MS-RDPERP] 3.2.5.2. What the server sends out of place counts where it can. */
export function stepRailClient(state: State, input: RailClientInput): Step<State, RailClientOutput> {
  const outputs: Outputs = [];
  const next = changed(state, input, outputs);
  const { handshakeUntil, execs, lateExecs } = state;
  if (next.handshakeUntil !== handshakeUntil || next.execs !== execs || next.lateExecs !== lateExecs) {
    const at = wakeTime(next);
    if (at !== wakeTime(state)) outputs.push({ type: "wake", at });
  }
  return { state: next, outputs };
}

function wakeTime({ handshakeUntil, execs, lateExecs }: State): number | undefined {
  let at = handshakeUntil ?? Infinity;
  for (const { until } of [...execs, ...lateExecs]) at = Math.min(at, until ?? Infinity);
  return at === Infinity ? undefined : at;
}

function reported(state: State, by: "peer" | "local", rule: RailRule, outputs: Outputs): State {
  outputs.push(railViolation(by, rule));
  return state;
}

function changed(state: State, input: RailClientInput, outputs: Outputs): State {
  switch (input.type) {
    case "opened": {
      if (state.phase !== "closed") return reported(state, "local", "already-open", outputs);
      const { railSupportLevel, now } = input;
      const { clientFlags, handshakeTimeout } = state.options;
      const announced = { railSupportLevel, handshakeFlags: 0, clientFlags };
      return { ...state, phase: "waiting", announced, handshakeUntil: now + handshakeTimeout };
    }
    case "closed":
      if (state.phase === "closed") return state;
      cutStarts(state, outputs);
      return { ...railClient(state.options), settings: state.settings };
    case "unknown":
      return reported(state, "peer", state.phase === "closed" ? "not-open" : "unknown-order", outputs);
    case "received":
      return received(state, input.message, input.now, outputs);
    case "tick":
      return ticked(state, input.now, outputs);
    case "proceed":
      if (state.phase === "waiting") return proceed(state, input.now, outputs);
      return state.phase === "open" ? state : reported(state, "local", "not-open", outputs);
    default: {
      const handle = clientCommands[input.type] as (state: State, command: typeof input, outputs: Outputs) => State;
      return handle(state, input, outputs);
    }
  }
}

function ticked(state: State, now: number, outputs: Outputs): State {
  const isLate = state.handshakeUntil !== undefined && state.handshakeUntil <= now;
  const next = isLate ? { ...reported(state, "peer", "handshake-silence", outputs), handshakeUntil: undefined } : state;
  return expire(next, now, outputs);
}

const events: ReadonlySet<RailMessageName> = new Set(serverEvents);

function received(state: State, message: RailMessage, now: number, outputs: Outputs): State {
  const report = (rule: RailRule): State => reported(state, "peer", rule, outputs);
  if (state.phase === "closed") return report("not-open");
  if (!isSentBy("server", message)) return report("wrong-direction");
  if (message.message === "handshake" || message.message === "handshakeEx") {
    if (state.hasHandshake) return report("handshake-again");
    const handshakeFlags = message.message === "handshakeEx" ? message.value.railHandshakeFlags : 0;
    return shaken(state, message.value.buildNumber, handshakeFlags, now, outputs);
  }
  // [MS-RDPERP] 3.1.5.2: nothing is processed before the handshake.
  if (state.phase === "waiting") return report("before-handshake");
  if (!isAnnounced("server", message, state.announced)) report("not-announced");
  if (!inRange(message)) report("out-of-range");
  if (events.has(message.message)) {
    outputs.push({ type: message.message, value: message.value } as RailClientOutput);
    return state;
  }
  return receivedAnswer(state, message, outputs);
}

/** Handshake, features, settings, programs: in this order, or servers start none, [MS-RDPERP] 1.3.2.4. */
function shaken(state: State, buildNumber: number, handshakeFlags: number, now: number, outputs: Outputs): State {
  const announced = { ...state.announced, handshakeFlags };
  outputs.push({ type: "ready", buildNumber, handshakeFlags });
  if (state.phase === "open") return { ...state, announced, hasHandshake: true };
  return { ...proceed({ ...state, announced }, now, outputs), hasHandshake: true };
}

function proceed(state: State, now: number, outputs: Outputs): State {
  const { options } = state;
  outputs.push(railSend("handshake", { buildNumber: options.buildNumber }));
  outputs.push(railSend("clientStatus", { flags: options.clientFlags }));
  const open: State = { ...state, phase: "open", handshakeUntil: undefined };
  sendSettings(open, outputs);
  return sendWaiting(open, now, outputs);
}

function receivedAnswer(state: State, message: RailMessage, outputs: Outputs): State {
  switch (message.message) {
    case "execResult":
      return execResult(state, message.value, outputs);
    case "getAppIdResp":
    case "getAppIdRespShort":
      return named(state, message.value, undefined, outputs);
    case "getAppIdRespEx": {
      const { processId, processImageName } = message.value;
      return named(state, message.value, { processId, processImageName }, outputs);
    }
    case "zOrderSync": {
      const windowId = message.value.windowIdMarker;
      outputs.push({ type: "marker", windowId });
      return { ...state, markerWindowId: windowId };
    }
    case "localMoveSize":
      return message.value.isMoveSizeStart === 0
        ? moveEnded(state, message.value, outputs)
        : moveStarted(state, message.value, outputs);
    default:
      return state;
  }
}

function named(
  state: State,
  { windowId, applicationId }: RailValue<"getAppIdResp">,
  process: { readonly processId: number; readonly processImageName: string } | undefined,
  outputs: Outputs,
): State {
  const isAsked = state.appIdRequests.includes(windowId);
  if (!isAsked) reported(state, "peer", "not-requested", outputs);
  outputs.push({ type: "appId", windowId, applicationId, process });
  return isAsked ? { ...state, appIdRequests: state.appIdRequests.filter((each) => each !== windowId) } : state;
}

function moveStarted(state: State, value: RailValue<"localMoveSize">, outputs: Outputs): State {
  const { windowId, moveSizeType, posX, posY } = value;
  if (state.move !== undefined) reported(state, "peer", "move-running", outputs);
  outputs.push({ type: "moveSizeStarted", windowId, moveSizeType, posX, posY });
  return { ...state, move: { windowId, moveSizeType, placed: false } };
}

function moveEnded(state: State, value: RailValue<"localMoveSize">, outputs: Outputs): State {
  const { windowId, posX: left, posY: top } = value;
  const { move } = state;
  if (move?.windowId !== windowId) {
    reported(state, "peer", "no-move", outputs);
    outputs.push({ type: "moveSizeEnded", windowId, left, top });
    return state;
  }
  // The button going up tells where a window dragged by the mouse is, [MS-RDPERP] 1.3.2.5, but not to WSLg.
  const isTold = move.moveSizeType === MoveSizeType.move && state.options.compat !== "wslg";
  if (!move.placed && !isTold) reported(state, "local", "closing-move-missing", outputs);
  outputs.push({ type: "moveSizeEnded", windowId, left, top });
  return { ...state, move: undefined };
}
