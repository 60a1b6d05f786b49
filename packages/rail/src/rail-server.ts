import type { Step } from "@railvail/wire";
import { ClientStatusFlags } from "./pdu/client-status.js";
import { ExecResultCode } from "./pdu/exec.js";
import { RailHandshakeFlags } from "./pdu/handshake.js";
import { inRange, isAnnounced, isSentBy, isStartable, RailLevel } from "./rail-announcements.js";
import {
  railSend,
  railViolation,
  type RailMessage,
  type RailMessageName,
  type RailRule,
  type RailValue,
} from "./rail-machine.js";
import { resultOf, serverCommands, type RailServerCommand } from "./rail-server-commands.js";
import { clientEvents, railServer, type RailServerOutput, type RailServerState } from "./rail-server-state.js";

type State = RailServerState;
type Outputs = RailServerOutput[];

/** Times in milliseconds on the caller's clock. */
export type RailServerInput =
  /** `railSupportLevel`: the bits that both sides set in their Remote Programs Capability Sets. */
  | { readonly type: "opened"; readonly railSupportLevel: number; readonly now: number }
  | { readonly type: "closed" }
  | { readonly type: "received"; readonly message: RailMessage; readonly now: number }
  /** An order came that `railVocabulary` does not read. */
  | { readonly type: "unknown"; readonly orderType: number }
  | { readonly type: "tick"; readonly now: number }
  | RailServerCommand;

/** The server's next state: [MS-RDPERP] 3.3.5.2. What the client sends out of place counts where it can. */
export function stepRailServer(state: State, input: RailServerInput): Step<State, RailServerOutput> {
  const outputs: Outputs = [];
  const next = changed(state, input, outputs);
  if (next.handshakeUntil !== state.handshakeUntil) outputs.push({ type: "wake", at: next.handshakeUntil });
  return { state: next, outputs };
}

function reported(state: State, by: "peer" | "local", rule: RailRule, outputs: Outputs): State {
  outputs.push(railViolation(by, rule));
  return state;
}

function changed(state: State, input: RailServerInput, outputs: Outputs): State {
  switch (input.type) {
    case "opened":
      if (state.phase !== "closed") return reported(state, "local", "already-open", outputs);
      return opened(state, input.railSupportLevel, input.now, outputs);
    case "closed":
      if (state.phase === "closed") return state;
      return { ...railServer(state.options), nextSerial: state.nextSerial, langbar: state.langbar };
    case "unknown":
      return reported(state, "peer", state.phase === "closed" ? "not-open" : "unknown-order", outputs);
    case "received":
      return received(state, input.message, outputs);
    case "tick":
      if (state.handshakeUntil === undefined || input.now < state.handshakeUntil) return state;
      return { ...reported(state, "peer", "handshake-silence", outputs), handshakeUntil: undefined };
    default:
      return commanded(state, input, outputs);
  }
}

function commanded(state: State, command: RailServerCommand, outputs: Outputs): State {
  if (state.phase !== "open") {
    if (command.type === "langbarInfo") return { ...state, langbar: command.value };
    return command.type === "windowGone" ? state : reported(state, "local", "not-open", outputs);
  }
  const handle = serverCommands[command.type] as (state: State, command: RailServerCommand, outputs: Outputs) => State;
  return handle(state, command, outputs);
}

/** [MS-RDPERP] 3.3.5.2.1.2: which of the two handshakes. */
function opened(state: State, railSupportLevel: number, now: number, outputs: Outputs): State {
  const { buildNumber, handshakeFlags, handshakeTimeout } = state.options;
  const isExtended =
    (handshakeFlags & RailHandshakeFlags.hidef) !== 0 || (railSupportLevel & RailLevel.handshakeEx) !== 0;
  if (isExtended) outputs.push(railSend("handshakeEx", { buildNumber, railHandshakeFlags: handshakeFlags }));
  else outputs.push(railSend("handshake", { buildNumber }));
  return {
    ...state,
    phase: "handshaking",
    announced: { railSupportLevel, handshakeFlags: isExtended ? handshakeFlags : 0, clientFlags: 0 },
    handshakeUntil: now + handshakeTimeout,
  };
}

const events: ReadonlySet<RailMessageName> = new Set(clientEvents);

function received(state: State, message: RailMessage, outputs: Outputs): State {
  const report = (rule: RailRule): State => reported(state, "peer", rule, outputs);
  if (state.phase === "closed") return report("not-open");
  if (!isSentBy("client", message)) return report("wrong-direction");
  if (message.message === "handshake") {
    if (state.phase === "open") return report("handshake-again");
    return shaken(state, message.value.buildNumber, outputs);
  }
  // [MS-RDPERP] 3.1.5.2: nothing is processed before the handshake.
  if (state.phase === "handshaking") return report("before-handshake");
  if (!isAnnounced("client", message, state.announced)) report("not-announced");
  if (!inRange(message)) report("out-of-range");
  if (events.has(message.message)) {
    outputs.push({ type: message.message, value: message.value } as RailServerOutput);
    return message.message === "langbarInfo" ? langbarAnswered(state, outputs) : state;
  }
  return receivedRequest(state, message, outputs);
}

/** What the server sends at once, [MS-RDPERP] 1.3.2.4. */
function shaken(state: State, buildNumber: number, outputs: Outputs): State {
  const { screenSaveActive, screenSaveSecure, compat, markerWindowId } = state.options;
  outputs.push({ type: "ready", buildNumber });
  const told = { screenSaveSecure, screenSaveActive };
  for (const type of ["screenSaveSecure", "screenSaveActive"] as const) {
    const enabled = told[type];
    if (enabled === undefined) continue;
    outputs.push(railSend("serverSysParam", { parameter: { type, enabled: enabled ? 1 : 0 } }));
  }
  if (compat === "wslg") outputs.push(railSend("zOrderSync", { windowIdMarker: markerWindowId }));
  return { ...state, phase: "open", handshakeUntil: undefined };
}

/** [MS-RDPERP] 3.3.5.2.5.5: the server answers with the state of its own language bar. */
function langbarAnswered(state: State, outputs: Outputs): State {
  if (state.langbar !== undefined) outputs.push(railSend("langbarInfo", state.langbar));
  return state;
}

function receivedRequest(state: State, message: RailMessage, outputs: Outputs): State {
  switch (message.message) {
    case "clientStatus":
      return stated(state, message.value.flags, outputs);
    case "exec":
      return started(state, message.value, outputs);
    case "getAppIdReq":
      return requested(state, message.value.windowId, outputs);
    case "windowMove":
    case "snapArrange": {
      const { windowId, left, top, right, bottom } = message.value;
      const ends = state.move?.windowId === windowId && !state.move.placed;
      const snapped = message.message === "snapArrange";
      outputs.push({ type: "placed", windowId, rectangle: { left, top, right, bottom }, snapped, ends });
      return ends && state.move !== undefined ? { ...state, move: { ...state.move, placed: true } } : state;
    }
    default:
      return state;
  }
}

/** [MS-RDPERP] 3.3.5.2.1.1, 3.3.5.2.8.1. */
function stated(state: State, clientFlags: number, outputs: Outputs): State {
  const { compat, markerWindowId } = state.options;
  if (state.hasStatus) reported(state, "peer", "status-again", outputs);
  outputs.push({ type: "clientStatus", flags: clientFlags });
  const wantsMarker = (clientFlags & ClientStatusFlags.zOrderSync) !== 0 && compat !== "wslg";
  if (wantsMarker) outputs.push(railSend("zOrderSync", { windowIdMarker: markerWindowId }));
  return { ...state, hasStatus: true, announced: { ...state.announced, clientFlags } };
}

function started(state: State, exec: RailValue<"exec">, outputs: Outputs): State {
  if (!state.hasStatus) reported(state, "peer", "before-status", outputs);
  if (!isStartable(exec)) reported(state, "peer", "exec-text", outputs);
  if (state.execs.length >= state.options.maxExecs) {
    outputs.push(railViolation("peer", "too-many-execs"), resultOf(state, exec, ExecResultCode.fail, 0));
    return state;
  }
  const serial = state.nextSerial;
  const { flags, exeOrFile } = exec;
  outputs.push({ type: "exec", serial, exec });
  return { ...state, nextSerial: serial + 1, execs: [...state.execs, { serial, flags, exeOrFile }] };
}

function requested(state: State, windowId: number, outputs: Outputs): State {
  const waiting = state.appIdRequests.filter((each) => each !== windowId);
  outputs.push({ type: "appIdRequested", windowId });
  if (waiting.length < state.options.maxAppIdRequests) return { ...state, appIdRequests: [...waiting, windowId] };
  outputs.push(railViolation("peer", "too-many-requests"));
  return { ...state, appIdRequests: [...waiting.slice(1), windowId] };
}
